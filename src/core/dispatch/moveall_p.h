// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <iterator>
#include <type_traits>
#include <vector>

namespace Recorders::Internal {

// Leaves both as they are if there is no memory.
template <typename T>
void moveAll(std::vector<T> &from, std::vector<T> &to)
{
    static_assert(std::is_nothrow_move_constructible_v<T>);
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    from.clear();
}

} // namespace Recorders::Internal
