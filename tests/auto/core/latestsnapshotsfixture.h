// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/qtry.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <atomic>

namespace Testing {

using namespace std::chrono_literals;

// Counts how often it is asked.
class AskedMetric : public TickMetric
{
public:
    explicit AskedMetric(std::shared_ptr<std::atomic<int>> count)
        : m_count(std::move(count))
    {
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        ++*m_count;
        return TickMetric::snapshot();
    }

private:
    const std::shared_ptr<std::atomic<int>> m_count;
};

inline qint64 totalOf(const QList<Recorders::MetricSnapshot> &snapshots)
{
    return valueOf(snapshots, QStringLiteral("ticks"), u"total");
}

// Repeated because a look gives up while the thread waits for a processor, as on a busy machine.
#define TRY_COMPARE_TOTAL(recorder, expected)                                                      \
  QTRY_COMPARE_WITH_TIMEOUT(totalOf((recorder)->latestSnapshots()), qint64(expected), 20s)

// What the tests of the latest snapshots have in common.
class LatestSnapshotsFixture
{
protected:
    std::shared_ptr<Recorders::Recorder> newRecorder(const QString &id = QStringLiteral("clock"));

    std::unique_ptr<Recorders::MetricsRuntime> m_runtime;
    std::shared_ptr<std::atomic<int>> m_taken; // snapshots, by metrics of newRecorder()
};

inline std::shared_ptr<Recorders::Recorder> LatestSnapshotsFixture::newRecorder(const QString &id)
{
    const auto recorder = m_runtime->createRecorder(id);
    recorder->registerMetric(std::make_unique<AskedMetric>(m_taken));
    return recorder;
}

} // namespace Testing
