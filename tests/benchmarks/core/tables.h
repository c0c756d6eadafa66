// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "table.h"

#include <deque>
#include <string>

namespace Benchmarks {

// The name of our own column, and of those that several tables have.
inline constexpr char ownName[] = "Recorders";
inline constexpr char moodycamelName[] = "moodycamel";
inline constexpr char mutexName[] = "QMutex + QList";

// What there is to measure, each in the file of that name.
void addDistributions(std::deque<Table> &tables);
void addHandOver(std::deque<Table> &tables);
void addHandling(std::deque<Table> &tables);
void addRecorders(std::deque<Table> &tables);
void addStandardMetrics(std::deque<Table> &tables);
void addWakeUps(std::deque<Table> &tables);

// Measures memory in a process of its own, if the argument asks for that.
bool printMemory(const std::string &argument);

} // namespace Benchmarks
