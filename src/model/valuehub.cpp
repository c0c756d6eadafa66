// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/valuehub_p.h"

#include "core/applicationexit_p.h"

#include <algorithm>
#include <map>
#include <utility>

namespace Recorders::Internal {

/*
    One subscription tells of all recorders, or of the only one that is watched. The store keeps
    what is watched of it, with rates as the models have them.

    A recorder that is watched from a later moment on was told of before. It is asked for alone:
    the answer is good if it is at least as new as what the subscription told of that recorder
    meanwhile, and asked for again if it is not.

    Observers are told when the store is up to date. They may do anything then, also go and take
    the hub with them.
*/

namespace {

SnapshotStore::Time steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

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
    connect(&m_subscription, &SnapshotSubscription::updated, this, &ValueHub::receive);
    connect(&m_subscription, &SnapshotSubscription::unchanged, this, &ValueHub::settle);
    connect(&m_subscription, &SnapshotSubscription::endedChanged, this, &ValueHub::setEnded);
    connect(source, &SnapshotSource::stateChanged, this, [this] {
        markAll();
        tell();
    });
}

ValueHub::~ValueHub() = default;

void ValueHub::add(const QString &entityId, const QString &metric, MetricObserver *observer)
{
    const bool isNew = !m_entities.contains(entityId);
    m_entities[entityId].metrics[metric].push_back(observer);
    if (isNew)
        widenScope(entityId);
}

void ValueHub::remove(const QString &entityId, const QString &metric, MetricObserver *observer)
{
    std::erase_if(m_marks, [observer](const Mark &mark) { return mark.observer == observer; });
    const auto entity = m_entities.find(entityId);
    Observers &observers = entity->second.metrics[metric];
    std::erase(observers, observer);
    if (observers.empty())
        entity->second.metrics.remove(metric);
    if (!entity->second.metrics.isEmpty())
        return;
    m_entities.erase(entity);
    SnapshotUpdate update;
    update.removed = { entityId };
    m_store.apply(update);
}

bool ValueHub::knows(const QString &entityId) const
{
    const auto entity = m_entities.find(entityId);
    return m_isComplete && entity != m_entities.end() && !entity->second.fill;
}

// What was asked of single recorders is in the first update of another scope, too. It is made no
// narrower when observers go: often others come at once.
void ValueHub::widenScope(const QString &added)
{
    const QString only = m_entities.size() == 1 ? m_entities.begin()->first : QString();
    if (m_subscription.entityId() != only) {
        m_subscription.setEntityId(only);
        m_isComplete = false;
        m_isCompleting = false;
        for (auto &[id, entity] : m_entities)
            entity.fill.reset();
    } else if (m_isComplete || m_isCompleting) {
        ask(added, m_entities[added]);
    }
}

void ValueHub::ask(const QString &entityId, Entity &entity)
{
    if (!source())
        return;
    SnapshotRequest request;
    request.entityId = entityId;
    if (entity.fill)
        entity.fill.release()->deleteLater(); // it may be the one that calls
    entity.fill = std::make_unique<Fill>();
    connect(entity.fill.get(), &Fill::finished, this, [this, entityId] { receiveFill(entityId); });
    entity.fill->setFuture(source()->changesSince(request));
}

// If it was refused, the subscription will be, too, and tell when there are answers again.
void ValueHub::receiveFill(const QString &entityId)
{
    const auto found = m_entities.find(entityId);
    if (found == m_entities.end() || !found->second.fill || ApplicationExit::isProcessExiting())
        return;
    Entity &entity = found->second;
    const QFuture<SnapshotUpdate> answer = entity.fill->future();
    if (answer.isCanceled() || !answer.isResultReadyAt(0))
        return;
    SnapshotUpdate update = answer.result();
    if (update.version < entity.neededVersion) {
        ask(entityId, entity);
        return;
    }
    entity.fill.release()->deleteLater(); // which calls
    update.isComplete = false; // it says nothing of others
    m_store.apply(update);
    mark(entityId); // also that there is none
    tell();
}

void ValueHub::receive(const SnapshotUpdate &update)
{
    m_clockOffset = steadyTime() - update.time;
    const bool wasComplete = m_isComplete;
    m_store.apply(watchedPartOf(update));
    if (m_isComplete && !wasComplete)
        markAll(); // of which some may not be there
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
    const auto wants = [this, &update](const QString &entityId) {
        const auto found = m_entities.find(entityId);
        if (found == m_entities.end())
            return false;
        if (found->second.fill)
            found->second.neededVersion = update.version;
        return !found->second.fill;
    };
    for (const RecorderSnapshot &recorder : update.recorders) {
        if (!wants(recorder.entityId))
            continue;
        part.recorders.append(recorder);
        if (m_isCompleting)
            m_mentioned.insert(recorder.entityId);
    }
    for (const QString &entityId : update.removed) {
        if (wants(entityId))
            part.removed.append(entityId);
    }
    if (m_isCompleting && !update.hasMore) {
        m_isCompleting = false;
        m_isComplete = true;
        for (const auto &[id, entity] : m_entities) {
            if (!entity.fill && !m_mentioned.contains(id))
                part.removed.append(id);
        }
    }
    return part;
}

// Nothing changed, but rates decay.
void ValueHub::settle()
{
    m_store.settle(steadyTime() - m_clockOffset);
    tell();
}

void ValueHub::setEnded(bool ended)
{
    m_store.setEnded(ended);
    for (auto &[id, entity] : m_entities) {
        if (!ended && entity.fill && entity.fill->isCanceled())
            ask(id, entity);
    }
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
    for (int row = first; row <= last; ++row) {
        const RecorderNode &recorder = *m_store.recorderAt(row);
        mark(recorder.entityId);
        for (const auto &metric : recorder.metrics)
            forget(*metric);
    }
}

void ValueHub::beginInsertMetric(const RecorderNode &recorder, int, int)
{
    mark(recorder.entityId);
}

void ValueHub::beginRemoveMetric(const RecorderNode &recorder, int row)
{
    const MetricNode &removed = *recorder.metrics[size_t(row)];
    mark(removed);
    forget(removed);
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
    const auto observers = entity->second.metrics.constFind(metric.name);
    if (observers != entity->second.metrics.constEnd())
        for (MetricObserver *observer : *observers)
            m_marks.push_back({ observer, &metric });
}

// An observer may run an event loop, in which an update comes: what it removes is in no mark then.
void ValueHub::forget(const MetricNode &metric)
{
    for (Mark &mark : m_marks) {
        if (mark.metric == &metric)
            mark.metric = nullptr;
    }
}

void ValueHub::mark(const QString &entityId)
{
    const auto entity = m_entities.find(entityId);
    if (entity == m_entities.end())
        return;
    for (const Observers &observers : std::as_const(entity->second.metrics)) {
        for (MetricObserver *observer : observers)
            m_marks.push_back({ observer, nullptr });
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
        const auto [observer, metric] = m_marks.back();
        while (!m_marks.empty() && m_marks.back().observer == observer)
            m_marks.pop_back();
        observer->update(metric);
    }
}

} // namespace Recorders::Internal
