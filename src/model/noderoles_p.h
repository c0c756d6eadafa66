// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/announcements_p.h"

#include <QByteArray>
#include <QHash>
#include <QList>

namespace Recorders::Internal {

class SnapshotStore;
struct NodeChange;

QHash<int, QByteArray> nodeRoleNames(QHash<int, QByteArray> names);
ChangeKinds kindsOf(const NodeChange &change, const SnapshotStore &store);
// The roles that changed.
QList<int> recorderRoles(ChangeKinds kinds);
QList<int> valueRoles(ChangeKinds kinds);
bool isOfStatistics(int role);
QList<int> statisticsRoles(); // of a recorder, which show in all that it has
QList<int> rateRoles();
QList<int> comparisonRoles();
QList<int> textRoles(); // of what is shown with a prefix

} // namespace Recorders::Internal
