// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/baseline_p.h"

#include "model/naturalorder_p.h"
#include "model/snapshotstore_p.h"

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

namespace {

bool isBefore(const MetricSnapshot &metric, const QString &name)
{
    return compareNaturally(metric.name(), name) < 0;
}

} // namespace

const MetricSnapshot *Baseline::Recorder::find(const QString &metric) const
{
    const auto found = std::lower_bound(metrics.begin(), metrics.end(), metric, isBefore);
    return found != metrics.end() && found->name() == metric ? &*found : nullptr;
}

SnapshotMark Baseline::markOf(const SnapshotStore &store, const QString &name)
{
    return { std::shared_ptr<const Baseline>(new Baseline(store)), name };
}

Baseline::Baseline(const SnapshotStore &store)
    : m_time(QDateTime::currentDateTime())
{
    m_recorders.reserve(size_t(store.recorderCount()));
    m_metrics.reserve(size_t(store.totals().metrics));
    for (int row = 0; row < store.recorderCount(); ++row) {
        const RecorderNode &recorder = *store.recorderAt(row);
        if (recorder.isRemoved)
            continue;
        for (const auto &metric : recorder.metrics) {
            if (!recorder.isBehind)
                m_metrics.push_back(metric->dimensions.snapshot());
        }
        m_recorders.push_back(
                { recorder.entityId, recorder.generation, m_metrics.size(), !recorder.isBehind });
    }
}

Baseline::Baseline(QDateTime time)
    : m_time(std::move(time))
    , m_isOfAnotherRun(true)
{
}

void Baseline::add(const QString &entityId, const QList<MetricSnapshot> &metrics)
{
    const auto first = m_metrics.insert(m_metrics.end(), metrics.cbegin(), metrics.cend());
    std::stable_sort(first, m_metrics.end(), [](const MetricSnapshot &a, const MetricSnapshot &b) {
        return isBefore(a, b.name());
    });
    m_recorders.push_back({ entityId, 0, m_metrics.size(), true });
}

std::span<const MetricSnapshot> Baseline::metricsAt(qsizetype index) const
{
    const size_t begin = index == 0 ? 0 : m_recorders[size_t(index) - 1].metricsEnd;
    return { m_metrics.data() + begin, m_recorders[size_t(index)].metricsEnd - begin };
}

bool Baseline::find(const QString &entityId, Recorder &found) const
{
    std::call_once(m_isIndexed, [this] {
        m_byId.reserve(qsizetype(m_recorders.size()));
        for (size_t i = 0; i < m_recorders.size(); ++i)
            m_byId.insert(m_recorders[i].entityId, i);
    });
    const auto entry = m_byId.constFind(entityId);
    if (entry == m_byId.cend())
        return false;
    found.generation = m_recorders[*entry].generation;
    found.isKnown = m_recorders[*entry].isKnown;
    found.metrics = metricsAt(qsizetype(*entry));
    return true;
}

} // namespace Recorders::Internal
