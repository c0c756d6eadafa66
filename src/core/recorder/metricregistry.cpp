// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/metricregistry_p.h"

#include "core/platform/ownedstring_p.h"
#include "core/recorder/eventaccess_p.h"
#include "core/recorder/eventinbox_p.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace Recorders::Internal {

namespace {

Error configurationErrorOf(const Metric &metric)
{
    try {
        return EventAccess::configurationError(metric);
    } catch (const std::bad_alloc &) {
        throw;
    } catch (...) {
        return Error(ErrorCode::MetricFailed, QStringLiteral("configurationError() threw"));
    }
}

// Not by QList::removeIf(): it detaches, and QList::detach() does not survive that there is no memory.
template <typename T, typename IsRemoved>
QList<T> without(const QList<T> &list, IsRemoved isRemoved)
{
    QList<T> left;
    for (const T &each : list) {
        if (!isRemoved(each))
            left.append(each);
    }
    return left;
}

QList<MetricSnapshot> withoutMetrics(const QList<MetricSnapshot> &snapshots,
                                     const std::vector<QString> &names)
{
    if (names.empty())
        return snapshots;
    return without(snapshots, [&names](const MetricSnapshot &each) {
        return std::find(names.begin(), names.end(), each.name()) != names.end();
    });
}

} // namespace

MetricRegistry::MetricRegistry(MetricSet::Observer &observer, const EventInbox &inbox,
                               int failureLimit)
    : m_inbox(inbox)
    , m_own(observer, failureLimit, m_mutex)
{
}

// names

QStringList MetricRegistry::names() const
{
    const std::lock_guard lock(m_mutex);
    return m_any.names;
}

Error MetricRegistry::add(std::unique_ptr<Metric> &metric)
{
    if (!metric)
        return Error(ErrorCode::InvalidArgument, QStringLiteral("metric is null"));
    const QString name = metric->name();
    if (name.trimmed().isEmpty()) {
        return Error(ErrorCode::InvalidArgument,
                     QStringLiteral("the name of metric is blank: \"%1\"").arg(name));
    }
    if (const Error wrong = configurationErrorOf(*metric)) {
        return Error(wrong.code(), QStringLiteral("metric \"%1\": %2").arg(name, wrong.message()));
    }

    auto entry = std::make_unique<MetricEntry>(std::move(metric));
    const std::lock_guard lock(m_mutex);
    if (m_any.names.contains(name)) {
        metric = std::move(entry->metric); // destroyed without the lock
        return Error(ErrorCode::AlreadyExists,
                     QStringLiteral("a metric named \"%1\" is already registered").arg(name));
    }
    m_any.changes.reserve(m_any.changes.size() + 1); // both or none
    m_any.names.append(name);
    m_any.changes.push_back({ m_inbox.ticket(), std::move(entry), {} });
    m_hasChanges.store(true, std::memory_order_relaxed); // published by the next event
    if (m_any.watch)
        ++m_any.watch->changes;
    return {};
}

/*
    A removal is a change in the order of the others, due when the metric has seen its events, so
    that it happens whether or not there is time to wait for it. Only a metric that is to see no
    events goes at once, and so does any one where they cannot be waited for.
*/
MetricRegistry::Removal MetricRegistry::remove(const QString &name, RemovalOrder order,
                                               const std::function<void(quint64)> &request)
{
    const QString removed = owned(name); // it may be removed later
    Change unused; // destroyed without the lock
    QList<MetricSnapshot> published; // without it; what it replaces is destroyed without the lock
    QStringList names; // likewise
    {
        const std::lock_guard lock(m_mutex);
        if (!m_any.names.contains(name))
            return Removal::NoSuchMetric;
        published = withoutMetrics(m_any.published, { removed });
        names = without(m_any.names, [&name](const QString &each) { return each == name; });
        if (m_any.isPublishing)
            m_any.removedMeanwhile.push_back(removed);
        m_any.changes.reserve(m_any.changes.size() + 1); // from here on it is both or none
        const quint64 end = m_inbox.ticket();
        const auto addition = pendingAddition(name);
        if (addition != m_any.changes.end()
            && (order != RemovalOrder::AfterEvents || addition->ticket >= end)) {
            unused = std::move(*addition);
            m_any.changes.erase(addition);
        } else if (order != RemovalOrder::AtOnce) {
            request(end);
            m_any.changes.push_back({ end, nullptr, removed });
            m_hasChanges.store(true, std::memory_order_relaxed); // published by the next event
        }
        m_any.names.swap(names);
        m_any.published.swap(published);
    }
    if (unused.added)
        return Removal::Done;
    if (order != RemovalOrder::AtOnce)
        return Removal::Pending;
    m_own->metrics.remove(name);
    return Removal::Done;
}

// The last one: an earlier one of that name is being removed.
MetricRegistry::Changes::iterator MetricRegistry::pendingAddition(const QString &name)
{
    const auto last =
            std::find_if(m_any.changes.rbegin(), m_any.changes.rend(), [&name](const Change &each) {
                return each.added && each.added->metric->name() == name;
            });
    return last == m_any.changes.rend() ? m_any.changes.end() : std::next(last).base();
}

