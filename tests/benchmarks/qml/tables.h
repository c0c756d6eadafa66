// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "table.h"

#include <deque>

namespace Benchmarks {

// What there is to measure, each in the file of that name.
void addLists(std::deque<Table> &tables);
void addValues(std::deque<Table> &tables);

} // namespace Benchmarks
