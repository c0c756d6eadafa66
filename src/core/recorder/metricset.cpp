// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/metricset_p.h"

#include "core/platform/outofmemory_p.h"
#include "core/recorder/eventaccess_p.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace Recorders::Internal {

namespace {

constexpr auto relaxed = std::memory_order_relaxed; // see MetricSet for why that suffices

} // namespace

MetricSet::MetricSet(Observer &observer)
    : m_observer(observer)
{
}

void MetricSet::makeRoom()
{
    m_entries.reserve(m_entries.size() + 1);
}

void MetricSet::add(std::unique_ptr<MetricEntry> entry)
{
    Q_ASSERT(!isBusy());
    m_entries.push_back(std::move(entry));
    m_isRestructured = true;
    forgetTypes();
}

void MetricSet::remove(MetricEntry &entry)
{
    entry.isRemoved = true;
    m_needsPurge = true;
    m_isRestructured = true;
    if (!isBusy())
        purge();
}

void MetricSet::purge()
{
    m_needsPurge = false;
    forgetTypes();
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

void MetricSet::forgetTypes()
{
    const std::lock_guard lock(m_mutex);
    m_route.store(nullptr, relaxed);
    m_routes.clear();
}

const MetricEntry *MetricSet::underWay() const noexcept
{
    if (const MetricEntry *visited = m_visited.call())
        return visited;
    const Route *const route = m_route.load(relaxed);
    const std::size_t next = m_next.load(relaxed);
    const bool isInMetric = event() && route && next > 0 && next <= route->entries.size();
    return isInMetric ? route->entries[next - 1] : nullptr;
}

std::size_t MetricSet::callCount() const noexcept
{
    return m_visited.count() + m_next.load(relaxed);
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
    return newRoute(type);
}

const MetricSet::Route &MetricSet::newRoute(const EventType *type)
{
    Route route{ type, {} };
    route.entries.reserve(m_entries.size());
    // It may call back: that must not begin another event, and takes out no metrics.
    const QScopedValueRollback<bool> scope(m_isVisiting, true);
    for (const auto &entry : m_entries) {
        if (entry->isQuarantined)
            continue;
        const MarkedCall mark(m_visited, entry.get());
        contain(*entry, "acceptsType()", [&] {
            if (EventAccess::accepts(*entry->metric, *type))
                route.entries.push_back(entry.get());
        });
    }
    const std::lock_guard lock(m_mutex);
    return m_routes.emplace_front(std::move(route));
}

void MetricSet::dispatch(const MetricEvent &event, bool reportsChanges)
{
    Q_ASSERT(!isDispatching());
    m_route.store(&routeOf(EventAccess::type(event)), relaxed);
    m_event.store(&event, relaxed);
    m_next.store(0, relaxed);
    m_reportsChanges = reportsChanges;
    m_hasNews = false;

    finishEvent();
    if (m_hasNews)
        measure(m_slowReports, [this] { reportChanges(); });

    m_event.store(nullptr, relaxed);
    if (m_needsPurge)
        purge();
}

void MetricSet::finishFromWithin()
{
    finishEvent();
    leaveMetrics(); // but for the one that has called, of which nothing is known any more
}

void MetricSet::finishEvent()
{
    for (;;) {
        const std::size_t next = m_next.load(relaxed);
        if (next >= route().entries.size())
            return;
        m_next.store(next + 1, relaxed);
        deliver(*route().entries[next]);
    }
}

void MetricSet::leaveMetrics() noexcept
{
    m_next.store(route().entries.size() + 1, relaxed);
}

void MetricSet::deliver(MetricEntry &entry)
{
    if (entry.isQuarantined || entry.isRemoved)
        return;
    const auto handle = [this, &entry] {
        if (entry.metric->handleEvent(*event())) {
            entry.isChanged = true;
            entry.isNews = m_reportsChanges;
            m_hasNews = m_reportsChanges;
        }
    };
    measure(entry.slowCalls, [&] { contain(entry, "handleEvent()", handle); });
}

void MetricSet::reportChanges()
{
    leaveMetrics();
    for (MetricEntry *entry : route().entries) { // no event is dispatched meanwhile
        if (std::exchange(entry->isNews, false) && !entry->isRemoved)
            m_observer.metricChanged(*entry->metric, *event());
    }
}

QString MetricSet::slowest() const
{
    const auto timeOf = [this](const auto &entry) {
        return entry->slowCalls.timeOf(m_slowRun);
    };
    const auto slowest = std::max_element(
            m_entries.begin(), m_entries.end(),
            [&timeOf](const auto &a, const auto &b) { return timeOf(a) < timeOf(b); });
    const auto reports = m_slowReports.timeOf(m_slowRun);
    if (slowest != m_entries.end() && timeOf(*slowest) > reports)
        return QStringLiteral("metric \"%1\"").arg((*slowest)->metric->name());
    return reports.count() > 0 ? QStringLiteral("onMetricChanged()") : QString();
}

QList<MetricSnapshot> MetricSet::snapshotsSince(quint64 version)
{
    QList<MetricSnapshot> snapshots;
    m_wasAging = false;
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
            if (entry->isRemoved)
                continue;
            const MarkedCall mark(m_visited, entry.get());
            visit(*entry);
        }
    }
    if (m_needsPurge && !isBusy())
        purge();
}

