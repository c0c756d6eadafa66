// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/recordedsubscription.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QString>

#include <atomic>

namespace Testing {

inline const QString clockId = QStringLiteral("clock");
inline const QString otherId = QStringLiteral("other");
inline const QString ticksName = QStringLiteral("ticks");

// Counts how often it is asked.
class AskedMetric : public Recorders::Metric
{
public:
    explicit AskedMetric(std::shared_ptr<std::atomic<int>> count)
        : Metric(QStringLiteral("asked"))
        , m_count(std::move(count))
    {
    }

    bool handleEvent(const Recorders::MetricEvent &) override { return true; }
    Recorders::MetricSnapshot snapshot() const override
    {
        ++*m_count;
        return Recorders::MetricSnapshot(name());
    }

private:
    const std::shared_ptr<std::atomic<int>> m_count;
};

inline Recorders::SnapshotRequest requestFor(const QSet<QString> &ids, quint64 since = 0)
{
    Recorders::SnapshotRequest request(since);
    request.entityIds = ids;
    return request;
}

inline Recorders::SnapshotRequest requestFor(const QString &id, quint64 since = 0)
{
    return requestFor(QSet<QString>{ id }, since);
}

// What the tests of requests for snapshots have in common.
class SnapshotRequestFixture
{
protected:
    Recorders::SnapshotUpdate answer(const Recorders::SnapshotRequest &request);
    std::shared_ptr<Recorders::Recorder> newRecorder(const QString &id);

    std::unique_ptr<Recorders::MetricsRuntime> m_runtime;
};

inline Recorders::SnapshotUpdate
SnapshotRequestFixture::answer(const Recorders::SnapshotRequest &request)
{
    return m_runtime->snapshotSource()->changesSince(request).result();
}

inline std::shared_ptr<Recorders::Recorder> SnapshotRequestFixture::newRecorder(const QString &id)
{
    auto recorder = m_runtime->createRecorder(id);
    recorder->registerMetric(std::make_unique<TickMetric>(ticksName));
    return recorder;
}

} // namespace Testing
