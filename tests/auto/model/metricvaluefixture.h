// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/model/metricvalue.h>

#include <QString>

#include <memory>

// What the tests of a metric value have in common.
namespace Testing {

inline const QString worker = QStringLiteral("worker-3");
inline const QString jobs = QStringLiteral("jobs.done");

inline Recorders::MetricSnapshot jobsDone(qint64 total, qint64 failed = 0)
{
    return Recorders::MetricSnapshot(jobs)
            .add(QStringLiteral("total"), total, Recorders::Unit::bytes(),
                 Recorders::MetricKind::Counter)
            .add(QStringLiteral("failed"), failed, {}, Recorders::MetricKind::Counter);
}

inline std::unique_ptr<Recorders::MetricValue> valueOf(Recorders::SnapshotSource *source,
                                                       const QString &entityId = worker,
                                                       const QString &dimension = {})
{
    auto value = std::make_unique<Recorders::MetricValue>();
    value->setRefreshInterval(1);
    value->setSource(source);
    value->setEntityId(entityId);
    value->setMetric(jobs);
    value->setDimension(dimension);
    return value;
}

} // namespace Testing
