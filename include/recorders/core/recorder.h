// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/metric.h>
#include <recorders/core/metricevent.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/core/metricsrecorder.h>
#include <recorders/core/namespace.h>
#include <recorders/core/recorderstatistics.h>
#include <recorders/recorders_export.h>

#include <QDeadlineTimer>
#include <QFuture>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace Recorders {

namespace Internal {
class RecorderHooks;
class RecorderTable;
} // namespace Internal

struct RecorderOptions
{
    qsizetype queueMaxSize = 10000; // pending events, at least 1
    std::optional<OverflowPolicy> overflowPolicy; // not set: Drop in a runtime, Reject by hand
    std::chrono::milliseconds blockTimeout{ 1000 }; // of OverflowPolicy::Block
    MetricFailurePolicy metricFailurePolicy = MetricFailurePolicy::IsolateMetric;
    int metricFailureLimit = 10; // errors until a metric is quarantined, at least 1
    std::chrono::milliseconds stopTimeout{ 5000 }; // to drain what is pending
    std::chrono::milliseconds snapshotTimeout{ 5000 }; // of metricSnapshots() and removeMetric()
    RecorderLifetime lifetime = RecorderLifetime::UntilRemoved; // in a runtime
};

class RECORDERS_EXPORT Recorder : public QObject, public MetricsRecorder
{
    Q_OBJECT
    Q_PROPERTY(QString entityId READ entityId CONSTANT)
    Q_PROPERTY(Recorders::RecorderState state READ state NOTIFY stateChanged)

public:
    explicit Recorder(QString entityId, RecorderOptions options = {}, QObject *parent = nullptr);
    ~Recorder() override;

    QString entityId() const; // any thread
    const RecorderOptions &options() const; // any thread
    RecorderState state() const; // any thread
    Error lastError() const; // any thread
    RecorderStatistics statistics() const; // any thread

    QFuture<Error> start(); // any thread
    QFuture<Error> stop(); // any thread
    bool flush(QDeadlineTimer deadline = QDeadlineTimer(std::chrono::seconds(5))); // any thread
    QList<MetricSnapshot> latestSnapshots() const; // any thread
    void resetMetrics(); // any thread

public Q_SLOTS:
    void registerMetricEvent(const Recorders::MetricEvent &event); // any thread

Q_SIGNALS:
    void stateChanged(Recorders::RecorderState state);
    void failed(const Recorders::Error &error);

protected: // hooks, called on the recorder's thread
    virtual void onStarting();
    virtual void onStopped();
    virtual void onMetricChanged(const Metric &metric, const MetricEvent &event);

    bool event(QEvent *event) override;

private:
    Q_DISABLE_COPY_MOVE(Recorder)
    friend class Internal::RecorderHooks;
    friend class Internal::RecorderTable;
    friend class MetricsRuntime;
};

} // namespace Recorders
