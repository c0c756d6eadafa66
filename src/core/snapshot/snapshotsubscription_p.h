// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/latelook_p.h"
#include "core/platform/threadcheck_p.h"
#include "core/snapshot/newcomers_p.h"
#include "core/snapshot/stallnotice_p.h"

#include <recorders/core/snapshotsource.h>
#include <recorders/core/snapshotsubscription.h>

#include <QFutureWatcher>
#include <QLoggingCategory>
#include <QPointer>
#include <QSet>
#include <QString>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Recorders {

Q_DECLARE_LOGGING_CATEGORY(lcSubscription)

/*
    The answer is taken by a QFutureWatcher rather than by a continuation with a context object:
    the future is finished in the source's thread, and only the watcher can be destroyed here at
    that very moment. It also delivers through the event loop, so that a source that answers at
    once does not call back into the function that asked.

    A slot may do anything with the subscription, also destroy it: a signal comes last, or nothing
    but a check that it is still there comes after it.
*/
class SnapshotSubscriptionPrivate
{
public:
    explicit SnapshotSubscriptionPrivate(SnapshotSubscription *subscription);

    void watch(SnapshotSource *watched);
    void warnOfAnotherThread() const;
    void beginAnew();
    void beginAnewWithRefresh();
    void setEntityIds(const QSet<QString> &ids);
    void setDetailedIds(const QSet<QString> &ids);
    void setDetail(SnapshotDetail detail);
    void askLater();
    void sourceDestroyed();
    void updateTimer();
    void poll();
    void watchStall();
    void ask();
    void receive();
    void receiveNothing();
    void receive(SnapshotUpdate update);
    void take(SnapshotUpdate &answered);

    SnapshotSubscription *const q;
    const Internal::ThreadCheck thread;
    QPointer<SnapshotSource> source;
    QFutureWatcher<SnapshotUpdate> answer;
    QTimer timer;
    std::chrono::milliseconds interval{ 100 };
    SnapshotRequest request; // the next one
    Internal::Newcomers newcomers;
    bool isBegun = false; // all there was has been told
    bool isAskingLater = false;
    bool isOfNewcomers = false; // the last question
    bool isDue = false; // to ask for what changed, while newcomers are asked for
    quint64 askedVersion = 0; // the source's, when it was asked last
    std::optional<quint64> refused; // the source's, when it was asked and canceled
    bool isPaused = false;
    bool isEnded = false;
    bool isAsking = false;
    bool asksAgain = false; // refresh() was called meanwhile
    bool isExplicit = false; // it was, so the answer is told even while paused
    std::chrono::nanoseconds askedAt{};
    Internal::LateLook lateLook;
    Internal::StallNotice stallNotice;
};

} // namespace Recorders
