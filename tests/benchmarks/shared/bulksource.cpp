// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "bulksource.h"

#include "core/snapshot/readyfuture_p.h"
#include "effort.h"

namespace Benchmarks {

using namespace Recorders;

namespace {

MetricSnapshot metricOf(const QString &name, qint64 value)
{
    static const QString dimension = QStringLiteral("total");
    MetricSnapshot metric(name);
    metric.add(dimension, value, Unit::bytes(), MetricKind::Counter);
    metric.squeeze(); // as recorders do
    return metric;
}

} // namespace

Size scaled(Size size)
{
    return { Effort::scaled(size.recorders) };
}

BulkSource::BulkSource(Size size)
    : m_values(std::size_t(size.metrics()))
{
    m_ids.reserve(std::size_t(size.recorders));
    for (int i = 0; i < size.recorders; ++i)
        m_ids.push_back(QStringLiteral("connection-%1").arg(i));
    for (int i = 0; i < Size::metricsPerRecorder; ++i)
        m_metricNames.push_back(QStringLiteral("connection.bytes-%1").arg(i));
    for (qint64 &value : m_values)
        value = m_random() % 1'000'000;
    m_update.version = 1;
    m_update.time = std::chrono::hours(1);
}

RecorderSnapshot BulkSource::snapshotOf(int recorder) const
{
    RecorderSnapshot snapshot;
    snapshot.entityId = m_ids[std::size_t(recorder)];
    snapshot.generation = quint64(recorder) + 1;
    snapshot.state = RecorderState::Running;
    return snapshot;
}

SnapshotUpdate BulkSource::introduction()
{
    SnapshotUpdate update;
    update.version = m_update.version;
    update.time = m_update.time;
    update.isComplete = m_introduced == 0;
    const auto end = std::min(m_ids.size(), m_introduced + std::size_t(m_maxUpdateSize));
    update.recorders.reserve(qsizetype(end - m_introduced));
    for (; m_introduced < end; ++m_introduced) {
        RecorderSnapshot snapshot = snapshotOf(int(m_introduced));
        snapshot.isComplete = true;
        std::size_t value = m_introduced * m_metricNames.size();
        for (const QString &name : m_metricNames)
            snapshot.metrics.append(metricOf(name, m_values[value++]));
        update.recorders.append(snapshot);
    }
    update.hasMore = m_introduced < m_ids.size();
    return update;
}

// A tenth of a second later.
void BulkSource::prepareChange(int metrics)
{
    m_toldCount = 0;
    m_update.time += std::chrono::milliseconds(100);
    m_update.recorders.clear();
    for (int i = 0; i < metrics; ++i) {
        const std::size_t value = m_random() % m_values.size();
        m_values[value] += qint64(1 + m_random() % 5000);
        RecorderSnapshot snapshot = snapshotOf(int(value / Size::metricsPerRecorder));
        snapshot.statistics.handled = quint64(m_update.time.count());
        snapshot.metrics.append(
                metricOf(m_metricNames[value % Size::metricsPerRecorder], m_values[value]));
        m_update.recorders.append(snapshot);
    }
    m_update.version += partsLeft();
}

quint64 BulkSource::partsLeft() const
{
    const qsizetype left = m_update.recorders.size() - m_toldCount;
    return quint64(left / m_maxUpdateSize + (left % m_maxUpdateSize > 0 ? 1 : 0));
}

SnapshotUpdate BulkSource::nextPart()
{
    SnapshotUpdate part;
    part.time = m_update.time;
    part.recorders = m_update.recorders.mid(m_toldCount, m_maxUpdateSize);
    m_toldCount += part.recorders.size();
    part.hasMore = hasMore();
    part.version = m_update.version - partsLeft();
    return part;
}

QFuture<SnapshotUpdate> BulkSource::changesSince(const SnapshotRequest &request)
{
    if (request.since == 0)
        m_introduced = 0;
    return Internal::readyFuture(m_introduced < m_ids.size() ? introduction() : nextPart());
}

} // namespace Benchmarks
