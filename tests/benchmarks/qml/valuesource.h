// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/snapshot/readyfuture_p.h"
#include "shared/threadclock.h"

#include <recorders/core/snapshotlistsource.h>

#include <QFuture>

#include <random>
#include <utility>
#include <vector>

namespace Benchmarks {

// Recorders of ten metrics with one value each, as many metrics as there are to be. It answers at
// once, and says when it did: a runtime works that out in another thread.
class ValueSource : public Recorders::SnapshotListSource
{
public:
    using Time = std::chrono::nanoseconds;

    explicit ValueSource(int metrics)
        : m_values(std::size_t(metrics))
    {
        m_clock.follow();
        setTime(std::chrono::hours(1));
        for (int i = 0; i < metrics; ++i)
            grow(i);
    }

    static QString entityIdOf(int metric)
    {
        return QStringLiteral("connection-%1").arg(metric / metricsPerRecorder);
    }
    static QString nameOf(int metric)
    {
        return QStringLiteral("connection.bytes-%1").arg(metric % metricsPerRecorder);
    }

    void change(int metrics) // that many of them, a tenth of a second later
    {
        advance(std::chrono::milliseconds(100));
        const int step = int(m_values.size()) / metrics;
        for (int i = 0; i < metrics; ++i)
            grow(i * step);
    }

    int lookCount() const { return m_lookCount; } // how often somebody looked for something new
    bool hasAnswered() const { return m_answeredAt != Time(); }
    Time takeAnswerTime() { return std::exchange(m_answeredAt, Time()); } // of the thread's work

    quint64 version() const override
    {
        ++m_lookCount;
        return SnapshotListSource::version();
    }
    QFuture<Recorders::SnapshotUpdate>
    changesSince(const Recorders::SnapshotRequest &request) override
    {
        Recorders::SnapshotUpdate update = SnapshotListSource::changesSince(request).result();
        if (!update.isComplete) { // of what goes on a runtime says no more than what changed
            for (Recorders::RecorderSnapshot &recorder : update.recorders)
                recorder.isComplete = false;
        }
        auto answer = Recorders::Internal::readyFuture(std::move(update));
        m_answeredAt = m_clock.time();
        return answer;
    }

private:
    static constexpr int metricsPerRecorder = 10;

    // By some percent, so that the text of the value and that of the rate are others each time.
    void grow(int metric)
    {
        qint64 &value = m_values[std::size_t(metric)];
        value += 1 + value / 20 + qint64(m_random() % 100'000);
        setStatistics(entityIdOf(metric), { .handled = ++m_handled });
        setMetric(entityIdOf(metric),
                  Recorders::MetricSnapshot(nameOf(metric))
                          .add(QStringLiteral("total"), value, Recorders::Unit::bytes(),
                               Recorders::MetricKind::Counter));
    }

    std::vector<qint64> m_values;
    quint64 m_handled = 0;
    std::mt19937 m_random{ 20261125 };
    Testing::ThreadClock m_clock;
    mutable int m_lookCount = 0;
    Time m_answeredAt{};
};

} // namespace Benchmarks
