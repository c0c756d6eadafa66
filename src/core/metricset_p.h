// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/metric.h>
#include <recorders/core/metricsnapshot.h>

#include <memory>
#include <vector>

namespace Recorders::Internal {

struct MetricEntry
{
    explicit MetricEntry(std::unique_ptr<Metric> owned)
        : metric(std::move(owned))
    {
    }

    std::unique_ptr<Metric> metric;
    QString errorString; // of the last failure
    quint64 firstTicket = 0; // of the first event that it is to see
    quint64 changedAt = 0; // version of its last change
    int failures = 0;
    bool isChanged = true; // since changedAt was set
    bool isQuarantined = false;
    bool hasNoSnapshot = false; // it was quarantined for its snapshot(), which is not called again
    bool isRemoved = false; // goes when the present event is done
};

/*
    The metrics of one recorder, on its thread. It brings an event to those that want its type,
    and contains what they throw.

    Metrics and hooks may call back into the recorder. So an event is brought to the metrics by a
    cursor that is a member: finishEvent() runs it to the end from within, which makes a snapshot
    whole, and the interrupted loop then finds nothing left to do. Entries are added and taken out
    between two events only.
*/
class MetricSet
{
public:
    // What the owner wants to know, on the same thread.
    class Observer
    {
    public:
        virtual void metricChanged(const Metric &metric, const MetricEvent &event) = 0;
        virtual void metricFailed(const MetricEntry &entry) = 0;

    protected:
        ~Observer() = default;
    };

    MetricSet(Observer &observer, int failureLimit);

    bool isDispatching() const noexcept { return m_event != nullptr; }
    bool isVisiting() const noexcept { return m_isVisiting; }
    bool isBusy() const noexcept { return isDispatching() || m_isVisiting; } // in a metric's code

    void makeRoom(std::size_t count); // to add that many without allocating
    void add(std::unique_ptr<MetricEntry> entry);
    bool remove(const QString &name);
    void reset();
    void forgetTypes() { m_routes.clear(); } // between two events; their plugin may be unloaded

    void dispatch(const MetricEvent &event, bool reportsChanges);
    void finishEvent(); // brings the event under way to the metrics that have not seen it

    QList<MetricSnapshot> snapshots() { return snapshotsSince(0); }
    QList<MetricSnapshot> snapshotsSince(quint64 version); // of metrics that changed after it
    bool hasUnstampedChanges() const noexcept;
    void stampChanges(quint64 version);
    quint64 lastRemovedAt() const noexcept { return m_lastRemovedAt; }

private:
    struct Route // the metrics that want one type of event
    {
        const EventType *type;
        std::vector<MetricEntry *> entries;
    };

    const Route &routeOf(const EventType *type);
    void deliver(MetricEntry &entry);
    MetricSnapshot snapshotOf(MetricEntry &entry);
    void fail(MetricEntry &entry, const char *during, const char *what) noexcept;
    void reportChanges();
    void purge();

    template <typename Visit>
    void visitAll(Visit visit);
    template <typename Call>
    bool contain(MetricEntry &entry, const char *during, Call call);

    Observer &m_observer;
    std::vector<std::unique_ptr<MetricEntry>> m_entries;
    std::vector<Route> m_routes;
    std::vector<MetricEntry *> m_changed; // by the event under way
    const MetricEvent *m_event = nullptr; // the event under way
    const Route *m_route = nullptr; // of the event under way
    std::size_t m_next = 0; // in m_route
    quint64 m_lastRemovedAt = 0;
    const int m_failureLimit;
    bool m_isVisiting = false; // calls all metrics one after the other
    bool m_needsPurge = false;
    bool m_hasUnstampedRemoval = false;
};

} // namespace Recorders::Internal