bool MetricRegistry::isBeingRemoved(const QString &name) const
{
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_any.changes.begin(), m_any.changes.end(),
                       [&name](const Change &change) { return change.removed == name; });
}

// All or nothing; a removal needs no memory.
std::optional<MetricRegistry::Change> MetricRegistry::takeDueChange()
{
    std::optional<Change> due;
    const std::lock_guard lock(m_mutex);
    if (!m_any.changes.empty() && m_any.changes.front().ticket <= m_inbox.handled()) {
        if (m_any.changes.front().added)
            m_own->metrics.makeRoom();
        due.emplace(std::move(m_any.changes.front()));
        m_any.changes.erase(m_any.changes.begin());
    }
    m_hasChanges.store(!m_any.changes.empty(), std::memory_order_relaxed);
    return due;
}

// One by one: the destructor of a metric that is removed may call back.
void MetricRegistry::adopt()
{
    while (std::optional<Change> change = takeDueChange()) {
        if (change->added)
            m_own->metrics.add(std::move(change->added));
        else
            m_own->metrics.remove(change->removed);
    }
}

// published snapshots

QList<MetricSnapshot> MetricRegistry::published() const
{
    const std::lock_guard lock(m_mutex);
    return m_any.published;
}

/*
    Without those of metrics that were removed: one that has not seen its last events yet is still
    there. One that is removed meanwhile, by another thread or itself, was there at that moment; but
    the latest snapshots forget it.
*/
QList<MetricSnapshot> MetricRegistry::publish()
{
    if (!m_own->metrics.isBusy())
        adopt();
    std::vector<QString> removed;
    const quint64 handledThen = m_inbox.handled();
    quint64 changesThen = 0;
    {
        const std::lock_guard lock(m_mutex);
        changesThen = m_any.watch ? m_any.watch->changes : 0;
        for (const Change &change : m_any.changes) {
            if (!change.added)
                removed.push_back(change.removed);
        }
        m_any.removedMeanwhile.clear();
        m_any.isPublishing = true;
    }
    QList<MetricSnapshot> snapshots = withoutMetrics(m_own->metrics.snapshots(), removed);
    QList<MetricSnapshot> replaced; // destroyed without the lock
    const std::lock_guard lock(m_mutex);
    replaced = withoutMetrics(snapshots, m_any.removedMeanwhile);
    m_any.isPublishing = false;
    m_any.hasPublished = true;
    replaced.swap(m_any.published);
    if (m_any.watch) {
        m_any.watch->publishedHandled = handledThen;
        m_any.watch->publishedChanges = changesThen;
        m_any.watch->isAging = m_own->metrics.wasAging();
    }
    return snapshots;
}

void MetricRegistry::forgetPublication()
{
    const std::lock_guard lock(m_mutex);
    m_any.hasPublished = false;
}

bool MetricRegistry::noteLook()
{
    const std::lock_guard lock(m_mutex);
    if (!m_any.watch)
        m_any.watch = std::make_unique<Watch>();
    return needsPublication();
}

void MetricRegistry::noteChange()
{
    const std::lock_guard lock(m_mutex);
    if (m_any.watch)
        ++m_any.watch->changes;
}

bool MetricRegistry::isOutdated() const
{
    const std::lock_guard lock(m_mutex);
    return needsPublication();
}

bool MetricRegistry::needsPublication() const
{
    const Watch *const watch = m_any.watch.get();
    return watch
            && (!m_any.hasPublished || watch->isAging
                || watch->publishedHandled != m_inbox.handled()
                || watch->publishedChanges != watch->changes);
}

MetricRegistry::Request MetricRegistry::requestPublication(const std::function<Request()> &post)
{
    const std::lock_guard lock(m_mutex);
    if (!m_any.watch->request)
        m_any.watch->request = post();
    return m_any.hasPublished ? nullptr : m_any.watch->request;
}

bool MetricRegistry::isRequested(const Request &request) const
{
    const std::lock_guard lock(m_mutex);
    return m_any.watch->request == request;
}

void MetricRegistry::takeRequest()
{
    const std::lock_guard lock(m_mutex);
    m_any.watch->request.reset();
}

// calls under way

QString MetricRegistry::callUnderWay() const
{
    const std::lock_guard lock(m_mutex);
    const MetricEntry *const entry = m_own.ofAnyThread().metrics.underWay();
    return entry ? entry->metric->name() : QString();
}

bool MetricRegistry::isCallUnderWay() const
{
    const std::lock_guard lock(m_mutex);
    return m_own.ofAnyThread().metrics.underWay();
}

// the recorder's thread

void MetricRegistry::reset()
{
    adopt();
    m_own->metrics.reset();
    ++m_own->resets;
    noteChange();
}

} // namespace Recorders::Internal
