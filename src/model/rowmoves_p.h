// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <vector>

namespace Recorders::Internal {

// Adjacent rows that move together, as QAbstractItemModel::beginMoveRows() takes them.
struct RowMove
{
    int first;
    int last;
    int destination; // the row before which they are put, by its place before the move

    friend bool operator==(RowMove, RowMove) = default;
};

// One after the other, they put rows in a new order. The row at place i belongs at newPlaces[i].
std::vector<RowMove> rowMoves(const std::vector<int> &newPlaces);

} // namespace Recorders::Internal
