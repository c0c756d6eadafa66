// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/gate.h"

#include <recorders/core/metric.h>
#include <recorders/core/recorder.h>

#include <QList>
#include <QStringList>

#include <functional>
#include <memory>
#include <mutex>

namespace Testing {

struct Tick
{
    static constexpr char eventType[] = "test.tick";

    int value = 0;
};

struct Tock
{
    static constexpr char eventType[] = "test.tock";

    int value = 0;
};

// What several threads noted, in the order in which they did.
template <typename T>
class Log
{
public:
    void append(const T &entry)
    {
        const std::lock_guard lock(m_mutex);
        m_entries.append(entry);
    }

    QList<T> entries() const
    {
        const std::lock_guard lock(m_mutex);
        return m_entries;
    }

    qsizetype size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_entries.size();
    }

private:
    mutable std::mutex m_mutex; // guards m_entries
    QList<T> m_entries;
};

using TickLog = Log<int>;

// Counts and adds up the ticks, and notes their values in a log.
class TickMetric : public Recorders::TypedMetric<Tick>
{
public:
    explicit TickMetric(const QString &name = QStringLiteral("ticks"),
                        std::shared_ptr<TickLog> log = {})
        : TypedMetric(name)
        , m_log(std::move(log))
    {
    }

    bool handle(const Tick &tick) override
    {
        ++m_total;
        m_sum += tick.value;
        if (m_log)
            m_log->append(tick.value);
        return true;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name())
                .add(QStringLiteral("total"), m_total)
                .add(QStringLiteral("sum"), m_sum);
    }

    void reset() override { m_total = m_sum = 0; }

private:
    const std::shared_ptr<TickLog> m_log;
    qint64 m_total = 0;
    qint64 m_sum = 0;
};

// Does with every event what the test says.
class ActingMetric : public Recorders::Metric
{
public:
    using Action = std::function<void(const Recorders::MetricEvent &)>;

    ActingMetric(const QString &name, Action action)
        : Metric(name)
        , m_action(std::move(action))
    {
    }

    bool handleEvent(const Recorders::MetricEvent &event) override
    {
        ++m_calls;
        m_action(event);
        return true;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name()).add(QStringLiteral("calls"), m_calls);
    }

private:
    const Action m_action;
    qint64 m_calls = 0;
};

// Holds the recorder's thread at the gate with its first event.
inline std::unique_ptr<Recorders::Metric> heldMetric(const std::shared_ptr<Gate> &gate,
                                                     const QString &name = QStringLiteral("held"))
{
    return std::make_unique<ActingMetric>(name,
                                          [gate](const Recorders::MetricEvent &) { gate->pass(); });
}

inline std::unique_ptr<Recorders::Metric> tickMetric(const std::shared_ptr<TickLog> &log,
                                                     const QString &name = QStringLiteral("ticks"))
{
    return std::make_unique<TickMetric>(name, log);
}

// A recorder whose hooks do what the test says. Set them before it starts.
class HookedRecorder : public Recorders::Recorder
{
public:
    using Hook = std::function<void()>;
    using ChangeHook =
            std::function<void(const Recorders::Metric &, const Recorders::MetricEvent &)>;

    using Recorder::Recorder;
    HookedRecorder(const QString &id, const Recorders::RecorderOptions &options, Hook onStarting,
                   Hook onStopped = {}, ChangeHook onMetricChanged = {})
        : Recorder(id, options)
        , starting(std::move(onStarting))
        , stopped(std::move(onStopped))
        , changed(std::move(onMetricChanged))
    {
    }

    Hook starting;
    Hook stopped;
    ChangeHook changed;

protected:
    void onStarting() override
    {
        if (starting)
            starting();
    }
    void onStopped() override
    {
        if (stopped)
            stopped();
    }
    void onMetricChanged(const Recorders::Metric &metric,
                         const Recorders::MetricEvent &event) override
    {
        if (changed)
            changed(metric, event);
    }
};

inline Recorders::MetricSnapshot snapshotOf(const QList<Recorders::MetricSnapshot> &snapshots,
                                            const QString &name)
{
    for (const Recorders::MetricSnapshot &snapshot : snapshots) {
        if (snapshot.name() == name)
            return snapshot;
    }
    return Recorders::MetricSnapshot();
}

inline qint64 valueOf(const QList<Recorders::MetricSnapshot> &snapshots, const QString &name,
                      QStringView dimension)
{
    const QVariant value = snapshotOf(snapshots, name).value(dimension);
    return value.isValid() ? value.toLongLong() : -1;
}

} // namespace Testing
