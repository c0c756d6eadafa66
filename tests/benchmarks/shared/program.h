// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "table.h"

#include <deque>

namespace Benchmarks {

// Reads --quick, which must be known before anything is measured.
void readEffort(int argc, char **argv);

// Measures the tables and prints them. Returns what the program returns.
int runTables(int argc, char **argv, std::deque<Table> &tables);

} // namespace Benchmarks
