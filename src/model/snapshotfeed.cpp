// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotfeed_p.h"

#include "core/platform/ownedstring_p.h"
#include "model/sourceerrors_p.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

namespace {

Q_LOGGING_CATEGORY(lcModel, "recorders.model", QtWarningMsg)

} // namespace

SnapshotFeed::SnapshotFeed(SnapshotStore *store, QObject *model)
    : QObject(model)
    , m_store(store)
    , m_subscription(nullptr, this)
    , m_error(noSourceError())
    , m_notice(this, model, [this] { return misuse(); })
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
    connect(&m_subscription, &SnapshotSubscription::refreshFailed, this, &SnapshotFeed::endRefresh);
    connect(&m_subscription, &SnapshotSubscription::refreshed, this, [this] {
        endRefresh();
        Q_EMIT refreshed();
    });
    connect(&m_subscription, &SnapshotSubscription::stallChanged, this, &SnapshotFeed::updateStall);
    connect(&m_subscription, &SnapshotSubscription::sourceChanged, this,
            &SnapshotFeed::sourceChanged);
}

SnapshotFeed::~SnapshotFeed() = default;

void SnapshotFeed::setRuntime(MetricsRuntime *runtime)
{
    if (!runtime && !m_runtime && !source())
        return; // a binding of QML to one that was destroyed: what was shown stays
    use(runtime, runtime ? runtime->snapshotSource() : nullptr);
}

void SnapshotFeed::setSource(SnapshotSource *source)
{
    const bool isOfRuntime = m_runtime && m_runtime->snapshotSource() == source;
    use(isOfRuntime ? m_runtime.get() : nullptr, source);
}

void SnapshotFeed::use(MetricsRuntime *runtime, SnapshotSource *source)
{
    const bool isForeign = ElementNotice::isForeign(source, parent());
    m_foreignName = isForeign ? source->name() : QString();
    const QPointer<SnapshotFeed> self(this);
    useSource(isForeign ? nullptr : source);
    if (self)
        useRuntime(isForeign ? nullptr : runtime);
    if (self)
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
        m_hadSource = true;
        m_sourceName = owned(source->name());
        connect(source, &SnapshotSource::stateChanged, this, &SnapshotFeed::updateError);
    }
    m_isAnswered = false;
    m_wasFound = false;
    m_store->clear();
    endRefresh();
    m_subscription.setSource(source);
}

void SnapshotFeed::setRefreshInterval(int milliseconds)
{
    if (milliseconds < 1) {
        ElementNotice::warn(parent(), lcModel(),
                            QStringLiteral("the refresh interval must be at least 1 ms, not %1")
                                    .arg(milliseconds));
        return;
    }
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
    m_store->setStalled(m_isStalled);
    m_isIdle = entityId.isEmpty();
    m_isAnswered = false;
    m_wasFound = false;
    endRefresh();
    pauseSubscription();
    m_entityId = entityId;
    m_subscription.setEntityId(entityId);
    updateError();
}

void SnapshotFeed::pauseSubscription()
{
    m_subscription.setPaused(m_isPaused || m_isIdle);
}

void SnapshotFeed::setOnDemand(bool onDemand)
{
    if (std::exchange(m_isOnDemand, onDemand) == onDemand)
        return;
    updateDetail();
    Q_EMIT onDemandChanged(onDemand);
}

// A list of so many costs more, each time it changes, than it spares.
void SnapshotFeed::setDemand(const QSet<QString> &entityIds)
{
    constexpr qsizetype few = 4096;
    const qsizetype limit = std::max(few, qsizetype(m_store->recorderCount()) / 4);
    m_areManyDemanded = entityIds.size() > (m_areManyDemanded ? limit / 2 : limit);
    m_subscription.setDetailedIds(m_areManyDemanded ? QSet<QString>() : entityIds);
    updateDetail();
}

void SnapshotFeed::setAllDemanded(bool all)
{
    m_areAllDemanded = all;
    updateDetail();
}

void SnapshotFeed::updateDetail()
{
    const bool isOutline =
            m_isOnDemand && !m_areAllDemanded && !m_areManyDemanded && !m_isRefreshing;
    m_subscription.setDetail(isOutline ? SnapshotDetail::Outline : SnapshotDetail::Metrics);
}

// Also of what nobody reads.
void SnapshotFeed::refresh()
{
    if (m_isIdle)
        return;
    m_isRefreshing = true;
    updateDetail();
    m_subscription.refresh();
}

void SnapshotFeed::endRefresh()
{
    m_isRefreshing = false;
    updateDetail();
}

void SnapshotFeed::apply(const SnapshotUpdate &update)
{
    Q_EMIT aboutToUpdate();
    m_clock.setTime(update.time);
    m_store->setEnded(false);
    m_store->apply(update);
    m_isAnswered = m_isAnswered || !update.hasMore;
    m_wasFound = m_wasFound || hasRecorders();
    const QPointer<SnapshotFeed> self(this);
    updateError();
    if (self)
        Q_EMIT updated();
}

// Nothing changed, but rates decay.
void SnapshotFeed::settle()
{
    m_store->settle(m_clock.now());
}

// Also when it lasts for a second more.
void SnapshotFeed::updateStall()
{
    const bool isStalled = stall().has_value();
    m_store->setStalled(isStalled);
    const QPointer<SnapshotFeed> self(this);
    if (std::exchange(m_isStalled, isStalled) != isStalled)
        Q_EMIT stalledChanged(isStalled);
    if (self)
        updateError();
}

QString SnapshotFeed::whatIsWrong() const
{
    const SnapshotSource *const asked = source();
    if (!m_foreignName.isNull())
        return foreignError(m_foreignName);
    if (!asked && !m_subscription.isEnded())
        return noSourceError();
    if (m_isIdle)
        return noEntityError();
    if (!asked || m_subscription.isEnded() || hasEnded(asked->state()))
        return endedError(m_sourceName);
    if (const std::optional<SourceStall> stalled = stall())
        return stalledError(m_sourceName, *stalled);
    if (!m_entityId.isEmpty() && m_isAnswered && !hasRecorders())
        return noRecorderError(m_sourceName, m_entityId);
    return {};
}

void SnapshotFeed::updateError()
{
    const QString now = whatIsWrong();
    m_notice.check();
    if (std::exchange(m_error, now) != now)
        Q_EMIT errorChanged(now);
}

// A source that has gone, or a recorder that has, was there: that is no misuse.
ElementNotice::Misuse SnapshotFeed::misuse() const
{
    if (!m_foreignName.isNull() || (!source() && !m_hadSource))
        return { m_error };
    if (source() && !m_entityId.isEmpty() && m_isAnswered && !m_wasFound)
        return { noRecorderError(m_sourceName, m_entityId), true };
    return {};
}

} // namespace Recorders::Internal
