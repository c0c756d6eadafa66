// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/metricregistry_p.h"

#include "core/recorder/eventaccess_p.h"
#include "core/recorder/eventinbox_p.h"

#include <algorithm>
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
QList<MetricSnapshot> withoutMetrics(const QList<MetricSnapshot> &snapshots,
                                     const std::vector<QString> &names)
{
    if (names.empty())
        return snapshots;
    QList<MetricSnapshot> left;
    for (const MetricSnapshot &each : snapshots) {
        if (std::find(names.begin(), names.end(), each.name()) == names.end())
            left.append(each);
    }
    return left;
}

} // namespace

MetricRegistry::MetricRegistry(MetricSet::Observer &observer, const EventInbox &inbox)
    : m_inbox(inbox)
    , m_own(observer)
{
}

// names

QStringList MetricRegistry::names() const
{
    QStringList names;
    const std::lock_guard lock(mutex());
    names.reserve(static_cast<qsizetype>(m_any.registered.size()));
    for (const MetricEntry *entry : m_any.registered)
        names.append(entry->metric->name());
    return names;
}

MetricRegistry::Entries::const_iterator MetricRegistry::find(const QString &name) const
{
    return std::find_if(m_any.registered.begin(), m_any.registered.end(),
                        [&name](const MetricEntry *each) { return each->metric->name() == name; });
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
    const std::lock_guard lock(mutex());
    if (find(name) != m_any.registered.end()) {
        metric = std::move(entry->metric); // destroyed without the lock
        return Error(ErrorCode::AlreadyExists,
                     QStringLiteral("a metric named \"%1\" is already registered").arg(name));
    }
    m_any.changes.reserve(m_any.changes.size() + 1); // both or none
    m_any.registered.reserve(m_any.registered.size() + 1);
    m_any.registered.push_back(entry.get());
    m_any.changes.push_back({ m_inbox.ticket(), std::move(entry), nullptr });
    m_hasChanges.store(true, std::memory_order_relaxed); // published by the next event
    if (m_any.publication)
        ++m_any.publication->changes;
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
    Change unused; // destroyed without the lock
    QList<MetricSnapshot> published; // without it; what it replaces is destroyed without the lock
    MetricEntry *removed = nullptr;
    {
        const std::lock_guard lock(mutex());
        const auto found = find(name);
        if (found == m_any.registered.end())
            return Removal::NoSuchMetric;
        removed = *found;
        if (m_any.publication) {
            published = withoutMetrics(m_any.publication->snapshots, { name });
            if (m_any.publication->isPublishing)
                m_any.publication->removedMeanwhile.push_back(removed->metric->name());
        }
        m_any.changes.reserve(m_any.changes.size() + 1); // from here on it is both or none
        const quint64 end = m_inbox.ticket();
        const auto addition = pendingAddition(*removed);
        if (addition != m_any.changes.end()
            && (order != RemovalOrder::AfterEvents || addition->ticket >= end)) {
            unused = std::move(*addition);
            m_any.changes.erase(addition);
        } else if (order != RemovalOrder::AtOnce) {
            request(end);
            m_any.changes.push_back({ end, nullptr, removed });
            m_hasChanges.store(true, std::memory_order_relaxed); // published by the next event
        }
        m_any.registered.erase(found);
        if (m_any.publication)
            m_any.publication->snapshots.swap(published);
    }
    if (unused.added)
        return Removal::Done;
    if (order != RemovalOrder::AtOnce)
        return Removal::Pending;
    m_own->metrics.remove(*removed);
    return Removal::Done;
}

MetricRegistry::Changes::iterator MetricRegistry::pendingAddition(const MetricEntry &entry)
{
    return std::find_if(m_any.changes.begin(), m_any.changes.end(),
                        [&entry](const Change &each) { return each.added.get() == &entry; });
}

