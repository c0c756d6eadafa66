// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QVariant>

namespace Recorders::Internal {

// Of a column that shows a role of SnapshotModel.
QVariant columnHeader(int shownRole, int role);
QVariant columnAlignment();

} // namespace Recorders::Internal
