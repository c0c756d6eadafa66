// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <string>

namespace Benchmarks {

// A line that says where the figures come from: the processors that this process may use, which
// caches the first two share according to the system, and how long a cache line takes from one
// to the other, since a virtual machine may tell anything.
std::string processorsText();

} // namespace Benchmarks
