// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/metricset_p.h"

#include "core/eventaccess_p.h"
#include "core/outofmemory_p.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace Recorders::Internal {

MetricSet::MetricSet(Observer &observer, int failureLimit)
    : m_observer(observer)
    , m_failureLimit(failureLimit)
{
}

void MetricSet::makeRoom(std::size_t count)
{
    m_entries.reserve(m_entries.size() + count);
    m_changed.reserve(m_entries.size() + count); // each is in it once at most
}

void MetricSet::add(std::unique_ptr<MetricEntry> entry)
{
    Q_ASSERT(!isBusy());
    m_entries.push_back(std::move(entry));
    m_routes.clear();
}

bool MetricSet::remove(const QString &name)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(), [&name](const auto &each) {
        return !each->isRemoved && each->metric->name() == name;
    });
    if (entry == m_entries.end())
        return false;
    (*entry)->isRemoved = true;
    m_needsPurge = true;
    m_hasUnstampedRemoval = true;
    if (!isBusy())
        purge();
    return true;
}

void MetricSet::purge()
{
    m_needsPurge = false;
    m_routes.clear();
    const auto nextRemoved = [this] {
        return std::find_if(m_entries.begin(), m_entries.end(),
                            [](const auto &each) { return each->isRemoved; });
    };
    // One by one: a destructor may call back, and there may be no memory to collect them.
    for (auto entry = nextRemoved(); entry != m_entries.end(); entry = nextRemoved()) {
        const std::unique_ptr<MetricEntry> removed = std::move(*entry);
        m_entries.erase(entry);
    }
}

void MetricSet::reset()
{
    visitAll([this](MetricEntry &entry) {
        contain(entry, "reset()", [&entry] { entry.metric->reset(); });
        entry.isChanged = true;
    });
}

const MetricSet::Route &MetricSet::routeOf(const EventType *type)
{
    // A recorder sees a handful of event types: a short walk beats a hash.
    for (const Route &route : m_routes) {
        if (route.type == type)
            return route;
    }
    Route route{ type, {} };
    route.entries.reserve(m_entries.size());
    for (const auto &entry : m_entries) {
        contain(*entry, "acceptsType()", [&] {
            if (EventAccess::accepts(*entry->metric, *type))
                route.entries.push_back(entry.get());
        });
    }
    return m_routes.emplace_back(std::move(route));
}

void MetricSet::dispatch(const MetricEvent &event, bool reportsChanges)
{
    Q_ASSERT(!isDispatching());
    m_route = &routeOf(EventAccess::type(event));
    m_event = &event;
    m_next = 0;
    m_changed.clear();

    finishEvent();
    if (reportsChanges && !m_changed.empty())
        reportChanges();

    m_event = nullptr;
    if (m_needsPurge)
        purge();
}

void MetricSet::finishEvent()
{
    while (m_next < m_route->entries.size())
        deliver(*m_route->entries[m_next++]);
}

void MetricSet::deliver(MetricEntry &entry)
{
    if (entry.isQuarantined || entry.isRemoved)
        return;
    contain(entry, "handleEvent()", [this, &entry] {
        if (entry.metric->handleEvent(*m_event)) {
            entry.isChanged = true;
            m_changed.push_back(&entry);
        }
    });
}

void MetricSet::reportChanges()
{
    for (const MetricEntry *entry : m_changed) { // no event is dispatched meanwhile
        if (!entry->isRemoved)
            m_observer.metricChanged(*entry->metric, *m_event);
    }
}

QList<MetricSnapshot> MetricSet::snapshotsSince(quint64 version)
{
    QList<MetricSnapshot> snapshots;
    visitAll([&](MetricEntry &entry) {
        if (version == 0 || entry.changedAt > version)
            snapshots.append(snapshotOf(entry));
    });
    return snapshots;
}

// A metric that is called may remove itself or others: they go when all were called.
template <typename Visit>
void MetricSet::visitAll(Visit visit)
{
    {
        const QScopedValueRollback<bool> scope(m_isVisiting, true);
        for (const auto &entry : m_entries) {
            if (!entry->isRemoved)
                visit(*entry);
        }
    }
    if (m_needsPurge && !isBusy())
        purge();
}

MetricSnapshot MetricSet::snapshotOf(MetricEntry &entry)
{
    MetricSnapshot snapshot(entry.metric->name());
    const auto take = [&snapshot, &entry] {
        snapshot = entry.metric->snapshot();
    };
    if (!entry.hasNoSnapshot && !contain(entry, "snapshot()", take))
        entry.hasNoSnapshot = entry.isQuarantined;
    if (!entry.errorString.isEmpty()) {
        snapshot.setState(entry.isQuarantined ? MetricState::Quarantined : MetricState::Active,
                          entry.errorString);
    }
    return snapshot;
}

bool MetricSet::hasUnstampedChanges() const noexcept
{
    return m_hasUnstampedRemoval
            || std::any_of(m_entries.begin(), m_entries.end(),
                           [](const auto &entry) { return entry->isChanged; });
}

void MetricSet::stampChanges(quint64 version)
{
    for (const auto &entry : m_entries) {
        if (std::exchange(entry->isChanged, false))
            entry->changedAt = version;
    }
    if (std::exchange(m_hasUnstampedRemoval, false))
        m_lastRemovedAt = version;
}

template <typename Call>
bool MetricSet::contain(MetricEntry &entry, const char *during, Call call)
{
    try {
        call();
        return true;
    } catch (const std::exception &exception) {
        fail(entry, during, exception.what());
    } catch (...) {
        fail(entry, during, "an exception that is not a std::exception");
    }
    return false;
}

void MetricSet::fail(MetricEntry &entry, const char *during, const char *what) noexcept
{
    ++entry.failures;
    entry.isChanged = true;
    entry.errorString = textOf([&] {
        return QStringLiteral("%1 threw: %2")
                .arg(QLatin1StringView(during), QString::fromLocal8Bit(what));
    });
    if (entry.failures >= m_failureLimit)
        entry.isQuarantined = true;
    m_observer.metricFailed(entry);
}

} // namespace Recorders::Internal
