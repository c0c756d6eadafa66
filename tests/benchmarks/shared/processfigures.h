// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string>

namespace Benchmarks {

// Keeps the calling thread on a processor of its own, as far as there are enough.
void stayOnProcessor(int number);

// What Linux knows of this process. Zero where there is no /proc.
double residentMegabytes();
long currentThreadId();
long wakeUpsOfThread(long threadId); // how often it has slept and was woken, since it began

// Runs this program again with the given argument and returns the number that it prints: memory
// is measured where nothing was allocated and freed before.
void setProgramPath(const std::string &path);
double figureOfFreshProcess(const std::string &argument);

} // namespace Benchmarks
