// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/elementnotice_p.h"
#include "model/snapshotstore_p.h"
#include "model/sourceclock_p.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsubscription.h>

#include <QObject>
#include <QPointer>

#include <optional>

namespace Recorders::Internal {

// Keeps a store up to date with what a subscription tells, and knows why it is not.
class SnapshotFeed : public QObject
{
    Q_OBJECT

public:
    SnapshotFeed(SnapshotStore *store, QObject *model);
    ~SnapshotFeed() override;

    MetricsRuntime *runtime() const { return m_runtime; }
    void setRuntime(MetricsRuntime *runtime);
    SnapshotSource *source() const { return m_subscription.source(); }
    void setSource(SnapshotSource *source);

    int refreshInterval() const { return int(m_subscription.interval().count()); }
    void setRefreshInterval(int milliseconds);
    bool isPaused() const { return m_isPaused; }
    void setPaused(bool paused);

    void showOnly(const QString &entityId); // empty: none

    bool isOnDemand() const { return m_isOnDemand; } // metrics are
    void setOnDemand(bool onDemand);
    // Recorders whose metrics are asked for. If they are thousands, and a quarter of them, all are.
    void setDemand(const QSet<QString> &entityIds);
    void setAllDemanded(bool all); // for now
    bool hasRecorders() const { return m_store->recorderCount() > m_store->removedCount(); }
    std::optional<SourceStall> stall() const { return m_subscription.stall(); }
    QString error() const { return m_error; } // why nothing new is shown; empty: it is

    void refresh();

Q_SIGNALS:
    void runtimeChanged(Recorders::MetricsRuntime *runtime);
    void sourceChanged(Recorders::SnapshotSource *source);
    void refreshIntervalChanged(int milliseconds);
    void pausedChanged(bool paused);
    void endedChanged(bool ended);
    void stalledChanged(bool stalled);
    void errorChanged(const QString &error);
    void onDemandChanged(bool onDemand);
    void aboutToUpdate();
    void updated();
    void refreshed(); // all of it

private:
    void use(MetricsRuntime *runtime, SnapshotSource *source);
    void useRuntime(MetricsRuntime *runtime);
    void useSource(SnapshotSource *source);
    void pauseSubscription();
    void updateDetail();
    void endRefresh();
    void apply(const SnapshotUpdate &update);
    void settle();
    void updateStall();
    QString whatIsWrong() const;
    void updateError();
    ElementNotice::Misuse misuse() const;

    SnapshotStore *const m_store;
    SnapshotSubscription m_subscription;
    QPointer<MetricsRuntime> m_runtime;
    QString m_entityId; // of the only recorder that is shown; empty: all
    QString m_sourceName; // also when it is gone
    QString m_error;
    bool m_isPaused = false;
    bool m_isOnDemand = false;
    bool m_areAllDemanded = false;
    bool m_areManyDemanded = false; // so that all are asked for
    bool m_isRefreshing = false;
    bool m_isStalled = false;
    bool m_isAnswered = false; // by this source, for this recorder
    bool m_isIdle = false; // shows the recorder that has no id: there is nothing to ask for
    SourceClock m_clock;
    QString m_foreignName; // of the source that was refused, as it lives in another thread
    bool m_hadSource = false;
    bool m_wasFound = false; // the only recorder
    ElementNotice m_notice;
};

} // namespace Recorders::Internal