MetricSnapshot MetricSet::snapshotOf(MetricEntry &entry)
{
    if (changesWithTime(entry)) {
        m_wasAging = true;
        contain(entry, "timePassed()", [&entry] { EventAccess::passTime(*entry.metric); });
    }
    MetricSnapshot snapshot(entry.metric->name());
    const auto take = [&snapshot, &entry] {
        snapshot = entry.metric->snapshot();
    };
    if (!entry.hasNoSnapshot && !contain(entry, "snapshot()", take))
        entry.hasNoSnapshot = entry.isQuarantined;
    correctName(snapshot, entry);
    if (entry.failures > 0) {
        snapshot.setState(entry.isQuarantined ? MetricState::Quarantined : MetricState::Active,
                          entry.errorString());
    }
    snapshot.squeeze();
    return snapshot;
}

// Who reads snapshots tells metrics apart by their names, which are unique only if they are these.
void MetricSet::correctName(MetricSnapshot &snapshot, MetricEntry &entry)
{
    const QString name = entry.metric->name();
    const QString otherName = snapshot.name();
    if (otherName == name)
        return;
    snapshot.setName(name);
    if (!entry.isMisnamed) {
        entry.isMisnamed = true;
        m_observer.metricMisnamed(entry, otherName);
    }
}

bool MetricSet::noteAging()
{
    bool isAging = false;
    visitAll([this, &isAging](MetricEntry &entry) {
        const bool changes = changesWithTime(entry);
        entry.isChanged = entry.isChanged || changes;
        isAging = isAging || changes;
    });
    return isAging;
}

bool MetricSet::changesWithTime(MetricEntry &entry)
{
    bool changes = false;
    if (!entry.isQuarantined) {
        contain(entry, "changesWithTime()",
                [&] { changes = EventAccess::changesWithTime(*entry.metric); });
    }
    return changes;
}

bool MetricSet::hasUnstampedChanges() const noexcept
{
    return m_isRestructured
            || std::any_of(m_entries.begin(), m_entries.end(),
                           [](const auto &entry) { return entry->isChanged; });
}

void MetricSet::stampChanges(quint64 version)
{
    for (const auto &entry : m_entries) {
        if (std::exchange(entry->isChanged, false))
            entry->changedAt = version;
    }
    if (std::exchange(m_isRestructured, false))
        m_restructuredAt = version;
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

template <typename Call>
void MetricSet::measure(SlowCalls &slowCalls, Call call)
{
    using Clock = std::chrono::steady_clock;
    const bool isMeasured = m_slowRun.isMeasured();
    const Clock::time_point began = isMeasured ? Clock::now() : Clock::time_point();
    call();
    if (isMeasured)
        slowCalls.add(m_slowRun, Clock::now() - began);
}

void MetricSet::fail(MetricEntry &entry, const char *during, const char *what) noexcept
{
    ++entry.failures;
    entry.isChanged = true;
    try {
        entry.error = std::make_unique<const QString>(
                QStringLiteral("%1 threw: %2")
                        .arg(QLatin1StringView(during), QString::fromLocal8Bit(what)));
    } catch (...) {
        entry.error.reset(); // errorString() says less
    }
    if (entry.failures >= m_observer.failureLimit()) {
        m_isRestructured = m_isRestructured || !entry.isQuarantined;
        entry.isQuarantined = true;
    }
    m_observer.metricFailed(entry);
}

} // namespace Recorders::Internal
