// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotfeed_p.h"

#include <QLoggingCategory>
#include <QThread>

#include <utility>

namespace Recorders::Internal {

namespace {

Q_LOGGING_CATEGORY(lcModel, "recorders.model")

constexpr std::chrono::milliseconds defaultInterval{ 100 };

SnapshotStore::Time steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

/*
    The answer is taken by a QFutureWatcher rather than by a continuation with a context object:
    the future is finished in the source's thread, and only the watcher can be destroyed here at
    that very moment. It also delivers through the event loop, so that a source that answers at
    once does not call back into the function that asked.
*/
SnapshotFeed::SnapshotFeed(SnapshotStore *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_answer(this)
    , m_timer(this)
{
    m_timer.setInterval(defaultInterval);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &SnapshotFeed::poll);
    connect(&m_answer, &QFutureWatcherBase::finished, this, &SnapshotFeed::receive);
    connect(&m_answer, &QFutureWatcherBase::canceled, this, &SnapshotFeed::receive);
}

SnapshotFeed::~SnapshotFeed() = default;

void SnapshotFeed::setRuntime(MetricsRuntime *runtime)
{
    Q_ASSERT_X(QThread::currentThread() == thread(), "SnapshotModel::setRuntime",
               "must be called in the thread of the model");
    useSource(runtime ? runtime->snapshotSource() : nullptr);
    useRuntime(runtime);
}

void SnapshotFeed::setSource(SnapshotSource *source)
{
    Q_ASSERT_X(QThread::currentThread() == thread(), "SnapshotModel::setSource",
               "must be called in the thread of the model");
    if (m_runtime && m_runtime->snapshotSource() != source)
        useRuntime(nullptr);
    useSource(source);
}

void SnapshotFeed::useRuntime(MetricsRuntime *runtime)
{
    if (m_runtime == runtime)
        return;
    if (m_runtime)
        disconnect(m_runtime, nullptr, this, nullptr);
    m_runtime = runtime;
    if (runtime) {
        connect(runtime, &QObject::destroyed, this, [this] { Q_EMIT runtimeChanged(m_runtime); });
    }
    Q_EMIT runtimeChanged(runtime);
}

void SnapshotFeed::useSource(SnapshotSource *source)
{
    if (m_source == source && source)
        return;
    const bool isChanged = m_source != source;
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    m_source = source;
    if (source)
        connect(source, &QObject::destroyed, this, &SnapshotFeed::sourceDestroyed);
    restart();
    if (isChanged)
        Q_EMIT sourceChanged(source);
}

// What was shown stays; it only goes on no more.
void SnapshotFeed::sourceDestroyed()
{
    m_isAsking = false;
    m_answer.setFuture({});
    updateTimer();
    setEnded(true);
    Q_EMIT sourceChanged(nullptr);
}

void SnapshotFeed::restart()
{
    setEnded(false);
    m_store->clear();
    m_version = 0;
    m_refused.reset();
    m_isAsking = false;
    m_asksAgain = false;
    m_isExplicit = false;
    m_answer.setFuture({}); // whatever is still under way is nobody's answer any more
    updateTimer();
    if (!m_isPaused)
        poll();
}

void SnapshotFeed::setRefreshInterval(int milliseconds)
{
    Q_ASSERT_X(QThread::currentThread() == thread(), "SnapshotModel::setRefreshInterval",
               "must be called in the thread of the model");
    if (milliseconds < 1) {
        qCWarning(lcModel, "setRefreshInterval: the interval must be at least 1 ms, not %d",
                  milliseconds);
        return;
    }
    if (milliseconds == refreshInterval())
        return;
    m_timer.setInterval(milliseconds);
    Q_EMIT refreshIntervalChanged(milliseconds);
}

void SnapshotFeed::setPaused(bool paused)
{
    Q_ASSERT_X(QThread::currentThread() == thread(), "SnapshotModel::setPaused",
               "must be called in the thread of the model");
    if (m_isPaused == paused)
        return;
    m_isPaused = paused;
    updateTimer();
    if (!paused)
        poll();
    Q_EMIT pausedChanged(paused);
}

void SnapshotFeed::updateTimer()
{
    const bool isNeeded = m_source && !m_isPaused;
    if (isNeeded && !m_timer.isActive())
        m_timer.start();
    else if (!isNeeded)
        m_timer.stop();
}

void SnapshotFeed::refresh()
{
    Q_ASSERT_X(QThread::currentThread() == thread(), "SnapshotModel::refresh",
               "must be called in the thread of the model");
    m_isExplicit = true;
    if (m_isAsking)
        m_asksAgain = true;
    else
        ask();
}

void SnapshotFeed::poll()
{
    if (!m_source || m_isAsking)
        return;
    const quint64 version = m_source->version();
    if (version != m_version && version != m_refused)
        ask();
    else if (version == m_version)
        m_store->settle(sourceTime());
}

void SnapshotFeed::ask()
{
    if (!m_source)
        return;
    m_isAsking = true;
    m_answer.setFuture(m_source->changesSince(m_version));
}

void SnapshotFeed::receive()
{
    if (!m_isAsking)
        return;
    m_isAsking = false;
    const QFuture<SnapshotUpdate> future = m_answer.future();
    if (future.isCanceled() || !future.isResultReadyAt(0)) {
        m_refused = m_source ? m_source->version() : 0;
        setEnded(true);
        return;
    }
    if (m_isPaused && !m_isExplicit)
        return; // it came too late: what is shown is frozen, and asked for again on resuming
    apply(future.result());
}

void SnapshotFeed::apply(const SnapshotUpdate &update)
{
    m_version = update.version;
    m_refused.reset();
    m_clockOffset = steadyTime() - update.time;
    setEnded(false);
    m_store->apply(update);
    const bool asksAgain = std::exchange(m_asksAgain, false) || update.hasMore;
    m_isExplicit = m_isExplicit && asksAgain;
    if (asksAgain && m_source && !m_isAsking)
        ask();
    Q_EMIT updated();
}

void SnapshotFeed::setEnded(bool ended)
{
    const bool isChanged = ended != m_store->isEnded();
    m_store->setEnded(ended);
    if (isChanged)
        Q_EMIT endedChanged(ended);
}

SnapshotStore::Time SnapshotFeed::sourceTime() const
{
    return steadyTime() - m_clockOffset;
}

} // namespace Recorders::Internal
