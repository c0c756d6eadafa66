// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/noderoles_p.h"

#include "model/scriptvalue_p.h"
#include "model/snapshotstore_p.h"

#include <recorders/model/snapshotmodel.h>

namespace Recorders::Internal {

QHash<int, QByteArray> nodeRoleNames(QHash<int, QByteArray> names)
{
    names.insert({ { SnapshotModel::EntityIdRole, QByteArrayLiteral("entityId") },
                   { SnapshotModel::MetricRole, QByteArrayLiteral("metric") },
                   { SnapshotModel::DimensionRole, QByteArrayLiteral("dimension") },
                   { scriptRole(SnapshotModel::ValueRole), QByteArrayLiteral("value") },
                   { SnapshotModel::TextRole, QByteArrayLiteral("text") },
                   { SnapshotModel::UnitRole, QByteArrayLiteral("unit") },
                   { SnapshotModel::KindRole, QByteArrayLiteral("kind") },
                   { SnapshotModel::RateRole, QByteArrayLiteral("rate") },
                   { SnapshotModel::NodeTypeRole, QByteArrayLiteral("nodeType") },
                   { SnapshotModel::StateRole, QByteArrayLiteral("state") },
                   { SnapshotModel::ErrorTextRole, QByteArrayLiteral("errorText") },
                   { SnapshotModel::DescriptionRole, QByteArrayLiteral("description") },
                   { scriptRole(SnapshotModel::PendingRole), QByteArrayLiteral("pending") },
                   { scriptRole(SnapshotModel::DroppedRole), QByteArrayLiteral("dropped") },
                   { SnapshotModel::IsMessageRole, QByteArrayLiteral("isMessage") },
                   { SnapshotModel::ExactTextRole, QByteArrayLiteral("exactText") },
                   { SnapshotModel::LastChangedRole, QByteArrayLiteral("lastChanged") },
                   { SnapshotModel::RemovedRole, QByteArrayLiteral("removed") },
                   { SnapshotModel::ChangeRole, QByteArrayLiteral("change") },
                   { scriptRole(SnapshotModel::DeltaRole), QByteArrayLiteral("delta") },
                   { SnapshotModel::DeltaTextRole, QByteArrayLiteral("deltaText") },
                   { SnapshotModel::DeltaRatioRole, QByteArrayLiteral("deltaRatio") },
                   { scriptRole(SnapshotModel::CountRole), QByteArrayLiteral("count") },
                   { scriptRole(SnapshotModel::MinimumRole), QByteArrayLiteral("minimum") },
                   { scriptRole(SnapshotModel::MeanRole), QByteArrayLiteral("mean") },
                   { scriptRole(SnapshotModel::MaximumRole), QByteArrayLiteral("maximum") },
                   { scriptRole(SnapshotModel::P50Role), QByteArrayLiteral("p50") },
                   { scriptRole(SnapshotModel::P90Role), QByteArrayLiteral("p90") },
                   { scriptRole(SnapshotModel::P99Role), QByteArrayLiteral("p99") },
                   { scriptRole(SnapshotModel::P999Role), QByteArrayLiteral("p999") },
                   { SnapshotModel::RateTextRole, QByteArrayLiteral("rateText") },
                   { scriptRole(SnapshotModel::RegisteredRole), QByteArrayLiteral("registered") },
                   { scriptRole(SnapshotModel::HandledRole), QByteArrayLiteral("handled") } });
    return names;
}

QList<int> rateRoles()
{
    static const QList<int> roles{ Qt::DisplayRole, SnapshotModel::RateRole,
                                   SnapshotModel::RateTextRole };
    return roles;
}

namespace {

QList<int> stateRoles()
{
    return { SnapshotModel::StateRole, SnapshotModel::ErrorTextRole, SnapshotModel::IsMessageRole,
             SnapshotModel::RemovedRole };
}

} // namespace

QList<int> comparisonRoles()
{
    static const QList<int> roles{ Qt::DisplayRole,
                                   SnapshotModel::ChangeRole,
                                   SnapshotModel::DeltaRole,
                                   SnapshotModel::DeltaTextRole,
                                   SnapshotModel::DeltaRatioRole,
                                   scriptRole(SnapshotModel::DeltaRole) };
    return roles;
}

QList<int> textRoles()
{
    static const QList<int> roles{ Qt::DisplayRole, Qt::AccessibleTextRole, SnapshotModel::TextRole,
                                   SnapshotModel::DeltaTextRole, SnapshotModel::RateTextRole };
    return roles;
}

ChangeKinds kindsOf(const NodeChange &change, const SnapshotStore &store)
{
    if (change.isRateOnly)
        return RateChange;
    return ChangeKinds(RateChange | ValueChange | (change.isState ? StateChange : NoChange)
                       | (change.isMeaning ? MeaningChange : NoChange)
                       | (store.mark().isNull() ? NoChange : ComparisonChange));
}

QList<int> statisticsRoles()
{
    static const QList<int> roles{ SnapshotModel::PendingRole,
                                   SnapshotModel::DroppedRole,
                                   SnapshotModel::RegisteredRole,
                                   SnapshotModel::HandledRole,
                                   scriptRole(SnapshotModel::PendingRole),
                                   scriptRole(SnapshotModel::DroppedRole),
                                   scriptRole(SnapshotModel::RegisteredRole),
                                   scriptRole(SnapshotModel::HandledRole) };
    return roles;
}

bool isOfStatistics(int role)
{
    return statisticsRoles().contains(role);
}

namespace {

QList<int> changedRoles(ChangeKinds kinds, const QList<int> &ofValues)
{
    if (!(kinds & ValueChange))
        return rateRoles();
    QList<int> roles = ofValues;
    if (kinds & StateChange)
        roles += stateRoles();
    if (kinds & ComparisonChange)
        roles += comparisonRoles();
    return roles;
}

} // namespace

QList<int> recorderRoles(ChangeKinds kinds)
{
    static const QList<int> numbers = statisticsRoles()
            + QList<int>{ Qt::DisplayRole,
                          Qt::ToolTipRole,
                          Qt::AccessibleTextRole,
                          SnapshotModel::ValueRole,
                          SnapshotModel::TextRole,
                          SnapshotModel::RateRole,
                          SnapshotModel::ExactTextRole,
                          SnapshotModel::LastChangedRole,
                          SnapshotModel::RateTextRole,
                          scriptRole(SnapshotModel::ValueRole) };
    return changedRoles(kinds, numbers);
}

QList<int> valueRoles(ChangeKinds kinds)
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
                                   SnapshotModel::P999Role,
                                   SnapshotModel::RateTextRole,
                                   scriptRole(SnapshotModel::ValueRole),
                                   scriptRole(SnapshotModel::CountRole),
                                   scriptRole(SnapshotModel::MinimumRole),
                                   scriptRole(SnapshotModel::MeanRole),
                                   scriptRole(SnapshotModel::MaximumRole),
                                   scriptRole(SnapshotModel::P50Role),
                                   scriptRole(SnapshotModel::P90Role),
                                   scriptRole(SnapshotModel::P99Role),
                                   scriptRole(SnapshotModel::P999Role) };
    QList<int> roles = changedRoles(kinds, value);
    if (kinds & MeaningChange) {
        roles += QList<int>{ SnapshotModel::UnitRole, SnapshotModel::KindRole,
                             SnapshotModel::DescriptionRole };
    }
    return roles;
}

} // namespace Recorders::Internal
