// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotstore_p.h"

#include "core/platform/ownedstring_p.h"
#include "model/naturalorder_p.h"

#include <QDateTime>
#include <QSet>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Recorders::Internal {

/*
    Rows: recorders and metrics are sorted by name, so that their order does not depend on when
    somebody began to look; dimensions keep the order that their metric gave them.

    A recorder's row number is not stored, since inserting one would renumber all behind it. Each
    node remembers where it was seen last; if another one is there now, a binary search finds it.

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

bool isBefore(const std::unique_ptr<RecorderNode> &node, QStringView entityId)
{
    return compareNaturally(node->entityId, entityId) < 0;
}

// Where the metric is, or belongs. To compare names in their order takes longer than to find them equal.
size_t rowFor(const RecorderNode &recorder, const QString &metric, size_t expected)
{
    const auto &metrics = recorder.metrics;
    if (expected < metrics.size() && metrics[expected]->name == metric)
        return expected;
    const auto place =
            std::lower_bound(metrics.cbegin(), metrics.cend(), QStringView(metric), isMetricBefore);
    return size_t(place - metrics.cbegin());
}

quint64 lostEvents(const RecorderStatistics &statistics)
{
    return statistics.dropped + statistics.rejected;
}

qsizetype failedOf(const RecorderNode &recorder)
{
    return recorder.state == RecorderState::Failed ? 1 : 0;
}

} // namespace

SnapshotStore::SnapshotStore(SnapshotStoreObserver *observer)
    : m_observer(observer)
{
}

SnapshotStore::~SnapshotStore() = default;

SnapshotStore::Hold::Hold(const SnapshotStore &store)
    : m_store(store)
{
    ++m_store.m_holds;
}

SnapshotStore::Hold::~Hold()
{
    --m_store.m_holds;
    while (m_store.m_holds == 0 && !m_store.m_putOff.empty()) {
        const std::function<void()> operation = std::move(m_store.m_putOff.front());
        m_store.m_putOff.pop_front();
        operation();
    }
}

void SnapshotStore::afterwards(std::function<void()> operation) const
{
    if (isHeld())
        m_putOff.push_back(std::move(operation));
    else
        operation();
}

template <typename Operation>
void SnapshotStore::perform(Operation operation)
{
    if (isHeld()) {
        afterwards([this, operation] { perform(operation); });
        return;
    }
    const Hold hold(*this);
    operation();
}

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
    m_byId.clear();
    m_removed.clear();
    m_recorders.clear();
    m_changes.clear();
    m_totals = {};
    m_now = {};
    m_before = {};
    m_isEnded = false;
    m_isStalled = false;
    m_observer->endReset();
}

int SnapshotStore::rowOf(const RecorderNode &recorder) const
{
    const bool isThere = size_t(recorder.rowHint) < m_recorders.size()
            && m_recorders[size_t(recorder.rowHint)].get() == &recorder;
    if (!isThere) {
        const auto found = std::lower_bound(m_recorders.cbegin(), m_recorders.cend(),
                                            QStringView(recorder.entityId), isBefore);
        recorder.rowHint = int(found - m_recorders.cbegin());
    }
    return recorder.rowHint;
}

void SnapshotStore::doApply(const SnapshotUpdate &update)
{
    m_before = m_now;
    m_now = std::max(m_now, update.time);
    m_wallTime = QDateTime::currentMSecsSinceEpoch();

    m_isToldOfLosses = update.removedStatistics.has_value();
    if (m_isToldOfLosses)
        m_totals.droppedByRemoved = lostEvents(*update.removedStatistics);
    removeRecorders(update);
    std::vector<NodePointer> added;
    std::vector<RecorderUpdate> updates;
    updates.reserve(size_t(update.recorders.size()));
    for (const RecorderSnapshot &snapshot : update.recorders) {
        if (RecorderNode *recorder = m_byId.value(snapshot.entityId))
            updates.push_back({ recorder, &snapshot, 0 });
        else
            added.push_back(newRecorder(snapshot));
    }
    insertRecorders(std::move(added));
    updateRecorders(std::move(updates));
    settleRates();
}

// ---- Recorders

// One that is mentioned again in the same update keeps its row: its id is in use again.
void SnapshotStore::removeRecorders(const SnapshotUpdate &update)
{
    if (m_recorders.empty() || (!update.isComplete && update.removed.isEmpty()))
        return;
    QSet<QStringView> mentioned;
    for (const RecorderSnapshot &snapshot : update.recorders)
        mentioned.insert(snapshot.entityId);

    std::vector<int> rows;
    if (update.isComplete) {
        for (int row = 0; row < recorderCount(); ++row) {
            const RecorderNode *recorder = recorderAt(row);
            if (!recorder->isRemoved && !mentioned.contains(recorder->entityId))
                rows.push_back(row);
        }
    } else {
        for (const QString &entityId : update.removed) {
            const RecorderNode *recorder = m_byId.value(entityId);
            if (recorder && !recorder->isRemoved && !mentioned.contains(entityId))
                rows.push_back(rowOf(*recorder));
        }
    }
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    for (const int row : rows)
        noteRemoval(*recorderAt(row));
    if (m_keepsRemoved)
        keepRows(std::move(rows));
    else
        removeRows(std::move(rows));
}

// What it lost stays lost.
void SnapshotStore::noteRemoval(const RecorderNode &recorder)
{
    if (!m_isToldOfLosses)
        m_totals.droppedByRemoved += lostEvents(recorder.statistics);
}

// From the last row to the first, so that the others keep their numbers until it is their turn.
void SnapshotStore::removeRows(std::vector<int> rows)
{
    while (!rows.empty()) {
        const int last = rows.back();
        int first = last;
        rows.pop_back();
        while (!rows.empty() && rows.back() == first - 1) {
            first = rows.back();
            rows.pop_back();
        }
        m_observer->beginRemoveRecorders(first, last);
        const auto begin = m_recorders.begin() + first;
        const auto end = m_recorders.begin() + last + 1;
        std::for_each(begin, end, [this](const NodePointer &recorder) { forget(*recorder); });
        m_recorders.erase(begin, end);
        m_observer->endRemoveRecorders();
    }
}

void SnapshotStore::forget(RecorderNode &recorder)
{
    for (const auto &metric : recorder.metrics)
        forget(*metric);
    if (recorder.isRemoved)
        m_removed.erase(std::find(m_removed.begin(), m_removed.end(), &recorder));
    else
        subtractTotals(recorder);
    m_totals.eventsPerSecond -= recorder.rate.perSecond();
    m_movingRecorders.forget(&recorder);
    m_byId.remove(recorder.entityId);
}

// ---- Recorders that are gone

void SnapshotStore::doClearRemoved()
{
    std::vector<int> rows;
    for (const RecorderNode *recorder : m_removed)
        rows.push_back(rowOf(*recorder));
    std::sort(rows.begin(), rows.end());
    removeRows(std::move(rows));
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
    std::vector<int> tooMany;
    for (std::size_t i = 0; i + removedLimit < m_removed.size(); ++i)
        tooMany.push_back(rowOf(*m_removed[i]));
    std::sort(tooMany.begin(), tooMany.end());
    removeRows(std::move(tooMany));
}

void SnapshotStore::keep(RecorderNode &recorder)
{
    subtractTotals(recorder);
    m_totals.quarantined -= quarantinedOf(recorder);
    recorder.isRemoved = true;
    recorder.lastChanged = m_wallTime;
    m_removed.push_back(&recorder);
    stopRates(recorder);
    publishState(recorder);
}

void SnapshotStore::takeUpAgain(RecorderNode &recorder)
{
    m_removed.erase(std::find(m_removed.begin(), m_removed.end(), &recorder));
    recorder.isRemoved = false;
    addTotals(recorder);
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

void SnapshotStore::forget(MetricNode &metric)
{
    if (!metric.recorder->isRemoved)
        m_totals.quarantined -= quarantinedOf(metric.snapshot);
    m_movingMetrics.forget(&metric);
}

SnapshotStore::NodePointer SnapshotStore::newRecorder(const RecorderSnapshot &snapshot)
{
    auto recorder = std::make_unique<RecorderNode>(&m_nodes);
    recorder->entityId = owned(snapshot.entityId);
    recorder->generation = snapshot.generation;
    recorder->resets = snapshot.resets;
    recorder->state = snapshot.state;
    recorder->statistics = snapshot.statistics;
    recorder->error = snapshot.error;
    recorder->since = m_now;
    recorder->lastChanged = m_wallTime;
    recorder->metrics.reserve(size_t(snapshot.metrics.size()));
    for (const MetricSnapshot &metric : snapshot.metrics)
        recorder->metrics.push_back(
                std::make_unique<MetricNode>(recorder.get(), metric, m_now, m_wallTime));
    std::sort(recorder->metrics.begin(), recorder->metrics.end(),
              [](const auto &a, const auto &b) { return isMetricBefore(a, b->name); });
    for (size_t row = 0; row < recorder->metrics.size(); ++row)
        recorder->metrics[row]->row = int(row);
    return recorder;
}

// Those that belong between the same two rows are inserted at once.
void SnapshotStore::insertRecorders(std::vector<NodePointer> added)
{
    const auto order = [](const NodePointer &a, const NodePointer &b) {
        return isBefore(a, b->entityId);
    };
    if (!std::is_sorted(added.begin(), added.end(), order))
        std::sort(added.begin(), added.end(), order);
    const auto isSame = [](const NodePointer &a, const NodePointer &b) {
        return a->entityId == b->entityId;
    };
    added.erase(std::unique(added.begin(), added.end(), isSame), added.end());

    for (auto next = added.begin(); next != added.end();) {
        const auto place = std::lower_bound(m_recorders.begin(), m_recorders.end(),
                                            QStringView((*next)->entityId), isBefore);
        const auto end = place == m_recorders.end()
                ? added.end()
                : std::lower_bound(next, added.end(), QStringView((*place)->entityId), isBefore);
        const int first = int(place - m_recorders.begin());
        const int last = first + int(end - next) - 1;
        m_observer->beginInsertRecorders(first, last);
        for (auto node = next; node != end; ++node) {
            (*node)->rowHint = first + int(node - next);
            m_byId.insert((*node)->entityId, node->get());
            addTotals(**node);
            m_totals.quarantined += quarantinedOf(**node);
        }
        m_recorders.insert(place, std::make_move_iterator(next), std::make_move_iterator(end));
        m_observer->endInsertRecorders();
        next = end;
    }
}

// From top to bottom. The own rows first, as many at once as are adjacent.
void SnapshotStore::updateRecorders(std::vector<RecorderUpdate> updates)
{
    for (RecorderUpdate &update : updates)
        update.row = rowOf(*update.recorder);
    std::stable_sort(updates.begin(), updates.end(),
                     [](const auto &a, const auto &b) { return a.row < b.row; });
    int last = -1;
    for (const RecorderUpdate &update : updates) {
        if (update.row > last + 1)
            publishChanges();
        last = update.row;
        updateOwnValues(*update.recorder, *update.snapshot);
    }
    publishChanges();
    for (const RecorderUpdate &update : updates)
        updateMetrics(*update.recorder, *update.snapshot);
}

void SnapshotStore::updateMetrics(RecorderNode &recorder, const RecorderSnapshot &snapshot)
{
    const bool isAnother = recorder.generation != snapshot.generation;
    const size_t countBefore = recorder.metrics.size();
    subtractTotals(recorder);
    if (isAnother || snapshot.isComplete)
        removeMissingMetrics(recorder, snapshot.metrics);
    size_t next = 0; // where the next one is, if they come in the order of the rows
    for (const MetricSnapshot &metric : snapshot.metrics) {
        const size_t row = rowFor(recorder, metric.name(), next);
        if (row < recorder.metrics.size() && recorder.metrics[row]->name == metric.name())
            updateMetric(*recorder.metrics[row], metric);
        else
            insertMetric(recorder, metric, row);
        next = row + 1;
    }
    addTotals(recorder);
    if (isAnother)
        restart(recorder, snapshot.generation);
    else if (recorder.metrics.size() != countBefore)
        m_changes.push_back({ .recorder = &recorder });
    const bool isReset = !snapshot.metrics.isEmpty() // else it is not told
            && std::exchange(recorder.resets, snapshot.resets) != snapshot.resets;
    if (isReset && !isAnother)
        stopMetricRates(recorder);
    publishChanges();
}

void SnapshotStore::updateOwnValues(RecorderNode &recorder, const RecorderSnapshot &snapshot)
{
    const bool isAnother = recorder.generation != snapshot.generation;
    if (isAnother && !recorder.isRemoved)
        noteRemoval(recorder);
    if (recorder.isRemoved)
        takeUpAgain(recorder);
    subtractTotals(recorder);
    updateOwnRate(recorder, snapshot.statistics.handled);
    const bool isState = recorder.state != snapshot.state || recorder.error != snapshot.error;
    recorder.state = snapshot.state;
    recorder.statistics = snapshot.statistics;
    recorder.error = snapshot.error;
    recorder.lastChanged = m_wallTime;
    addTotals(recorder);
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
void SnapshotStore::restart(RecorderNode &recorder, quint64 generation)
{
    recorder.generation = generation;
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

// What the values are from now on says all of their rates.
void SnapshotStore::stopMetricRates(RecorderNode &recorder)
{
    for (const auto &metric : recorder.metrics) {
        publishChanges();
        metric->since = m_now;
        m_movingMetrics.forget(metric.get());
        if (metric->rates.empty())
            continue;
        metric->rates.clear();
        const int last = int(metric->dimensions.size()) - 1;
        m_changes.push_back({ .recorder = &recorder,
                              .metric = metric.get(),
                              .lastDimension = last,
                              .isRateOnly = true });
    }
}

void SnapshotStore::addTotals(const RecorderNode &recorder)
{
    ++m_totals.recorders;
    m_totals.metrics += std::ssize(recorder.metrics);
    m_totals.pending += recorder.statistics.pending;
    m_totals.dropped += lostEvents(recorder.statistics);
    m_totals.failed += failedOf(recorder);
}

void SnapshotStore::subtractTotals(const RecorderNode &recorder)
{
    --m_totals.recorders;
    m_totals.metrics -= std::ssize(recorder.metrics);
    m_totals.pending -= recorder.statistics.pending;
    m_totals.dropped -= lostEvents(recorder.statistics);
    m_totals.failed -= failedOf(recorder);
}

} // namespace Recorders::Internal
