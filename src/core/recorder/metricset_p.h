// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/compactmutex_p.h"
#include "core/platform/lockorder_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/recorder/callmark_p.h"
#include "core/recorder/slowcalls_p.h"

#include <recorders/core/error.h>
#include <recorders/core/metric.h>
#include <recorders/core/metricsnapshot.h>

#include <atomic>
#include <forward_list>
#include <memory>
#include <mutex>
#include <vector>

namespace Recorders::Internal {

struct MetricEntry
{
    explicit MetricEntry(std::unique_ptr<Metric> owned)
        : metric(std::move(owned))
    {
    }

    QString errorString() const // of the last failure
    {
        return error ? *error : failures > 0 ? unsaidText() : QString();
    }

    std::unique_ptr<Metric> metric;
    std::unique_ptr<const QString> error; // what the last failure said; null: see errorString()
    SlowCalls slowCalls; // of handleEvent()
    quint64 changedAt = 0; // version of its last change
    int failures = 0;
    bool isChanged = true; // since changedAt was set
    bool isQuarantined = false;
    bool isNews = false; // the event under way has changed it, which is to be reported
    bool hasNoSnapshot : 1 = false; // it was quarantined for its snapshot(): not called again
    bool isRemoved : 1 = false; // goes when the present event is done
    bool isMisnamed : 1 = false; // its snapshot() used another name, and it has been said
};
static_assert(sizeof(MetricEntry) <= 40, "there are some hundred thousand of them");

/*
    The metrics of one recorder, on its thread. It brings an event to those that want its type,
    and contains what they throw.

    Metrics and hooks may call back into the recorder. So an event is brought to the metrics by a
    cursor that is a member: finishEvent() runs it to the end from within, which makes a snapshot
    whole, and the interrupted loop then finds nothing left to do. Entries are added and taken out
    between two events only.

    Another thread that has waited in vain can ask for the metric that is under way. What it reads
    for that is atomic, and relaxed, as it orders nothing: a thread that is stuck has written it
    long ago. The mutex, which the owner uses too, keeps alive what it points to: it was locked when
    the owner handed a metric over, it is locked when routes change, and no metric goes before the
    routes that have it.
*/
class MetricSet
{
public:
    // What the owner wants to know, on the same thread.
    class Observer
    {
        Q_DISABLE_COPY_MOVE(Observer)

    public:
        virtual void metricChanged(const Metric &metric, const MetricEvent &event) = 0;
        virtual void metricFailed(const MetricEntry &entry) = 0;
        virtual int failureLimit() const noexcept = 0; // until a metric is quarantined
        // Its snapshot() used that name; once for each metric.
        virtual void metricMisnamed(const MetricEntry &entry, const QString &otherName) = 0;

    protected:
        Observer() = default;
        ~Observer() = default;
    };

    using Mutex = OrderedMutex<LockLevel::Metrics, CompactMutex>;
    explicit MetricSet(Observer &observer);

    Mutex &mutex() const noexcept { return m_mutex; } // any thread: the owner's

    bool isDispatching() const noexcept { return event() != nullptr; }
    bool isVisiting() const noexcept { return m_isVisiting; }
    bool isBusy() const noexcept { return isDispatching() || m_isVisiting; } // in a metric's code
    const MetricEntry *underWay() const noexcept; // any thread, under the mutex
    // Any thread. Another number with each call of a metric, while one event is under way.
    std::size_t callCount() const noexcept;

    void makeRoom(); // to add one more without allocating
    void add(std::unique_ptr<MetricEntry> entry);
    void remove(MetricEntry &entry);
    void reset();
    void forgetTypes(); // between two events; their plugin may be unloaded

    void dispatch(const MetricEvent &event, bool reportsChanges);
    void finishFromWithin(); // brings the event under way to the metrics that have not seen it
    SlowRun &slowRun() noexcept { return m_slowRun; }
    QString slowest() const; // the metric or hook that took most of that; empty: none was slow

    QList<MetricSnapshot> snapshots() { return snapshotsSince(0); }
    bool wasAging() const noexcept { return m_wasAging; } // one of those changes with time
    // Of metrics that changed after it.
    QList<MetricSnapshot> snapshotsSince(quint64 version);
    bool noteAging(); // true: a metric changes with time, and counts as changed from now on
    bool hasUnstampedChanges() const noexcept;
    void stampChanges(quint64 version);
    // Version since which the same metrics are there, in the same states.
    bool isRestructured() const noexcept { return m_isRestructured; } // that is not stamped yet
    quint64 restructuredAt() const noexcept { return m_restructuredAt; }

private:
    struct Route // the metrics that want one type of event
    {
        const EventType *type;
        std::vector<MetricEntry *> entries;
    };

    // This thread's own: a plain load.
    const MetricEvent *event() const noexcept { return m_event.load(std::memory_order_relaxed); }
    const Route &route() const noexcept { return *m_route.load(std::memory_order_relaxed); }
    const Route &routeOf(const EventType *type);
    const Route &newRoute(const EventType *type);
    void finishEvent();
    void leaveMetrics() noexcept;
    void deliver(MetricEntry &entry);
    MetricSnapshot snapshotOf(MetricEntry &entry);
    void correctName(MetricSnapshot &snapshot, MetricEntry &entry);
    bool changesWithTime(MetricEntry &entry);
    void fail(MetricEntry &entry, const char *during, const char *what) noexcept;
    void reportChanges();
    void purge();

    template <typename Visit>
    void visitAll(Visit visit);
    template <typename Call>
    bool contain(MetricEntry &entry, const char *during, Call call);
    template <typename Call>
    void measure(SlowCalls &slowCalls, Call call);

    Observer &m_observer;
    std::vector<std::unique_ptr<MetricEntry>> m_entries;
    std::forward_list<Route> m_routes;
    std::atomic<const MetricEvent *> m_event = nullptr; // the event under way
    std::atomic<const Route *> m_route = nullptr; // of the event under way
    std::atomic<std::size_t> m_next = 0; // in m_route; past its end: no metric is under way
    [[no_unique_address]] CallMark<MetricEntry> m_visited; // called for anything but an event
    mutable Mutex m_mutex; // guards m_routes and what they lead to, against underWay()
    SlowCalls m_slowReports; // of changes
    quint64 m_restructuredAt = 0;
    [[no_unique_address]] SlowRun m_slowRun;
    bool m_isVisiting = false; // calls all metrics one after the other
    bool m_needsPurge = false;
    bool m_reportsChanges = false; // by the event under way
    bool m_hasNews = false; // likewise: some are to be reported
    bool m_wasAging = false;
    bool m_isRestructured = false; // since m_restructuredAt was set
};

} // namespace Recorders::Internal
