// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/ownthread_p.h"
#include "core/recorder/metricset_p.h"
#include "core/recorder/remotecall_p.h"

#include <recorders/core/error.h>
#include <recorders/core/metricsnapshot.h>

#include <QList>
#include <QStringList>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace Recorders::Internal {

class EventInbox;

/*
    The metrics of a recorder: their names, those that are to be added or removed, the metrics
    themselves, and the snapshots that were published last.

    Any thread adds and removes metrics. That is a change with the ticket of the inbox at that
    time: the recorder's thread adopts it when it has handled the events before. So a metric sees
    the events that come after it was added and before it is removed, whatever the threads do.

    Any thread reads what was published last. Snapshots are taken and published by the recorder's
    thread, when somebody asks for them.

    The mutex of its MetricSet guards what any thread uses. Where the recorder's is locked too, that
    one is locked first; the dispatcher's is locked after it. No code of the user is called under it.
*/
class MetricRegistry final
{
public:
    MetricRegistry(MetricSet::Observer &observer, const EventInbox &inbox);

    // any thread: names
    QStringList names() const;
    Error add(std::unique_ptr<Metric> &metric); // takes the metric, unless there is an error
    enum class RemovalOrder {
        AfterEvents, // that are pending
        WithoutEvents, // no thread would handle them now
        AtOnce // likewise, by the recorder's thread
    };
    enum class Removal { NoSuchMetric, Done, Pending };
    // All or nothing, may throw std::bad_alloc. If it is pending, request() is called first, with
    // the mutex held and the ticket that the thread has to reach.
    Removal remove(const QString &name, RemovalOrder order,
                   const std::function<void(quint64 ticket)> &request);
    bool isBeingRemoved(const QString &name) const;

    // any thread: published snapshots
    QList<MetricSnapshot> published() const;
    bool noteLook(); // from now on isOutdated() has an answer; returns it
    bool isOutdated() const; // somebody has looked, and something has changed since publish()
    void noteChange(); // of a metric, other than by an event
    // The request to publish that is under way: what post() returns, if there is none. Null: there
    // is no need to wait for it.
    using Request = std::shared_ptr<RemoteCall>;
    Request requestPublication(const std::function<Request()> &post);
    bool isRequested(const Request &request) const;
    void takeRequest(); // it is answered: what changes from now on is asked for again
    void forgetPublication(); // the recorder starts

    // Any thread. How often reset() was called; relaxed: a count only.
    quint32 resets() const noexcept
    {
        return m_own.ofAnyThread().resets.load(std::memory_order_relaxed);
    }

    // any thread: the metric whose code is called
    QString callUnderWay() const; // its name; empty: none
    bool isCallUnderWay() const;
    // Another number with each call, while one event is under way.
    std::size_t callCount() const noexcept { return m_own.ofAnyThread().metrics.callCount(); }

    // The recorder's thread has its members from now on, or no more.
    void enterThread() noexcept { m_own.enter(); }
    void leaveThread() noexcept { m_own.leave(); }

    // the recorder's thread: events
    bool hasChanges() const noexcept
    {
        // Relaxed: who added a metric before an event did so before publishing that.
        return m_hasChanges.load(std::memory_order_relaxed);
    }
    void adopt(); // the changes whose events are handled; not while isBusy()
    MetricSet &metrics() noexcept { return m_own->metrics; }
    const MetricSet &metrics() const noexcept { return m_own->metrics; }

    // the recorder's thread: snapshots
    QList<MetricSnapshot> publish();
    void reset();

private:
    struct Change
    {
        quint64 ticket = 0; // it is due once the events before are handled
        std::unique_ptr<MetricEntry> added; // null: removed
        MetricEntry *removed = nullptr; // it goes when this is adopted, and not before
    };
    // What is published, and what those who look at it need to know. Made by the first one who
    // publishes or looks: a recorder that is idle has none.
    struct Publication
    {
        QList<MetricSnapshot> snapshots;
        std::vector<QString> removedMeanwhile; // while snapshots are taken
        bool isPublishing = false;
        bool hasPublished = false; // since the last start
        bool isWatched = false; // somebody has looked: only then the rest is kept up to date
        bool isAging = false; // what was published changes with time
        quint64 changes = 1; // of metrics, other than by events
        quint64 publishedChanges = 0; // what it was when the snapshots were published
        quint64 publishedHandled = 0; // likewise, of events
        Request request; // to publish, on its way; null: none
    };
    using Changes = std::vector<Change>;
    using Entries = std::vector<MetricEntry *>;

    std::optional<Change> takeDueChange();
    MetricSet::Mutex &mutex() const noexcept { return m_own.ofAnyThread().metrics.mutex(); }
    // These need the mutex.
    Entries::const_iterator find(const QString &name) const; // end: it is not registered
    Changes::iterator pendingAddition(const MetricEntry &entry); // end: there is none
    Publication &publication(); // made if there is none
    bool needsPublication() const;

    const EventInbox &m_inbox;
    std::atomic<bool> m_hasChanges = false; // any thread writes, the recorder's thread reads

    struct AnyThread
    {
        Entries registered; // and not removed, wherever they are by now
        Changes changes; // not adopted yet
        std::unique_ptr<Publication> publication; // null: nothing was published, nobody has looked
    };
    AnyThread m_any; // guarded by mutex()

    struct OwnMembers
    {
        explicit OwnMembers(MetricSet::Observer &observer)
            : metrics(observer)
        {
        }

        [[no_unique_address]] MetricSet metrics;
        std::atomic<quint32> resets = 0;
    };
    OwnThread<OwnMembers> m_own; // the recorder's; any thread asks for the calls under way
};

} // namespace Recorders::Internal
