// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string>
#include <vector>

namespace Benchmarks {

// The numbers of those that the system lets this process use.
std::vector<int> usableProcessors();

// Keeps the calling thread on a processor of its own, as far as there are enough, and the threads
// that it starts from then on.
void stayOnProcessor(int number);
void stayOnAnyProcessor();

// What Linux knows of this process. Zero where there is no /proc.
double residentMegabytes();
long currentThreadId();
long wakeUpsOfThread(long threadId); // how often it has slept and was woken, since it began

// Runs this program again with the given argument and returns the number that it prints: memory
// is measured where nothing was allocated and freed before.
void setProgramPath(const std::string &path);
double figureOfFreshProcess(const std::string &argument);

} // namespace Benchmarks