bool MetricRegistry::isBeingRemoved(const QString &name) const
{
    const std::lock_guard lock(mutex());
    return std::any_of(m_any.changes.begin(), m_any.changes.end(), [&name](const Change &change) {
        return change.removed && change.removed->metric->name() == name;
    });
}

// All or nothing; a removal needs no memory.
std::optional<MetricRegistry::Change> MetricRegistry::takeDueChange()
{
    std::optional<Change> due;
    const std::lock_guard lock(mutex());
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
            m_own->metrics.remove(*change->removed);
    }
}

// published snapshots

QList<MetricSnapshot> MetricRegistry::published() const
{
    const std::lock_guard lock(mutex());
    return m_any.publication ? m_any.publication->snapshots : QList<MetricSnapshot>();
}

MetricRegistry::Publication &MetricRegistry::publication()
{
    if (!m_any.publication)
        m_any.publication = std::make_unique<Publication>();
    return *m_any.publication;
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
        const std::lock_guard lock(mutex());
        if (!m_any.publication && m_any.registered.empty())
            return {}; // nor is there anybody who looks
        Publication &begun = publication();
        changesThen = begun.changes;
        for (const Change &change : m_any.changes) {
            if (change.removed)
                removed.push_back(change.removed->metric->name());
        }
        begun.removedMeanwhile.clear();
        begun.isPublishing = true;
    }
    QList<MetricSnapshot> snapshots = withoutMetrics(m_own->metrics.snapshots(), removed);
    QList<MetricSnapshot> replaced; // destroyed without the lock
    const std::lock_guard lock(mutex());
    Publication &done = *m_any.publication;
    replaced = withoutMetrics(snapshots, done.removedMeanwhile);
    done.isPublishing = false;
    done.hasPublished = true;
    replaced.swap(done.snapshots);
    if (done.isWatched) {
        done.publishedHandled = handledThen;
        done.publishedChanges = changesThen;
        done.isAging = m_own->metrics.wasAging();
    }
    return snapshots;
}

void MetricRegistry::forgetPublication()
{
    const std::lock_guard lock(mutex());
    if (m_any.publication)
        m_any.publication->hasPublished = false;
}

bool MetricRegistry::noteLook()
{
    const std::lock_guard lock(mutex());
    publication().isWatched = true;
    return needsPublication();
}

void MetricRegistry::noteChange()
{
    const std::lock_guard lock(mutex());
    if (m_any.publication)
        ++m_any.publication->changes;
}

bool MetricRegistry::isOutdated() const
{
    const std::lock_guard lock(mutex());
    return needsPublication();
}

bool MetricRegistry::needsPublication() const
{
    const Publication *const last = m_any.publication.get();
    return last && last->isWatched
            && (!last->hasPublished || last->isAging || last->publishedHandled != m_inbox.handled()
                || last->publishedChanges != last->changes);
}

MetricRegistry::Request MetricRegistry::requestPublication(const std::function<Request()> &post)
{
    const std::lock_guard lock(mutex());
    Publication &last = publication();
    if (!last.request)
        last.request = post();
    return last.hasPublished ? nullptr : last.request;
}

bool MetricRegistry::isRequested(const Request &request) const
{
    const std::lock_guard lock(mutex());
    return m_any.publication->request == request;
}

void MetricRegistry::takeRequest()
{
    const std::lock_guard lock(mutex());
    m_any.publication->request.reset();
}

// calls under way

QString MetricRegistry::callUnderWay() const
{
    const std::lock_guard lock(mutex());
    const MetricEntry *const entry = m_own.ofAnyThread().metrics.underWay();
    return entry ? entry->metric->name() : QString();
}

bool MetricRegistry::isCallUnderWay() const
{
    const std::lock_guard lock(mutex());
    return m_own.ofAnyThread().metrics.underWay();
}

// the recorder's thread

void MetricRegistry::reset()
{
    adopt();
    m_own->metrics.reset();
    m_own->resets.fetch_add(1, std::memory_order_relaxed);
    noteChange();
}

} // namespace Recorders::Internal
