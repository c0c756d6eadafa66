// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/noderoles_p.h"

#include "model/snapshotstore_p.h"

#include <recorders/model/snapshotmodel.h>

namespace Recorders::Internal {

QHash<int, QByteArray> nodeRoleNames(QHash<int, QByteArray> names)
{
    names.insert({ { SnapshotModel::EntityIdRole, QByteArrayLiteral("entityId") },
                   { SnapshotModel::MetricRole, QByteArrayLiteral("metric") },
                   { SnapshotModel::DimensionRole, QByteArrayLiteral("dimension") },
                   { SnapshotModel::ValueRole, QByteArrayLiteral("value") },
                   { SnapshotModel::TextRole, QByteArrayLiteral("text") },
                   { SnapshotModel::UnitRole, QByteArrayLiteral("unit") },
                   { SnapshotModel::KindRole, QByteArrayLiteral("kind") },
                   { SnapshotModel::RateRole, QByteArrayLiteral("rate") },
                   { SnapshotModel::NodeTypeRole, QByteArrayLiteral("nodeType") },
                   { SnapshotModel::StateRole, QByteArrayLiteral("state") },
                   { SnapshotModel::ErrorRole, QByteArrayLiteral("error") },
                   { SnapshotModel::DescriptionRole, QByteArrayLiteral("description") },
                   { SnapshotModel::PendingRole, QByteArrayLiteral("pending") },
                   { SnapshotModel::DroppedRole, QByteArrayLiteral("dropped") },
                   { SnapshotModel::IsMessageRole, QByteArrayLiteral("isMessage") },
                   { SnapshotModel::ExactTextRole, QByteArrayLiteral("exactText") },
                   { SnapshotModel::LastChangedRole, QByteArrayLiteral("lastChanged") },
                   { SnapshotModel::RemovedRole, QByteArrayLiteral("removed") },
                   { SnapshotModel::ChangeRole, QByteArrayLiteral("change") },
                   { SnapshotModel::DeltaRole, QByteArrayLiteral("delta") },
                   { SnapshotModel::DeltaTextRole, QByteArrayLiteral("deltaText") },
                   { SnapshotModel::DeltaRatioRole, QByteArrayLiteral("deltaRatio") },
                   { SnapshotModel::CountRole, QByteArrayLiteral("count") },
                   { SnapshotModel::MinimumRole, QByteArrayLiteral("minimum") },
                   { SnapshotModel::MeanRole, QByteArrayLiteral("mean") },
                   { SnapshotModel::MaximumRole, QByteArrayLiteral("maximum") },
                   { SnapshotModel::P50Role, QByteArrayLiteral("p50") },
                   { SnapshotModel::P90Role, QByteArrayLiteral("p90") },
                   { SnapshotModel::P99Role, QByteArrayLiteral("p99") },
                   { SnapshotModel::P999Role, QByteArrayLiteral("p999") } });
    return names;
}

QList<int> rateRoles()
{
    static const QList<int> roles{ Qt::DisplayRole, SnapshotModel::RateRole };
    return roles;
}

namespace {

QList<int> stateRoles()
{
    return { SnapshotModel::StateRole, SnapshotModel::ErrorRole, SnapshotModel::IsMessageRole,
             SnapshotModel::RemovedRole };
}

} // namespace

QList<int> comparisonRoles()
{
    static const QList<int> roles{ Qt::DisplayRole, SnapshotModel::ChangeRole,
                                   SnapshotModel::DeltaRole, SnapshotModel::DeltaTextRole,
                                   SnapshotModel::DeltaRatioRole };
    return roles;
}

QList<int> textRoles()
{
    static const QList<int> roles{ Qt::DisplayRole, Qt::AccessibleTextRole, SnapshotModel::TextRole,
                                   SnapshotModel::DeltaTextRole };
    return roles;
}

QList<int> recorderRoles(const NodeChange &change, const SnapshotStore &store)
{
    static const QList<int> numbers{
        Qt::DisplayRole,
        Qt::ToolTipRole,
        Qt::AccessibleTextRole,
        SnapshotModel::ValueRole,
        SnapshotModel::TextRole,
        SnapshotModel::RateRole,
        SnapshotModel::PendingRole,
        SnapshotModel::DroppedRole,
        SnapshotModel::ExactTextRole,
        SnapshotModel::LastChangedRole,
    };
    if (change.isRateOnly)
        return rateRoles();
    QList<int> roles = numbers;
    if (change.isState)
        roles += stateRoles();
    if (!store.mark().isNull())
        roles += comparisonRoles();
    return roles;
}

QList<int> valueRoles(const NodeChange &change, const SnapshotStore &store)
{
    static const QList<int> value{ Qt::DisplayRole,
                                   Qt::ToolTipRole,
                                   Qt::AccessibleTextRole,
                                   SnapshotModel::ValueRole,
                                   SnapshotModel::TextRole,
                                   SnapshotModel::RateRole,
                                   SnapshotModel::ExactTextRole,
                                   SnapshotModel::LastChangedRole,
                                   SnapshotModel::CountRole,
                                   SnapshotModel::MinimumRole,
                                   SnapshotModel::MeanRole,
                                   SnapshotModel::MaximumRole,
                                   SnapshotModel::P50Role,
                                   SnapshotModel::P90Role,
                                   SnapshotModel::P99Role,
                                   SnapshotModel::P999Role };
    if (change.isRateOnly)
        return rateRoles();
    QList<int> roles = value;
    if (change.isState)
        roles += stateRoles();
    if (change.isMeaning) {
        roles += QList<int>{ SnapshotModel::UnitRole, SnapshotModel::KindRole,
                             SnapshotModel::DescriptionRole };
    }
    if (!store.mark().isNull())
        roles += comparisonRoles();
    return roles;
}

} // namespace Recorders::Internal
