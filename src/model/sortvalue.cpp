// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/sortvalue_p.h"

#include "core/value/numericvalue_p.h"
#include "model/naturalorder_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace Recorders::Internal {

namespace {

struct LiveKey
{
    SortKey key;
    int role;
};

constexpr LiveKey liveKeys[] = {
    { SortKey::Value, SnapshotModel::ValueRole },
    { SortKey::Rate, SnapshotModel::RateRole },
    { SortKey::Delta, SnapshotModel::DeltaRole },
    { SortKey::DeltaRatio, SnapshotModel::DeltaRatioRole },
    { SortKey::Count, SnapshotModel::CountRole },
    { SortKey::Minimum, SnapshotModel::MinimumRole },
    { SortKey::Mean, SnapshotModel::MeanRole },
    { SortKey::Maximum, SnapshotModel::MaximumRole },
    { SortKey::P50, SnapshotModel::P50Role },
    { SortKey::P90, SnapshotModel::P90Role },
    { SortKey::P99, SnapshotModel::P99Role },
    { SortKey::P999, SnapshotModel::P999Role },
    { SortKey::LastChanged, SnapshotModel::LastChangedRole },
};

} // namespace

int roleOf(SortKey key)
{
    const auto *const found = std::find_if(std::begin(liveKeys), std::end(liveKeys),
                                           [key](const LiveKey &live) { return live.key == key; });
    Q_ASSERT(found != std::end(liveKeys));
    return found->role;
}

ChangeKind kindOf(SortKey key)
{
    switch (key) {
    case SortKey::Rate:
        return RateChange;
    case SortKey::Delta:
    case SortKey::DeltaRatio:
        return ComparisonChange;
    default:
        return ValueChange;
    }
}

SortKey keyOf(int role)
{
    const auto *const found =
            std::find_if(std::begin(liveKeys), std::end(liveKeys),
                         [role](const LiveKey &live) { return live.role == role; });
    return found == std::end(liveKeys) ? SortKey::None : found->key;
}

SortValue::SortValue(const QString &value)
    : rank(value.isEmpty() ? None : Text)
    , text(value)
{
}

SortValue::SortValue(const QVariant &value)
{
    const bool isTime = value.typeId() == QMetaType::QDateTime;
    if (isTime)
        number = double(value.toDateTime().toMSecsSinceEpoch());
    else if (isNumber(value)) // no text, however much it looks like one: a version, a hash
        number = toDouble(value);
    else
        number = std::nan("");
    if (!std::isnan(number))
        rank = Number;
    else
        *this = SortValue(value.toString());
}

bool isLess(const SortCandidate &a, const SortCandidate &b)
{
    if (a.rank != b.rank)
        return a.rank < b.rank;
    if (a.rank == SortValue::Text)
        return compareNaturally(*a.text, *b.text) < 0;
    return a.rank == SortValue::Number && a.number < b.number;
}

bool isGreater(const SortCandidate &a, const SortCandidate &b)
{
    if (a.rank == SortValue::None || b.rank == SortValue::None)
        return a.rank != SortValue::None && b.rank == SortValue::None;
    return isLess(b, a);
}

} // namespace Recorders::Internal
