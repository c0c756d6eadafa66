// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <functional>

QT_BEGIN_NAMESPACE
class QObject;
QT_END_NAMESPACE

namespace Recorders {
class SnapshotModel;
}

namespace Recorders::Internal {

// Calls back once the model is up to date in all rows, also in those that nobody sees: at once if it
// is, if it is paused, or if there is nobody to ask.
void whenWhole(SnapshotModel *model, QObject *context, const std::function<void()> &then);

} // namespace Recorders::Internal
