// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotfeed_p.h"

#include "core/ownedstring_p.h"
#include "core/ownerthread_p.h"
#include "model/sourceerrors_p.h"

#include <utility>

namespace Recorders::Internal {

namespace {

SnapshotStore::Time steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

SnapshotFeed::SnapshotFeed(SnapshotStore *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_subscription(nullptr, this)
    , m_error(noSourceError())
{
    connect(&m_subscription, &SnapshotSubscription::updated, this, &SnapshotFeed::apply);
    connect(&m_subscription, &SnapshotSubscription::unchanged, this, &SnapshotFeed::settle);
    connect(&m_subscription, &SnapshotSubscription::endedChanged, this, [this](bool ended) {
        m_store->setEnded(ended);
        const QPointer<SnapshotFeed> self(this);
        Q_EMIT endedChanged(ended);
        if (self)
            updateError();
    });
    connect(&m_subscription, &SnapshotSubscription::sourceChanged, this,
            &SnapshotFeed::sourceChanged);
}

SnapshotFeed::~SnapshotFeed() = default;

void SnapshotFeed::setRuntime(MetricsRuntime *runtime)
{
    assertOwnThread(this, "SnapshotModel::setRuntime");
    if (!runtime && !m_runtime && !source())
        return; // a binding of QML to one that was destroyed: what was shown stays
    useSource(runtime ? runtime->snapshotSource() : nullptr);
    useRuntime(runtime);
    updateError();
}

void SnapshotFeed::setSource(SnapshotSource *source)
{
    assertOwnThread(this, "SnapshotModel::setSource");
    if (m_runtime && m_runtime->snapshotSource() != source)
        useRuntime(nullptr);
    useSource(source);
    updateError();
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
    if (source && source == m_subscription.source())
        return;
    if (SnapshotSource *const before = m_subscription.source())
        disconnect(before, nullptr, this, nullptr);
    if (source) {
        m_sourceName = owned(source->name());
        connect(source, &SnapshotSource::stateChanged, this, &SnapshotFeed::updateError);
    }
    m_isAnswered = false;
    m_store->clear();
    m_subscription.setSource(source);
}

void SnapshotFeed::setRefreshInterval(int milliseconds)
{
    const int before = refreshInterval();
    m_subscription.setInterval(std::chrono::milliseconds(milliseconds));
    if (refreshInterval() != before)
        Q_EMIT refreshIntervalChanged(refreshInterval());
}

void SnapshotFeed::setPaused(bool paused)
{
    if (std::exchange(m_isPaused, paused) == paused)
        return;
    pauseSubscription();
    Q_EMIT pausedChanged(paused);
}

void SnapshotFeed::showOnly(const QString &entityId)
{
    m_store->clear();
    m_store->setEnded(m_subscription.isEnded());
    m_isIdle = entityId.isEmpty();
    m_isAnswered = false;
    pauseSubscription();
    m_subscription.setEntityId(entityId);
    updateError();
}

void SnapshotFeed::pauseSubscription()
{
    m_subscription.setPaused(m_isPaused || m_isIdle);
}

void SnapshotFeed::refresh()
{
    if (!m_isIdle)
        m_subscription.refresh();
}

void SnapshotFeed::apply(const SnapshotUpdate &update)
{
    Q_EMIT aboutToUpdate();
    m_clockOffset = steadyTime() - update.time;
    m_store->setEnded(false);
    m_store->apply(update);
    m_isAnswered = m_isAnswered || !update.hasMore;
    const QPointer<SnapshotFeed> self(this);
    updateError();
    if (self)
        Q_EMIT updated();
}

// Nothing changed, but rates decay.
void SnapshotFeed::settle()
{
    m_store->settle(steadyTime() - m_clockOffset);
}

QString SnapshotFeed::whatIsWrong() const
{
    const SnapshotSource *const asked = source();
    if (!asked && !m_subscription.isEnded())
        return noSourceError();
    if (m_isIdle)
        return noEntityError();
    if (!asked || m_subscription.isEnded() || hasEnded(asked->state()))
        return endedError(m_sourceName);
    const QString only = m_subscription.entityId();
    if (!only.isEmpty() && m_isAnswered && !hasRecorders())
        return noRecorderError(m_sourceName, only);
    return {};
}

void SnapshotFeed::updateError()
{
    const QString now = whatIsWrong();
    if (std::exchange(m_error, now) != now)
        Q_EMIT errorChanged(now);
}

} // namespace Recorders::Internal
