// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/metricfeed_p.h"

#include <algorithm>

namespace Recorders::Internal {

namespace {

using namespace std::chrono_literals;

// Most sources answer at once, and what is shown does not disappear for that.
constexpr std::chrono::milliseconds patience = 150ms;

} // namespace

MetricFeed::MetricFeed(QObject *parent)
    : QObject(parent)
    , m_subscription(nullptr)
{
    connect(&m_subscription, &SnapshotSubscription::updated, this,
            [this](const SnapshotUpdate &update) { receive(update); });
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &MetricFeed::gone);
    pause();
}

void MetricFeed::setSource(SnapshotSource *source)
{
    m_subscription.setSource(source);
}

void MetricFeed::watch(const QString &entityId, const QString &metric)
{
    if (m_metric == metric && m_entityId == entityId) {
        tellAgain();
        return;
    }
    m_entityId = entityId;
    m_metric = metric;
    m_last.reset();
    m_patience.start();
    SnapshotSource *const source = m_subscription.source();
    m_subscription.setSource(nullptr); // begins with all values, also of another metric
    m_subscription.setEntityId(entityId);
    m_subscription.setSource(source);
    pause();
    if (m_isPaused && m_isActive && !metric.isEmpty())
        m_subscription.refresh();
}

void MetricFeed::tellAgain()
{
    if (m_last)
        Q_EMIT told(MetricSnapshot(*m_last)); // a copy: a slot may watch another one
}

void MetricFeed::refresh()
{
    if (m_isActive && !m_metric.isEmpty())
        m_subscription.refresh();
}

void MetricFeed::setPaused(bool paused)
{
    m_isPaused = paused;
    pause();
}

void MetricFeed::setActive(bool active)
{
    m_isActive = active;
    pause();
}

void MetricFeed::pause()
{
    m_subscription.setPaused(m_isPaused || !m_isActive || m_metric.isEmpty());
}

void MetricFeed::receive(const SnapshotUpdate &update)
{
    if (const RecorderSnapshot *const recorder = find(update.recorders)) {
        if (!take(*recorder) && recorder->isComplete)
            lose();
    } else if (update.isComplete || update.removed.contains(m_entityId)) {
        const RecorderSnapshot *const last = find(update.removedSnapshots);
        if (!last || !take(*last))
            lose();
    }
}

const RecorderSnapshot *MetricFeed::find(const QList<RecorderSnapshot> &recorders) const
{
    const auto found = std::find_if(
            recorders.cbegin(), recorders.cend(),
            [this](const RecorderSnapshot &other) { return other.entityId == m_entityId; });
    return found == recorders.cend() ? nullptr : &*found;
}

// Whether it has the metric.
bool MetricFeed::take(const RecorderSnapshot &recorder)
{
    const auto metric =
            std::find_if(recorder.metrics.cbegin(), recorder.metrics.cend(),
                         [this](const MetricSnapshot &other) { return other.name() == m_metric; });
    if (metric == recorder.metrics.cend())
        return false;
    m_patience.stop();
    m_last = *metric;
    Q_EMIT told(*metric);
    return true;
}

// What is gone has said something last, which stays, as its row does.
void MetricFeed::lose()
{
    m_patience.stop();
    if (!m_last)
        Q_EMIT gone();
}

} // namespace Recorders::Internal
