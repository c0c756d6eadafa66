// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/lastsnapshots_p.h"

#include "core/snapshot/metricsnapshotdata_p.h"

#include <QMetaType>
#include <QVariant>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Recorders::Internal {

namespace {

// What describes the type is Qt's, or this library's, and stays.
bool isOfLastingType(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QVariantList: // of anything
    case QMetaType::QVariantMap:
    case QMetaType::QVariantHash:
    case QMetaType::QVariantPair:
        return false;
    default:
        return value.typeId() < QMetaType::User;
    }
}

bool areOfLastingTypes(const QVariantMap &attributes)
{
    return std::all_of(attributes.cbegin(), attributes.cend(), isOfLastingType);
}

bool isKeepable(const MetricSnapshot &metric)
{
    const MetricSnapshotData &data = SnapshotAccess::data(metric);
    for (int row = 0; row < data.size(); ++row) {
        const DimensionView dimension = data.at(row);
        if (!isOfLastingType(dimension.value) || !areOfLastingTypes(dimension.attributes))
            return false;
    }
    const QList<Dimension> &distributions = data.distributions().all(); // the values are ours
    return std::all_of(distributions.cbegin(), distributions.cend(),
                       [](const Dimension &part) { return areOfLastingTypes(part.attributes); });
}

} // namespace

RecorderSnapshot LastSnapshots::keepable(RecorderSnapshot snapshot)
{
    if (snapshot.metrics.size() > maxMetrics)
        return withDetail(snapshot, SnapshotDetail::RecordersOnly);
    if (std::all_of(snapshot.metrics.cbegin(), snapshot.metrics.cend(), isKeepable))
        return snapshot;
    QList<MetricSnapshot> left;
    std::copy_if(snapshot.metrics.cbegin(), snapshot.metrics.cend(), std::back_inserter(left),
                 isKeepable);
    snapshot.metrics = left;
    snapshot.isComplete = false;
    return snapshot;
}

RecorderSnapshot LastSnapshots::withDetail(const RecorderSnapshot &snapshot, SnapshotDetail detail)
{
    RecorderSnapshot told = snapshot;
    if (detail != SnapshotDetail::RecordersOnly)
        return told;
    told.detail = detail;
    told.metrics = {};
    told.isComplete = false;
    told.resets = 0;
    return told;
}

void LastSnapshots::add(quint64 version, Pointer snapshot)
{
    m_kept.push_back({ version, std::move(snapshot) });
    m_metrics += m_kept.back().snapshot->metrics.size();
    while (m_kept.size() > maxCount || m_metrics > maxMetrics) {
        m_metrics -= m_kept.front().snapshot->metrics.size();
        m_kept.pop_front();
    }
}

LastSnapshots::Pointer LastSnapshots::find(quint64 version) const
{
    const auto found = std::lower_bound(
            m_kept.cbegin(), m_kept.cend(), version,
            [](const Kept &kept, quint64 wanted) { return kept.version < wanted; });
    return found != m_kept.cend() && found->version == version ? found->snapshot : nullptr;
}

} // namespace Recorders::Internal
