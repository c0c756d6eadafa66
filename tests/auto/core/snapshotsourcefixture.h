// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QTest>

namespace Testing {

inline const QString clockId = QStringLiteral("clock");
inline const QString ticksName = QStringLiteral("ticks");

inline QStringList idsOf(const Recorders::SnapshotUpdate &update)
{
    QStringList ids;
    for (const Recorders::RecorderSnapshot &recorder : update.recorders)
        ids.append(recorder.entityId);
    ids.sort();
    return ids;
}

// What the tests of a runtime's snapshot source have in common.
class SnapshotSourceFixture
{
protected:
    Recorders::SnapshotUpdate changesSince(quint64 version);
    Recorders::SnapshotUpdate settledUpdate();
    std::shared_ptr<Recorders::Recorder> newRecorder(const QString &id);

    std::unique_ptr<Recorders::MetricsRuntime> m_runtime;
};

inline Recorders::SnapshotUpdate SnapshotSourceFixture::changesSince(quint64 version)
{
    QFuture<Recorders::SnapshotUpdate> future = m_runtime->snapshotSource()->changesSince(version);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 5000) || future.resultCount() != 1)
        return {};
    return future.result();
}

// Everything, once all that was registered is handled and accounted for.
inline Recorders::SnapshotUpdate SnapshotSourceFixture::settledUpdate()
{
    const QStringList ids = m_runtime->recorderIds();
    for (const QString &id : ids)
        m_runtime->recorder(id)->flush();
    return changesSince(0);
}

inline std::shared_ptr<Recorders::Recorder> SnapshotSourceFixture::newRecorder(const QString &id)
{
    auto recorder = m_runtime->createRecorder(id);
    recorder->registerMetric(std::make_unique<TickMetric>(ticksName));
    return recorder;
}

} // namespace Testing
