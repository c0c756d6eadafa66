// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>

namespace Recorders::Internal {

class SnapshotStore;
struct NodeChange;

QHash<int, QByteArray> nodeRoleNames(QHash<int, QByteArray> names);
// The roles that changed.
QList<int> recorderRoles(const NodeChange &change, const SnapshotStore &store);
QList<int> valueRoles(const NodeChange &change, const SnapshotStore &store);
QList<int> rateRoles();
QList<int> comparisonRoles();
QList<int> textRoles(); // of what is shown with a prefix

} // namespace Recorders::Internal
