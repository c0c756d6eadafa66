// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/recordertable_p.h"

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/recorder/recordercore_p.h"

#include <algorithm>
#include <typeinfo>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr int maxLookups = 256; // of recorders, with the mutex held

RuntimeTotals &operator+=(RuntimeTotals &totals, const Recorder &recorder)
{
    RecorderStatistics &statistics = totals;
    statistics += recorder.statistics();
    totals.failed += recorder.state() == RecorderState::Failed;
    ++totals.recorders;
    return totals;
}

} // namespace

RecorderTable::RecorderTable(const RuntimeContext &context)
    : m_context(context)
{
}

// lookups

std::shared_ptr<Recorder> RecorderTable::find(const QString &id) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_recorders.find(id);
    if (found == m_recorders.end())
        return nullptr;
    const auto handle = m_handles.find(id);
    return handle == m_handles.end() ? found->second : handle->second.lock();
}

QStringList RecorderTable::ids() const
{
    QStringList ids;
    {
        const std::lock_guard lock(m_mutex);
        ids.reserve(static_cast<qsizetype>(m_recorders.size()));
        for (const auto &[id, recorder] : m_recorders)
            ids.append(id);
    }
    ids.sort();
    return ids;
}

// A recorder that goes is in one of the three, as it changes its place with the mutex held.
RuntimeTotals RecorderTable::totals() const
{
    RuntimeTotals totals;
    RecorderStatistics &statistics = totals;
    const std::lock_guard lock(m_mutex);
    statistics = m_context.journal()->removedStatistics();
    for (const auto &[id, recorder] : m_leaving)
        statistics += recorder->statistics();
    for (const auto &[id, recorder] : m_recorders)
        totals += *recorder;
    return totals;
}

// Those who make recorders may come in between.
SnapshotJournal::Entries RecorderTable::entriesOf(const QSet<QString> &ids) const
{
    SnapshotJournal::Entries entries;
    entries.reserve(std::size_t(ids.size()));
    for (auto id = ids.cbegin(); id != ids.cend();) {
        const std::lock_guard lock(m_mutex);
        for (int i = 0; i < maxLookups && id != ids.cend(); ++i, ++id) {
            if (const auto found = m_recorders.find(*id); found != m_recorders.end())
                entries.push_back(found->second->m_core);
        }
    }
    return entries;
}

RecorderTable::List RecorderTable::all() const
{
    List all;
    const std::lock_guard lock(m_mutex);
    all.reserve(m_recorders.size() + m_leaving.size());
    for (const Map *each : { &m_recorders, &m_leaving }) {
        for (const auto &[id, recorder] : *each)
            all.push_back(recorder);
    }
    return all;
}

// While the thread is in a call, which may never return, only of those that have more to do there
// than to be told so.
std::chrono::milliseconds RecorderTable::stopTimeNeeded() const
{
    const auto isInCall = [](const auto &entry) {
        return coreOf(*entry.second).isUserCallUnderWay();
    };
    const auto isAnyInCall = [&isInCall](const Map &map) {
        return std::any_of(map.begin(), map.end(), isInCall);
    };
    std::chrono::milliseconds longest{};
    const std::lock_guard lock(m_mutex);
    const bool isHeld = isAnyInCall(m_recorders) || isAnyInCall(m_leaving);
    for (const Map *each : { &m_recorders, &m_leaving }) {
        for (const auto &entry : *each) {
            const Recorder &recorder = *entry.second;
            if (coreOf(recorder).lifecycle().status().hasStopped())
                continue;
            const bool hasHooks = typeid(recorder) != typeid(Recorder);
            if (!isHeld || hasHooks || recorder.statistics().pending > 0 || isInCall(entry))
                longest = std::max(longest, recorder.options().stopTimeout);
        }
    }
    return longest;
}

// recorders that come

Error RecorderTable::refusal(const QString &id) const
{
    const std::lock_guard lock(m_mutex);
    return refusalOf(id);
}

