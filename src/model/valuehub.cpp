// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/valuehub_p.h"

#include <algorithm>
#include <map>
#include <utility>

namespace Recorders::Internal {

/*
    One subscription tells of the recorders that are watched, and the store keeps them, with rates
    as the models have them. What comes and goes in one go is subscribed to once, from the event
    loop: an observer that looks at another metric of its recorder finds that there.

    Observers are told when the store is up to date. They may do anything then, also go and take
    the hub with them.
*/

std::shared_ptr<ValueHub> ValueHub::of(SnapshotSource *source, Interval interval)
{
    using Hubs = std::map<std::pair<SnapshotSource *, Interval>, std::weak_ptr<ValueHub>>;
    static thread_local Hubs hubs;
    std::erase_if(hubs, [](const auto &entry) { return entry.second.expired(); });
    std::weak_ptr<ValueHub> &known = hubs[{ source, interval }];
    std::shared_ptr<ValueHub> hub = known.lock();
    if (!hub || hub->source() != source) { // the address of one that was destroyed
        hub = std::make_shared<ValueHub>(source, interval);
        known = hub;
    }
    return hub;
}

ValueHub::ValueHub(SnapshotSource *source, Interval interval)
    : m_subscription(source)
{
    m_subscription.setInterval(interval);
    m_subscription.setPaused(true); // until somebody watches
    connect(&m_subscription, &SnapshotSubscription::updated, this, &ValueHub::receive);
    connect(&m_subscription, &SnapshotSubscription::unchanged, this, &ValueHub::settle);
    connect(&m_subscription, &SnapshotSubscription::endedChanged, this, &ValueHub::setEnded);
    connect(&m_subscription, &SnapshotSubscription::stallChanged, this, [this] {
        markAll(); // how long it lasts is said by each
        tell();
    });
    connect(source, &SnapshotSource::stateChanged, this, [this] {
        markAll();
        tell();
    });
}

ValueHub::~ValueHub() = default;

void ValueHub::add(const QString &entityId, const QString &metric, MetricObserver *observer)
{
    const auto [entity, isNew] = m_entities.try_emplace(entityId);
    entity->second.metrics[metric].push_back(observer);
    if (isNew)
        updateScopeLater();
}

void ValueHub::remove(const QString &entityId, const QString &metric, MetricObserver *observer)
{
    std::erase_if(m_marks, [observer](const Mark &mark) { return mark.observer == observer; });
    const auto entity = m_entities.find(entityId);
    Observers &observers = entity->second.metrics[metric];
    std::erase(observers, observer);
    if (observers.empty())
        entity->second.metrics.remove(metric);
    if (entity->second.metrics.isEmpty())
        updateScopeLater();
}

bool ValueHub::knows(const QString &entityId) const
{
    const auto entity = m_entities.find(entityId);
    return entity != m_entities.end() && entity->second.isKnown;
}

// Not by a timer, as values may be static, and come and go without an application.
void ValueHub::updateScopeLater()
{
    if (!std::exchange(m_isScopeStale, true))
        QMetaObject::invokeMethod(this, &ValueHub::updateScope, Qt::QueuedConnection);
}

void ValueHub::updateScope()
{
    m_isScopeStale = false;
    SnapshotUpdate left;
    QSet<QString> ids;
    for (const auto &[entityId, entity] : m_entities) {
        if (entity.metrics.isEmpty())
            left.removed.append(entityId);
        else
            ids.insert(entityId);
    }
    for (const QString &entityId : std::as_const(left.removed))
        m_entities.erase(entityId);
    if (!left.removed.isEmpty())
        m_store.apply(left);
    m_subscription.setPaused(ids.isEmpty());
    m_subscription.setEntityIds(ids);
}

void ValueHub::receive(const SnapshotUpdate &update)
{
    m_clock.setTime(update.time);
    m_store.apply(watchedPartOf(update));
    tell();
}

// A complete update may come in pieces: what it did not mention is gone after the last one.
SnapshotUpdate ValueHub::watchedPartOf(const SnapshotUpdate &update)
{
    SnapshotUpdate part;
    part.version = update.version;
    part.time = update.time;
    if (update.isComplete) {
        m_isCompleting = true;
        m_mentioned.clear();
    }
    for (const RecorderSnapshot &recorder : update.recorders) {
        if (!learn(recorder.entityId))
            continue;
        part.recorders.append(recorder);
        if (m_isCompleting)
            m_mentioned.insert(recorder.entityId);
    }
    for (const QString &entityId : update.removed) {
        if (learn(entityId))
            part.removed.append(entityId);
    }
    if (m_isCompleting && !update.hasMore) {
        m_isCompleting = false;
        part.removed.append(unmentioned());
    }
    return part;
}

// Those of a complete update that are gone.
QStringList ValueHub::unmentioned()
{
    QStringList gone;
    const QSet<QString> asked = m_subscription.entityIds();
    for (const QString &entityId : asked) {
        if (!m_mentioned.contains(entityId) && learn(entityId))
            gone.append(entityId);
    }
    return gone;
}

// Returns whether it is watched.
bool ValueHub::learn(const QString &entityId)
{
    const auto entity = m_entities.find(entityId);
    if (entity == m_entities.end())
        return false;
    if (!std::exchange(entity->second.isKnown, true))
        mark(entityId); // also that there is none
    return true;
}

// Nothing changed, but rates decay.
void ValueHub::settle()
{
    m_store.settle(m_clock.now());
    tell();
}

void ValueHub::setEnded(bool ended)
{
    m_store.setEnded(ended);
    tell();
}

void ValueHub::beginInsertRecorders(int first, int last)
{
    m_inserted = { first, last };
}

void ValueHub::endInsertRecorders()
{
    for (int row = m_inserted.first; row <= m_inserted.second; ++row)
        mark(m_store.recorderAt(row)->entityId);
}

void ValueHub::beginRemoveRecorders(int first, int last)
{
    for (int row = first; row <= last; ++row)
        mark(m_store.recorderAt(row)->entityId);
}

void ValueHub::beginInsertMetric(const RecorderNode &recorder, int, int)
{
    mark(recorder.entityId);
}

void ValueHub::beginRemoveMetric(const RecorderNode &recorder, int row)
{
    mark(*recorder.metrics[size_t(row)]);
}

// Of a recorder's own row only the state concerns its metrics.
void ValueHub::changed(const std::vector<NodeChange> &changes)
{
    for (const NodeChange &change : changes) {
        if (change.metric)
            mark(*change.metric);
        else if (change.isState)
            mark(change.recorder->entityId);
    }
}

void ValueHub::mark(const MetricNode &metric)
{
    const auto entity = m_entities.find(metric.recorder->entityId);
    if (entity == m_entities.end())
        return;
    const auto observers = entity->second.metrics.constFind(metric.name());
    if (observers != entity->second.metrics.constEnd())
        for (MetricObserver *observer : *observers)
            m_marks.push_back({ observer, metric.key });
}

void ValueHub::mark(const QString &entityId)
{
    const auto entity = m_entities.find(entityId);
    if (entity == m_entities.end())
        return;
    for (const Observers &observers : std::as_const(entity->second.metrics)) {
        for (MetricObserver *observer : observers)
            m_marks.push_back({ observer, 0 });
    }
}

void ValueHub::markAll()
{
    for (const auto &[id, entity] : m_entities)
        mark(id);
}

void ValueHub::tell()
{
    const std::shared_ptr<ValueHub> self = shared_from_this();
    std::sort(m_marks.begin(), m_marks.end());
    while (!m_marks.empty()) {
        const auto [observer, key] = m_marks.back();
        while (!m_marks.empty() && m_marks.back().observer == observer)
            m_marks.pop_back();
        observer->update(m_store.nodes().metric(key));
    }
}

} // namespace Recorders::Internal
