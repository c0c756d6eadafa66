// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotstore_p.h"

#include "core/platform/ownedstring_p.h"

#include <QDateTime>
#include <QSet>

#include <algorithm>
#include <span>
#include <utility>

namespace Recorders::Internal {

/*
    Rows: recorders and metrics are sorted by name, so that their order does not depend on when
    somebody began to look; dimensions keep the order that their metric gave them.

    Values change from top to bottom, and each is announced before the next one changes, or with
    those of adjacent rows. A proxy that sorts looks for the place of one row among the others,
    and must know the values that they have.

    Rates: a value that is not mentioned in an update has not changed. So its samples need to be
    kept only while it changes and for one window afterwards. A rate is worked out when its value
    changes, and set to 0 when it has not done so for a window: an idle tick costs as much as there
    are values that come to rest.
*/

namespace {

constexpr std::size_t removedLimit = 1000; // so that memory does not grow with what ended

} // namespace

SnapshotStore::SnapshotStore(SnapshotStoreObserver *observer)
    : m_observer(observer)
{
}

SnapshotStore::~SnapshotStore() = default;

void SnapshotStore::clear()
{
    perform([this] { doClear(); });
}

void SnapshotStore::apply(const SnapshotUpdate &update)
{
    if (isHeld())
        perform([this, update] { doApply(update); });
    else
        perform([this, &update] { doApply(update); });
}

void SnapshotStore::settle(Time now)
{
    perform([this, now] {
        m_now = std::max(m_now, now);
        m_observer->beginUpdate();
        if (isMoving())
            settleRates();
    });
}

void SnapshotStore::setEnded(bool ended)
{
    perform([this, ended] {
        if (std::exchange(m_isEnded, ended) != ended)
            m_observer->freshnessChanged();
    });
}

void SnapshotStore::setStalled(bool stalled)
{
    perform([this, stalled] {
        if (std::exchange(m_isStalled, stalled) != stalled)
            m_observer->freshnessChanged();
    });
}

void SnapshotStore::setMark(const SnapshotMark &mark)
{
    perform([this, mark] {
        if (m_mark == mark)
            return;
        m_mark = mark;
        m_observer->markChanged();
    });
}

void SnapshotStore::setBytePrefix(BytePrefix prefix)
{
    perform([this, prefix] {
        if (std::exchange(m_bytePrefix, prefix) != prefix)
            m_observer->bytePrefixChanged();
    });
}

void SnapshotStore::setKeepRemoved(bool keep)
{
    m_keepsRemoved = keep;
    if (!keep)
        clearRemoved();
}

void SnapshotStore::clearRemoved()
{
    perform([this] { doClearRemoved(); });
}

void SnapshotStore::doClear()
{
    m_observer->beginReset();
    m_movingMetrics.clear();
    m_movingRecorders.clear();
    m_removed.clear();
    m_recorders.clear();
    m_changes.clear();
    m_totals = {};
    m_now = {};
    m_before = {};
    m_isRoundOpen = false;
    m_behind = 0;
    m_isEnded = false;
    m_isStalled = false;
    m_observer->endReset();
}

void SnapshotStore::doApply(const SnapshotUpdate &update)
{
    m_before = m_now;
    m_now = std::max(m_now, update.time);
    m_wallTime = QDateTime::currentMSecsSinceEpoch();
    m_observer->beginUpdate();

    m_isToldOfLosses = update.removedStatistics.has_value();
    if (m_isToldOfLosses)
        m_totals.droppedByRemoved = lostEvents(*update.removedStatistics);
    beginRound(update);
    removeRecorders(update);
    RecorderRows::Nodes added;
    std::vector<RecorderUpdate> updates;
    updates.reserve(size_t(update.recorders.size()));
    for (qsizetype i = 0; i < update.recorders.size(); ++i) {
        fetchIdsAhead(update.recorders, i);
        const RecorderSnapshot &snapshot = update.recorders.at(i);
        RecorderNode *const recorder = m_recorders.find(snapshot.entityId);
        if (recorder) {
            fetch(*recorder);
            if (m_isRoundOpen)
                recorder->round = m_round;
            updates.push_back({ recorder, &snapshot, 0 });
        } else {
            added.push_back(RecorderNode::of(snapshot, &m_nodes, m_now, m_wallTime));
            added.back()->round = m_round;
        }
    }
    m_isRoundOpen = m_isRoundOpen && update.hasMore;
    insertRecorders(std::move(added));
    updateRecorders(std::move(updates));
    settleRates();
}

// ---- Recorders

// A complete update may come in parts: what none of them has mentioned is gone.
void SnapshotStore::beginRound(const SnapshotUpdate &update)
{
    if (!update.isComplete)
        return;
    ++m_round;
    m_isRoundOpen = true;
}

void SnapshotStore::removeRecorders(const SnapshotUpdate &update)
{
    const bool isRoundOver = m_isRoundOpen && !update.hasMore;
    if (m_recorders.count() == 0 || (!isRoundOver && update.removed.isEmpty()))
        return;
    GoneSnapshots last;
    if (m_keepsRemoved) {
        for (const RecorderSnapshot &snapshot : update.removedSnapshots)
            last.insert(snapshot.entityId, &snapshot); // the last one, if an id was used again
    }
    std::vector<int> rows = goneRows(update, last);
    updateForTheLastTime(rows, last);
    for (const int row : rows)
        noteRemoval(*recorderAt(row));
    if (m_keepsRemoved)
        keepRows(std::move(rows));
    else
        removeRows(std::move(rows));
}

// One that is mentioned again in the same update keeps its row: its id is in use again. One that was
// kept goes once more if its id was in use meanwhile.
std::vector<int> SnapshotStore::goneRows(const SnapshotUpdate &update,
                                         const GoneSnapshots &last) const
{
    QSet<QStringView> mentioned;
    for (const RecorderSnapshot &snapshot : update.recorders)
        mentioned.insert(snapshot.entityId);
    std::vector<int> rows;
    const auto addIfGone = [&](const RecorderNode *recorder) {
        const bool goes = recorder && (!recorder->isRemoved || last.contains(recorder->entityId));
        if (goes && !mentioned.contains(recorder->entityId))
            rows.push_back(rowOf(*recorder));
    };
    for (const QString &entityId : update.removed)
        addIfGone(find(entityId));
    for (int row = 0; m_isRoundOpen && !update.hasMore && row < recorderCount(); ++row) {
        if (recorderAt(row)->round != m_round)
            addIfGone(recorderAt(row));
    }
    return sortedRows(std::move(rows));
}

void SnapshotStore::updateForTheLastTime(const std::vector<int> &rows, const GoneSnapshots &last)
{
    std::vector<RecorderUpdate> updates;
    for (const int row : rows) {
        RecorderNode *const recorder = recorderAt(row);
        if (const RecorderSnapshot *const snapshot = last.value(recorder->entityId))
            updates.push_back({ recorder, snapshot, row });
    }
    updateRecorders(std::move(updates));
}

// What it lost stays lost.
void SnapshotStore::noteRemoval(const RecorderNode &recorder)
{
    if (!m_isToldOfLosses)
        m_totals.droppedByRemoved += lostEvents(recorder.statistics);
}

void SnapshotStore::forget(RecorderNode &recorder)
{
    for (const auto &metric : recorder.metrics)
        forget(*metric);
    if (recorder.isRemoved) {
        m_removed.erase(std::find(m_removed.begin(), m_removed.end(), &recorder));
    } else {
        m_totals.subtract(recorder);
        setBehind(recorder, false);
    }
    m_totals.eventsPerSecond -= recorder.rate.perSecond();
    m_movingRecorders.forget(&recorder);
}

// ---- Recorders that are gone

void SnapshotStore::doClearRemoved()
{
    removeRows(m_recorders.rowsOf(m_removed));
}

// What is beyond the limit by itself goes at once: from the end, so that the others keep their rows.
void SnapshotStore::keepRows(std::vector<int> rows)
{
    if (rows.size() > removedLimit) {
        const auto end = rows.begin() + std::ptrdiff_t(removedLimit);
        removeRows({ end, rows.end() });
        rows.erase(end, rows.end());
    }
    for (const int row : rows)
        keep(*recorderAt(row));
    const std::size_t count = m_removed.size();
    const std::size_t tooMany = count - std::min(count, removedLimit);
    removeRows(m_recorders.rowsOf(std::span(m_removed).first(tooMany)));
}

void SnapshotStore::keep(RecorderNode &recorder)
{
    m_totals.subtract(recorder);
    m_totals.quarantined -= quarantinedOf(recorder);
    recorder.isRemoved = true;
    m_behind -= recorder.isBehind ? 1 : 0;
    recorder.lastChanged = m_wallTime;
    m_removed.push_back(&recorder);
    stopRates(recorder);
    publishState(recorder);
}

void SnapshotStore::takeUpAgain(RecorderNode &recorder)
{
    m_removed.erase(std::find(m_removed.begin(), m_removed.end(), &recorder));
    recorder.isRemoved = false;
    m_behind += recorder.isBehind ? 1 : 0;
    m_totals.add(recorder);
    m_totals.quarantined += quarantinedOf(recorder);
    publishState(recorder);
}

// Of it and all that it has.
void SnapshotStore::publishState(RecorderNode &recorder)
{
    publishChanges();
    m_changes.push_back({ .recorder = &recorder, .isState = true });
    for (const auto &metric : recorder.metrics) {
        const int last = int(metric->dimensions.size()) - 1;
        m_changes.push_back({ .recorder = &recorder,
                              .metric = metric.get(),
                              .lastDimension = last,
                              .isState = true });
    }
    publishChanges();
}

// One that is not removed.
void SnapshotStore::setBehind(RecorderNode &recorder, bool behind)
{
    m_behind += int(behind) - int(std::exchange(recorder.isBehind, behind));
}

// From top to bottom, in groups that fit into the caches.
void SnapshotStore::updateRecorders(std::vector<RecorderUpdate> updates)
{
    for (RecorderUpdate &update : updates)
        update.row = rowOf(*update.recorder);
    std::stable_sort(updates.begin(), updates.end(),
                     [](const auto &a, const auto &b) { return a.row < b.row; });
    constexpr size_t groupSize = 256;
    for (std::span<const RecorderUpdate> left(updates); !left.empty();) {
        const auto group = left.first(std::min(groupSize, left.size()));
        updateGroup(group);
        left = left.subspan(group.size());
    }
}

// The own rows first, as many at once as are adjacent.
void SnapshotStore::updateGroup(std::span<const RecorderUpdate> updates)
{
    for (const RecorderUpdate &update : updates)
        fetch(*update.recorder);
    fetchToldRecorders(updates);
    for (const RecorderUpdate &update : updates)
        fetchPlacesOfMetrics(update);
    int last = -1;
    for (const RecorderUpdate &update : updates) {
        if (update.row > last + 1)
            publishChanges();
        last = update.row;
        updateOwnValues(*update.recorder, *update.snapshot);
        fetchMetrics(update);
    }
    publishChanges();
    for (size_t i = 0; i < updates.size(); ++i) {
        fetchValuesAhead(updates, i);
        updateMetrics(*updates[i].recorder, *updates[i].snapshot);
    }
}

void SnapshotStore::updateMetrics(RecorderNode &recorder, const RecorderSnapshot &snapshot)
{
    const bool isAnother = recorder.generation != snapshot.generation;
    const bool wasBehind = recorder.isBehind;
    const bool isOutline = snapshot.detail != SnapshotDetail::Metrics;
    if (isOutline || snapshot.isComplete)
        setBehind(recorder, isOutline);
    if (isOutline && !isAnother && !snapshot.isComplete)
        return;
    const size_t countBefore = recorder.metrics.size();
    m_totals.subtract(recorder);
    recorder.generation = snapshot.generation;
    if (isAnother || snapshot.isComplete)
        removeMissingMetrics(recorder, snapshot.metrics);
    takeMetrics(recorder, snapshot.metrics);
    m_totals.add(recorder);
    const bool isComparedAnew = !m_mark.isNull() && !snapshot.metrics.isEmpty();
    if (isAnother)
        restart(recorder);
    else if (recorder.metrics.size() != countBefore || isComparedAnew)
        m_changes.push_back({ .recorder = &recorder });
    const bool isReset = !snapshot.metrics.isEmpty() // else it is not told
            && std::exchange(recorder.resets, snapshot.resets) != snapshot.resets;
    if ((isReset || wasBehind) && !isAnother) // nobody knows when they became what they are
        stopMetricRates(recorder);
    publishChanges();
}

void SnapshotStore::takeMetrics(RecorderNode &recorder, const QList<MetricSnapshot> &metrics)
{
    size_t next = 0; // where the next one is, if they come in the order of the rows
    for (const MetricSnapshot &metric : metrics) {
        const QString &name = SnapshotAccess::data(metric).name();
        const size_t row = metricRow(recorder, name, m_metricRows.rowOf(name, next));
        if (row < recorder.metrics.size() && isSameString(recorder.metrics[row]->name(), name))
            updateMetric(*recorder.metrics[row], metric);
        else
            insertMetric(recorder, metric, row);
        m_metricRows.note(name, row);
        next = row + 1;
    }
}

void SnapshotStore::updateOwnValues(RecorderNode &recorder, const RecorderSnapshot &snapshot)
{
    const bool isAnother = recorder.generation != snapshot.generation;
    if (isAnother && !recorder.isRemoved)
        noteRemoval(recorder);
    if (recorder.isRemoved)
        takeUpAgain(recorder);
    m_totals.subtract(recorder);
    updateOwnRate(recorder, snapshot.statistics.handled);
    const bool isState = recorder.state != snapshot.state || recorder.error != snapshot.error;
    recorder.state = snapshot.state;
    recorder.statistics = snapshot.statistics;
    recorder.error = snapshot.error;
    recorder.lastChanged = m_wallTime;
    m_totals.add(recorder);
    m_changes.push_back({ .recorder = &recorder, .isState = isState });
}

void SnapshotStore::updateOwnRate(RecorderNode &recorder, quint64 handled)
{
    const quint64 before = recorder.statistics.handled;
    if (handled == before)
        return;
    m_totals.eventsPerSecond -= recorder.rate.perSecond();
    if (const auto growth = Growth::ofCounter(before, handled))
        recorder.rate.grow(referenceTime(recorder.since), *growth, m_now);
    else
        recorder.rate.fall(m_now, ValueRate::Fall::Restart, true);
    m_totals.eventsPerSecond += recorder.rate.perSecond();
    m_movingRecorders.move(&recorder, m_now);
}

// Another recorder took over the id: what the values were before says nothing about their rates.
void SnapshotStore::restart(RecorderNode &recorder)
{
    recorder.since = m_now;
    m_changes.push_back({ .recorder = &recorder });
    stopRates(recorder);
}

void SnapshotStore::stopRates(RecorderNode &recorder)
{
    m_totals.eventsPerSecond -= recorder.rate.perSecond();
    recorder.rate = ValueRate();
    m_movingRecorders.forget(&recorder);
    stopMetricRates(recorder);
}

} // namespace Recorders::Internal