Error RecorderTable::refusalOf(const QString &id) const
{
    const RuntimeState state = m_context.state();
    if (state != RuntimeState::Running) {
        const bool isOver = state == RuntimeState::Stopping || state == RuntimeState::Stopped;
        return m_context.error(
                ErrorCode::InvalidState,
                isOver ? QStringLiteral("it was shut down, recorder \"%1\" is not made").arg(id)
                       : QStringLiteral("start() it before it can make recorder \"%1\"").arg(id));
    }
    if (m_recorders.contains(id) || m_leaving.contains(id)) {
        return m_context.error(
                ErrorCode::AlreadyExists,
                QStringLiteral("a recorder with the id \"%1\" already exists").arg(id));
    }
    return {};
}

Error RecorderTable::insert(const std::shared_ptr<Recorder> &recorder,
                            const std::shared_ptr<Recorder> &handle, bool hasHooks)
{
    const QString id = recorder->entityId();
    const std::lock_guard lock(m_mutex);
    Error refused = refusalOf(id);
    if (!refused && !tryInsert(recorder, handle, hasHooks)) {
        refused = m_context.error(
                ErrorCode::ThreadFailed,
                QStringLiteral("its thread has ended, recorder \"%1\" is not made").arg(id));
    }
    return refused;
}

// All or nothing. False: its thread has ended.
bool RecorderTable::tryInsert(const std::shared_ptr<Recorder> &recorder,
                              const std::shared_ptr<Recorder> &handle, bool hasHooks)
{
    const QString id = recorder->entityId();
    bool isInserted = false;
    try {
        m_recorders.emplace(id, recorder);
        if (recorder->options().lifetime == RecorderLifetime::UntilLastHandle)
            m_handles.emplace(id, handle);
        isInserted = coreOf(*recorder).lifecycle().endMaking(recorder, hasHooks);
    } catch (const std::bad_alloc &) {
        erase(id);
        throw;
    }
    if (!isInserted)
        erase(id);
    return isInserted;
}

void RecorderTable::erase(const QString &id)
{
    m_recorders.erase(id);
    m_handles.erase(id);
}

// recorders that go

std::shared_ptr<Recorder> RecorderTable::beginLeaving(const QString &id)
{
    const std::lock_guard lock(m_mutex);
    m_leaving.reserve(m_leaving.size() + 1); // from here on nothing allocates
    Map::node_type entry = m_recorders.extract(id);
    if (!entry)
        return nullptr;
    std::shared_ptr<Recorder> recorder = entry.mapped();
    m_leaving.insert(std::move(entry));
    return recorder;
}

bool RecorderTable::beginLeaving(const std::shared_ptr<Recorder> &recorder)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_recorders.find(recorder->entityId());
    if (found == m_recorders.end() || found->second != recorder)
        return false;
    retryUntilAllocated([this] { m_leaving.reserve(m_leaving.size() + 1); });
    m_leaving.insert(m_recorders.extract(found));
    return true;
}

bool RecorderTable::undoLeaving(const Recorder &recorder)
{
    const QString id = recorder.entityId();
    const std::lock_guard lock(m_mutex);
    retryUntilAllocated([this] { m_recorders.reserve(m_recorders.size() + 1); });
    m_recorders.insert(m_leaving.extract(id));
    return isUnowned(id); // when it could not be found
}

void RecorderTable::endLeaving(const Recorder &recorder)
{
    SnapshotJournal &journal = *m_context.journal();
    RecorderCore &core = coreOf(recorder);
    LastSnapshots::Pointer last = journal.isWatched() ? core.lastSnapshot() : nullptr;
    Map::node_type left; // destroyed without the lock
    const std::lock_guard lock(m_mutex); // see totals()
    journal.remove(core, std::move(last));
    left = m_leaving.extract(recorder.entityId());
    m_handles.erase(recorder.entityId());
    m_hasLeft.notify_all();
}

bool RecorderTable::isUnowned(const QString &id) const
{
    const auto handle = m_handles.find(id);
    return handle != m_handles.end() && handle->second.expired();
}

void RecorderTable::awaitUnowned(const QString &id, std::chrono::milliseconds grace) const
{
    std::unique_lock<std::mutex> lock(m_mutex);
    if (!isUnowned(id))
        return;
    const auto found = m_recorders.find(id);
    const Recorder &recorder = found == m_recorders.end() ? *m_leaving.at(id) : *found->second;
    const auto deadline = Clock::now() + recorder.options().stopTimeout + grace;
    m_hasLeft.wait_until(lock, deadline, [this, &id] { return !isUnowned(id); });
}

} // namespace Recorders::Internal
