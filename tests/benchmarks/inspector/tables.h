// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "table.h"

#include <deque>

namespace Benchmarks {

// What there is to measure, each in the file of that name.
void addRows(std::deque<Table> &tables);
void addWindow(std::deque<Table> &tables);

} // namespace Benchmarks
