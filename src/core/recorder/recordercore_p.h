// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/recorder/eventinbox_p.h"
#include "core/recorder/metricregistry_p.h"
#include "core/recorder/recorderconfiguration_p.h"
#include "core/recorder/recorderlifecycle_p.h"
#include "core/snapshot/journalentry_p.h"
#include "core/snapshot/lastsnapshots_p.h"

#include <recorders/core/metricsrecorder.h>
#include <recorders/core/recorder.h>
#include <recorders/core/snapshotsource.h>

#include <memory>
#include <optional>

namespace Recorders::Internal {

class SnapshotJournal;

/*
    All of a recorder but its QObject: it may be used by producers and by its dispatcher while the
    QObject is being destroyed.

    It wires three parts: the EventInbox, where events wait; the MetricRegistry, which has the
    metrics and their snapshots; and the RecorderLifecycle, which starts and stops. Its own part is
    what needs two of them: handling events by metrics, and answering other threads once what they
    have registered so far is handled.
*/
class RecorderCore final : public std::enable_shared_from_this<RecorderCore>,
                           public RecorderClient,
                           public JournalEntry,
                           private MetricSet::Observer
{
public:
    // What a runtime hands to its recorders before anybody can see them.
    struct RuntimeParts
    {
        std::shared_ptr<Dispatcher> dispatcher;
        std::shared_ptr<SnapshotJournal> journal;
    };
    // The next one that this thread makes is that runtime's; null: nobody's.
    static const RuntimeParts *expectMaking(const RuntimeParts *runtime) noexcept;

    RecorderCore(Recorder &recorder, QString entityId, RecorderOptions options);
    ~RecorderCore();

    // any thread: its parts
    EventInbox &inbox() noexcept override { return m_inbox; }
    MetricRegistry &registry() noexcept override { return m_registry; }
    RecorderLifecycle &lifecycle() noexcept { return m_lifecycle; }

    // any thread: events
    EventSlot *tryClaim() noexcept { return m_inbox.tryClaim(); }
    Claim claim() noexcept { return m_inbox.claim(m_lifecycle); }

    // any thread: state
    const QString &entityId() const noexcept override { return JournalEntry::entityId(); }
    const RecorderOptions &options() const noexcept override { return *m_options; }
    RecorderState state() const noexcept { return m_lifecycle.state(); }
    RecorderStatistics statistics() const noexcept override;
    quint64 handled() const noexcept override { return m_inbox.handled(); }
    bool isBeingMade() const noexcept override { return m_lifecycle.status().isBeingMade(); }
    bool isUserCallUnderWay() const; // of a metric or hook, which has not returned
    QString callUnderWay() const override;
    std::size_t callCount() const noexcept override;

    // any thread: metrics
    bool registerMetric(std::unique_ptr<Metric> metric, Error *error);
    bool removeMetric(const QString &name);
    void resetMetrics();
    QStringList metricNames() const;
    QList<MetricSnapshot> metricSnapshots(Error *error);
    QList<MetricSnapshot> latestSnapshots();
    LastSnapshots::Pointer lastSnapshot() const noexcept; // null: it has not stopped, or no memory
    bool flush(QDeadlineTimer deadline);

    // any thread: for the dispatcher and the journal
    std::shared_ptr<DispatchClient> share() override { return shared_from_this(); }
    std::shared_ptr<JournalEntry> tryShare() noexcept override { return weak_from_this().lock(); }
    void abandon() noexcept override { m_inbox.close(); }
    bool isServedBy(const Dispatcher &dispatcher) const override
    {
        return m_lifecycle.isServedBy(dispatcher);
    }
    void enterJournal() override;
    void touch() override;
    void noteWork() noexcept override { m_lifecycle.noteWork(); }

    // the recorder's thread
    void enterThread() noexcept override;
    void leaveThread() noexcept override;
    std::size_t drain(std::size_t maxEvents, Clock::time_point until) override;
    bool prepareIdle() noexcept override { return m_inbox.prepareIdle(); }
    bool tryIdle() noexcept override;
    bool awaitsPublication() noexcept override;
    double quarterOfQueue() const noexcept override
    {
        return static_cast<double>(m_inbox.maxPending()) / 4;
    }
    bool canProgress() const noexcept override { return m_lifecycle.canHandleEvents(); }
    bool advance() override { return m_lifecycle.advance(); }
    void stopLater() override;
    bool isInCall() const noexcept override;
    bool isEntered() const noexcept override
    {
        return isInCall() || m_lifecycle.run().isAdvancing();
    }
    RecorderSnapshot snapshotSince(quint64 version, SnapshotDetail detail) override;

private:
    RecorderCore(Recorder &recorder, QString entityId, const RecorderOptions &options,
                 const RuntimeParts *runtime);

    bool isForeign() const noexcept { return m_lifecycle.status().isForeign(); }
    std::shared_ptr<Dispatcher> openDispatcher() const { return m_lifecycle.openDispatcher(); }
    bool isHere(const std::shared_ptr<Dispatcher> &open) const { return m_lifecycle.isHere(open); }

    // the recorder's thread: events
    void handle(const PendingEvent &pending, MetricEvent &event);
    std::size_t tryDrain(std::size_t maxEvents, Clock::time_point until);
    bool drainTo(quint64 fence, QDeadlineTimer deadline);
    void metricChanged(const Metric &metric, const MetricEvent &event) override;
    void metricFailed(const MetricEntry &entry) override;
    int failureLimit() const noexcept override { return m_options->metricFailureLimit; }
    void metricMisnamed(const MetricEntry &entry, const QString &otherName) override;

    // calls of any thread
    bool tryRemoveMetric(const QString &name);
    void adoptIfServedBy(const Dispatcher &asked);
    void awaitRemoval(const QString &name, const Dispatcher &dispatcher,
                      std::optional<RemoteCall> &call);
    QList<MetricSnapshot> tryMetricSnapshots(Error &error);
    QList<MetricSnapshot> snapshotsHere(quint64 fence, Error &error);
    QList<MetricSnapshot> published() const;
    RecorderSnapshot ownSnapshot() const; // without metrics
    void requestPublication(const std::shared_ptr<Dispatcher> &dispatcher);
    void addMetrics(RecorderSnapshot &snapshot, quint64 version);
    void awaitPublication(Dispatcher &dispatcher, const MetricRegistry::Request &request);

    // the recorder's thread: snapshots
    QList<MetricSnapshot> publish();
    void answerLook(const Dispatcher *asked);
    bool canPublish() const noexcept;
    void publishIfWatched() noexcept;

    struct OwnMembers
    {
        bool isDraining = false;
        bool hasHookFailed = false; // onMetricChanged(), and a warning was given
    };

    // First: its cache lines are aligned. What is seldom written shares the last one.
    [[no_unique_address]] EventInbox m_inbox;
    OwnThread<OwnMembers> m_own; // the recorder's
    std::atomic<quint64> m_metricErrors = 0; // the recorder's thread writes; a count only
    const std::shared_ptr<SnapshotJournal> m_journal; // null without a runtime
    const KeptOptions m_options;
    MetricRegistry m_registry;
    RecorderLifecycle m_lifecycle;
};

} // namespace Recorders::Internal
