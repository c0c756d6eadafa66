// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotstore_p.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Recorders::Internal {

// Asks a source, at most one question at a time, and gives its answers to a store.
class SnapshotFeed : public QObject
{
    Q_OBJECT

public:
    explicit SnapshotFeed(SnapshotStore *store, QObject *parent = nullptr);
    ~SnapshotFeed() override;

    MetricsRuntime *runtime() const { return m_runtime; }
    void setRuntime(MetricsRuntime *runtime);
    SnapshotSource *source() const { return m_source; }
    void setSource(SnapshotSource *source);

    int refreshInterval() const { return m_timer.interval(); }
    void setRefreshInterval(int milliseconds);
    bool isPaused() const { return m_isPaused; }
    void setPaused(bool paused);

    void refresh();
    void restart(); // from nothing

Q_SIGNALS:
    void runtimeChanged(Recorders::MetricsRuntime *runtime);
    void sourceChanged(Recorders::SnapshotSource *source);
    void refreshIntervalChanged(int milliseconds);
    void pausedChanged(bool paused);
    void endedChanged(bool ended);
    void updated();

private:
    void useSource(SnapshotSource *source);
    void useRuntime(MetricsRuntime *runtime);
    void sourceDestroyed();
    void updateTimer();
    void poll();
    void ask();
    void receive();
    void apply(const SnapshotUpdate &update);
    void setEnded(bool ended);
    SnapshotStore::Time sourceTime() const;

    SnapshotStore *const m_store;
    QPointer<MetricsRuntime> m_runtime;
    QPointer<SnapshotSource> m_source;
    QFutureWatcher<SnapshotUpdate> m_answer;
    QTimer m_timer;
    bool m_isPaused = false;
    bool m_isAsking = false;
    bool m_asksAgain = false; // refresh() was called meanwhile
    bool m_isExplicit = false; // it was, so the answer is shown even while paused
    quint64 m_version = 0; // of the last update
    std::optional<quint64> m_refused; // the source's version when it canceled
    SnapshotStore::Time m_clockOffset{}; // from the steady clock here to that of the source
};

} // namespace Recorders::Internal
