// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "table.h"

#include <deque>
#include <string>

namespace Benchmarks {

// What there is to measure, each in the file of that name.
void addDelay(std::deque<Table> &tables);
void addDimensions(std::deque<Table> &tables);
void addFilter(std::deque<Table> &tables);
void addScattered(std::deque<Table> &tables);
void addStock(std::deque<Table> &tables);
void addUpdates(std::deque<Table> &tables);

// Measures memory in a process of its own, if the argument asks for that.
bool printMemory(const std::string &argument);

} // namespace Benchmarks
