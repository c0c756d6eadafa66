// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/valuesampler_p.h"

#include <QModelIndex>

namespace Recorders::Internal {

ValueKey keyOf(const QModelIndex &index); // of a row of a SnapshotModel, or of a flat one

// The row of that value, in a tree or a table; invalid if there is none. Looks at all recorders.
QModelIndex findRow(const QAbstractItemModel &model, const ValueKey &key);

} // namespace Recorders::Internal
