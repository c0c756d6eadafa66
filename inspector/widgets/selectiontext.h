// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

class QItemSelectionModel;

namespace Recorders::Internal {

// The selected rows of a SnapshotModel, or of a proxy above one, from top to bottom: a line of
// titles and a line for each row, separated by tabs. Values are exact, not rounded.
QString selectionText(const QItemSelectionModel &selection);

} // namespace Recorders::Internal
