// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/threadcheck_p.h"
#include "model/elementnotice_p.h"
#include "model/metricreading_p.h"
#include "model/valuehub_p.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/model/metricvalue.h>

#include <QPointer>
#include <QString>

#include <chrono>
#include <memory>

namespace Recorders {

// Where a MetricValue looks, for what, and what it found.
class MetricValuePrivate final : public Internal::MetricObserver
{
public:
    explicit MetricValuePrivate(MetricValue *value)
        : q(value)
        , thread(value, "recorders.model.value")
        , notice(value, value, [this] { return misuse(); })
    {
    }
    ~MetricValuePrivate() override { leave(); }

    void use(MetricsRuntime *usedRuntime, SnapshotSource *usedSource);
    void useSource(SnapshotSource *used);
    void useRuntime(MetricsRuntime *used);
    bool isWatching() const
    {
        return hub && !entityId.trimmed().isEmpty() && !metric.trimmed().isEmpty();
    }
    void join();
    void leave();
    template <typename Change>
    void rejoin(Change change); // for what says where to look, and for what

    void update(const Internal::MetricNode *changed = nullptr) override
    {
        show(current(reading, changed));
    }
    // Of something else, so that nothing is known yet.
    void beginAnew() { show(current({}, nullptr)); }
    Internal::MetricReading current(const Internal::MetricReading &known,
                                    const Internal::MetricNode *changed);
    QString whatIsMissing(const Internal::RecorderNode *recorder) const;
    bool hasEnded() const;
    void show(Internal::MetricReading shown);
    Internal::ElementNotice::Misuse misuse() const;

    MetricValue *const q;
    const Internal::ThreadCheck thread;
    QPointer<MetricsRuntime> runtime;
    QPointer<SnapshotSource> source;
    QString sourceName; // of the source, also when it is gone
    QString entityId;
    QString metric;
    QString dimension;
    std::chrono::milliseconds interval{ 100 };
    std::shared_ptr<Internal::ValueHub> hub; // null: there is no source
    bool isJoined = false;
    Internal::MetricReading reading;
    QString foreignName; // of the source that was refused, as it lives in another thread
    bool hadSource = false;
    bool wasFound = false; // the recorder
    Internal::ElementNotice notice;
};

template <typename Change>
void MetricValuePrivate::rejoin(Change change)
{
    const std::shared_ptr<Internal::ValueHub> kept = hub; // it may be the same again
    leave();
    change();
    join();
}

} // namespace Recorders
