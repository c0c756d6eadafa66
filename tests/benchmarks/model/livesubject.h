// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "subject.h"

#include "shared/countingsource.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>

#include <memory>
#include <vector>

namespace Benchmarks {

// A runtime with a recorder that counts its events, and a model that shows the count.
class LiveSubject
{
public:
    static constexpr std::chrono::milliseconds drainInterval{ 10 };

    explicit LiveSubject(std::chrono::milliseconds refreshInterval)
        : m_runtime(QStringLiteral("benchmark"))
    {
        m_runtime.setDrainInterval(drainInterval);
        m_runtime.start();
        m_recorder = m_runtime.createRecorder(QStringLiteral("clock"));
        m_recorder->registerMetric(Recorders::counter<Testing::Tick>(QStringLiteral("ticks")));
        m_source = std::make_unique<Testing::CountingSource>(m_runtime.snapshotSource());
        QObject::connect(&m_model, &Recorders::RecorderSnapshotModel::updated,
                         [this] { ++m_updateCount; });
        m_model.setRefreshInterval(int(refreshInterval.count()));
        m_model.setEntityId(QStringLiteral("clock"));
        m_model.setSource(m_source.get());
        while (m_model.rowCount() == 0)
            QCoreApplication::processEvents();
    }
    ~LiveSubject() { m_model.setSource(nullptr); }

    LiveSubject(const LiveSubject &) = delete;
    LiveSubject &operator=(const LiveSubject &) = delete;

    std::vector<std::shared_ptr<Recorders::Recorder>> recorders() const { return { m_recorder }; }
    qint64 registerEvent() // returns how many there are then
    {
        m_recorder->registerEvent(Testing::Tick{});
        return qint64(m_recorder->statistics().accepted);
    }
    void noteHandled() { m_handled = qint64(m_recorder->statistics().handled); }
    bool isCaughtUp() const { return shown() >= m_handled; } // all of that is shown
    qint64 shown() const
    {
        return m_model.index(0, 0).data(Recorders::SnapshotModel::ValueRole).toLongLong();
    }
    int pendingUpdates() const { return m_source->requestCount() - m_updateCount; }

private:
    Recorders::MetricsRuntime m_runtime;
    std::shared_ptr<Recorders::Recorder> m_recorder;
    std::unique_ptr<Testing::CountingSource> m_source;
    Recorders::RecorderSnapshotModel m_model;
    int m_updateCount = 0;
    qint64 m_handled = 0;
};

} // namespace Benchmarks
