// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/metric.h>
#include <recorders/core/metricevent.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/core/metricsrecorder.h>
#include <recorders/core/namespace.h>
#include <recorders/recorders_export.h>

#include <QDeadlineTimer>
#include <QFuture>
#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace Recorders {

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

// A consistent reading: registered == accepted + dropped + rejected + notRunning and
// accepted == handled + pending.
struct RecorderStatistics
{
    Q_GADGET_EXPORT(RECORDERS_EXPORT)
    Q_PROPERTY(quint64 registered MEMBER registered CONSTANT)
    Q_PROPERTY(quint64 accepted MEMBER accepted CONSTANT)
    Q_PROPERTY(quint64 dropped MEMBER dropped CONSTANT)
    Q_PROPERTY(quint64 rejected MEMBER rejected CONSTANT)
    Q_PROPERTY(quint64 notRunning MEMBER notRunning CONSTANT)
    Q_PROPERTY(quint64 handled MEMBER handled CONSTANT)
    Q_PROPERTY(quint64 pending MEMBER pending CONSTANT)
    Q_PROPERTY(quint64 metricErrors MEMBER metricErrors CONSTANT)

public:
    quint64 registered = 0;
    quint64 accepted = 0;
    quint64 dropped = 0;
    quint64 rejected = 0;
    quint64 notRunning = 0;
    quint64 handled = 0;
    quint64 pending = 0;
    quint64 metricErrors = 0;

    RECORDERS_EXPORT RecorderStatistics &operator+=(const RecorderStatistics &other) noexcept;
    friend RECORDERS_EXPORT bool operator==(const RecorderStatistics &a,
                                            const RecorderStatistics &b) noexcept;
    friend bool operator!=(const RecorderStatistics &a, const RecorderStatistics &b) noexcept
    {
        return !(a == b);
    }
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
    friend class Internal::RecorderCore;
    friend class MetricsRuntime;
    friend class MetricsRuntimePrivate;
};

} // namespace Recorders
