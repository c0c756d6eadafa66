// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotstore_p.h"

#include "model/naturalorder_p.h"

#include <QSet>

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

/*
    Rows: recorders and metrics are sorted by name, so that their order does not depend on when
    somebody began to look; dimensions keep the order that their metric gave them.

    A recorder's row number is not stored, since inserting one would renumber all behind it. Each
    node remembers where it was seen last; if another one is there now, a binary search finds it.

    Rates: a value that is not mentioned in an update has not changed. So its samples need to be
    kept only while it changes and for one window afterwards. A rate is worked out when its value
    changes, and set to 0 when it has not done so for a window: an idle tick costs as much as there
    are values that come to rest.
*/

namespace {

bool isBefore(const std::unique_ptr<RecorderNode> &node, QStringView entityId)
{
    return compareNaturally(node->entityId, entityId) < 0;
}

bool isMetricBefore(const std::unique_ptr<MetricNode> &node, QStringView name)
{
    return compareNaturally(node->snapshot.name(), name) < 0;
}

quint64 lostEvents(const RecorderStatistics &statistics)
{
    return statistics.dropped + statistics.rejected;
}

bool haveSameNames(const QList<Dimension> &a, const QList<Dimension> &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(),
                      [](const Dimension &x, const Dimension &y) { return x.name == y.name; });
}

int indexOfName(const QList<Dimension> &dimensions, QStringView name)
{
    const auto found = std::find_if(dimensions.cbegin(), dimensions.cend(),
                                    [name](const Dimension &other) { return other.name == name; });
    return found == dimensions.cend() ? -1 : int(found - dimensions.cbegin());
}

// Whether those that both have follow each other in the same order.
bool keepOrder(const QList<Dimension> &before, const QList<Dimension> &after)
{
    int last = -1;
    for (const Dimension &dimension : before) {
        const int index = indexOfName(after, dimension.name);
        if (index >= 0 && index < last)
            return false;
        last = std::max(last, index);
    }
    return true;
}

} // namespace

SnapshotStore::SnapshotStore(SnapshotStoreObserver *observer)
    : m_observer(observer)
{
}

SnapshotStore::~SnapshotStore() = default;

void SnapshotStore::setOnly(const QString &entityId)
{
    m_only = entityId;
}

void SnapshotStore::clear()
{
    m_observer->beginReset();
    m_movingMetrics.clear();
    m_movingRecorders.clear();
    m_byId.clear();
    m_recorders.clear();
    m_changes.clear();
    m_totals = {};
    m_now = {};
    m_before = {};
    m_isEnded = false;
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

void SnapshotStore::apply(const SnapshotUpdate &update)
{
    m_before = m_now;
    m_now = std::max(m_now, update.time);

    removeRecorders(update);
    std::vector<NodePointer> added;
    for (const RecorderSnapshot &snapshot : update.recorders) {
        if (!m_only.isNull() && snapshot.entityId != m_only)
            continue;
        if (RecorderNode *recorder = m_byId.value(snapshot.entityId))
            updateRecorder(*recorder, snapshot);
        else
            added.push_back(newRecorder(snapshot));
    }
    insertRecorders(std::move(added));
    settleRates();
    publishChanges();
}

void SnapshotStore::settle(Time now)
{
    m_now = std::max(m_now, now);
    if (!isMoving())
        return;
    settleRates();
    publishChanges();
}

void SnapshotStore::setEnded(bool ended)
{
    if (m_isEnded == ended)
        return;
    m_isEnded = ended;
    for (const NodePointer &recorder : m_recorders)
        m_changes.push_back({ .recorder = recorder.get() });
    publishChanges();
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
            if (!mentioned.contains(recorderAt(row)->entityId))
                rows.push_back(row);
        }
    } else {
        for (const QString &entityId : update.removed) {
            const RecorderNode *recorder = m_byId.value(entityId);
            if (recorder && !mentioned.contains(entityId))
                rows.push_back(rowOf(*recorder));
        }
    }
    removeRows(std::move(rows));
}

// From the last row to the first, so that the others keep their numbers until it is their turn.
void SnapshotStore::removeRows(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
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
    subtractTotals(recorder);
    m_totals.eventsPerSecond -= recorder.rate.perSecond();
    m_movingRecorders.forget(&recorder);
    m_byId.remove(recorder.entityId);
}

void SnapshotStore::forget(MetricNode &metric)
{
    m_movingMetrics.forget(&metric);
    std::erase_if(m_changes, [&metric](const NodeChange &c) { return c.metric == &metric; });
}

SnapshotStore::NodePointer SnapshotStore::newRecorder(const RecorderSnapshot &snapshot)
{
    auto recorder = std::make_unique<RecorderNode>();
    recorder->entityId = snapshot.entityId;
    recorder->generation = snapshot.generation;
    recorder->state = snapshot.state;
    recorder->statistics = snapshot.statistics;
    recorder->error = snapshot.error;
    recorder->since = m_now;
    recorder->metrics.reserve(size_t(snapshot.metrics.size()));
    for (const MetricSnapshot &metric : snapshot.metrics)
        recorder->metrics.push_back(std::make_unique<MetricNode>(recorder.get(), metric, m_now));
    std::sort(recorder->metrics.begin(), recorder->metrics.end(),
              [](const auto &a, const auto &b) { return isMetricBefore(a, b->snapshot.name()); });
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
        }
        m_recorders.insert(place, std::make_move_iterator(next), std::make_move_iterator(end));
        m_observer->endInsertRecorders();
        next = end;
    }
}

void SnapshotStore::updateRecorder(RecorderNode &recorder, const RecorderSnapshot &snapshot)
{
    const bool isAnother = recorder.generation != snapshot.generation;
    subtractTotals(recorder);
    if (isAnother || snapshot.isComplete)
        removeMissingMetrics(recorder, snapshot.metrics);
    updateOwnValues(recorder, snapshot);
    for (const MetricSnapshot &metric : snapshot.metrics) {
        const auto place = std::lower_bound(recorder.metrics.begin(), recorder.metrics.end(),
                                            QStringView(metric.name()), isMetricBefore);
        if (place != recorder.metrics.end() && (*place)->snapshot.name() == metric.name())
            updateMetric(**place, metric);
        else
            insertMetric(recorder, metric, size_t(place - recorder.metrics.begin()));
    }
    if (isAnother)
        restart(recorder, snapshot.generation);
    addTotals(recorder);
    m_changes.push_back({ .recorder = &recorder });
}

void SnapshotStore::updateOwnValues(RecorderNode &recorder, const RecorderSnapshot &snapshot)
{
    const quint64 before = recorder.statistics.handled;
    const quint64 after = snapshot.statistics.handled;
    if (after > before) {
        m_totals.eventsPerSecond -= recorder.rate.perSecond();
        recorder.rate.grow(referenceTime(recorder.since), double(before), m_now, double(after));
        m_totals.eventsPerSecond += recorder.rate.perSecond();
        m_movingRecorders.move(&recorder, m_now);
    }
    recorder.state = snapshot.state;
    recorder.statistics = snapshot.statistics;
    recorder.error = snapshot.error;
}

// Another recorder took over the id: what the values were before says nothing about their rates.
void SnapshotStore::restart(RecorderNode &recorder, quint64 generation)
{
    recorder.generation = generation;
    recorder.since = m_now;
    m_totals.eventsPerSecond -= recorder.rate.perSecond();
    recorder.rate = {};
    m_movingRecorders.forget(&recorder);
    for (const auto &metric : recorder.metrics) {
        metric->since = m_now;
        metric->rates.clear();
        m_movingMetrics.forget(metric.get());
    }
}

void SnapshotStore::addTotals(const RecorderNode &recorder)
{
    ++m_totals.recorders;
    m_totals.metrics += std::ssize(recorder.metrics);
    m_totals.pending += recorder.statistics.pending;
    m_totals.dropped += lostEvents(recorder.statistics);
}

void SnapshotStore::subtractTotals(const RecorderNode &recorder)
{
    --m_totals.recorders;
    m_totals.metrics -= std::ssize(recorder.metrics);
    m_totals.pending -= recorder.statistics.pending;
    m_totals.dropped -= lostEvents(recorder.statistics);
}

// ---- Metrics

void SnapshotStore::insertMetric(RecorderNode &recorder, const MetricSnapshot &snapshot, size_t row)
{
    auto metric = std::make_unique<MetricNode>(&recorder, snapshot, m_now);
    m_observer->beginInsertMetric(recorder, int(row), int(metric->dimensions.size()));
    recorder.metrics.insert(recorder.metrics.begin() + std::ptrdiff_t(row), std::move(metric));
    for (size_t i = row; i < recorder.metrics.size(); ++i)
        recorder.metrics[i]->row = int(i);
    m_observer->endInsertMetric();
}

void SnapshotStore::removeMetric(RecorderNode &recorder, size_t row)
{
    m_observer->beginRemoveMetric(recorder, int(row));
    forget(*recorder.metrics[row]);
    recorder.metrics.erase(recorder.metrics.begin() + std::ptrdiff_t(row));
    for (size_t i = row; i < recorder.metrics.size(); ++i)
        recorder.metrics[i]->row = int(i);
    m_observer->endRemoveMetric();
}

void SnapshotStore::removeMissingMetrics(RecorderNode &recorder, const QList<MetricSnapshot> &kept)
{
    for (size_t row = recorder.metrics.size(); row-- > 0;) {
        const QString name = recorder.metrics[row]->snapshot.name();
        const bool isKept = std::any_of(kept.cbegin(), kept.cend(), [&name](const auto &other) {
            return other.name() == name;
        });
        if (!isKept)
            removeMetric(recorder, row);
    }
}

void SnapshotStore::updateMetric(MetricNode &metric, const MetricSnapshot &snapshot)
{
    if (metric.snapshot == snapshot)
        return;
    const QList<Dimension> dimensions = snapshot.dimensions();
    if (!haveSameNames(metric.dimensions, dimensions))
        updateDimensionRows(metric, dimensions);

    NodeChange change{ .recorder = metric.recorder, .metric = &metric };
    change.isMeaning = metric.snapshot.description() != snapshot.description();
    for (int i = 0; i < int(dimensions.size()); ++i) {
        const Dimension &before = std::as_const(metric.dimensions)[i];
        const Dimension &after = dimensions[i];
        if (before == after)
            continue;
        if (change.lastDimension < 0)
            change.firstDimension = i;
        change.lastDimension = i;
        change.isMeaning = change.isMeaning || before.unit != after.unit
                || before.kind != after.kind || before.value.metaType() != after.value.metaType();
        updateRate(metric, i, after);
    }
    metric.snapshot = snapshot;
    metric.dimensions = dimensions;
    m_changes.push_back(change);
    settleMetric(metric); // other values of it may have come to rest
}

// ---- Dimensions

void SnapshotStore::updateDimensionRows(MetricNode &metric, const QList<Dimension> &dimensions)
{
    if (!keepOrder(metric.dimensions, dimensions))
        removeDimensions(metric, 0, int(metric.dimensions.size()) - 1);
    for (int last = int(metric.dimensions.size()) - 1; last >= 0; --last) {
        int first = last + 1;
        while (first > 0 && indexOfName(dimensions, metric.dimensions.at(first - 1).name) < 0)
            --first;
        if (first <= last)
            removeDimensions(metric, first, last);
        last = std::min(first, last);
    }
    for (int row = 0; row < int(dimensions.size());) {
        QList<Dimension> added;
        int next = row;
        while (next < int(dimensions.size())
               && (row >= int(metric.dimensions.size())
                   || metric.dimensions.at(row).name != dimensions.at(next).name)) {
            added.append(dimensions.at(next++));
        }
        if (!added.isEmpty())
            insertDimensions(metric, row, added);
        row = next + (added.isEmpty() ? 1 : 0);
    }
}

void SnapshotStore::removeDimensions(MetricNode &metric, int first, int last)
{
    if (last < first)
        return;
    m_observer->beginRemoveDimensions(metric, first, last);
    metric.dimensions.remove(first, last - first + 1);
    if (!metric.rates.empty())
        metric.rates.erase(metric.rates.begin() + first, metric.rates.begin() + last + 1);
    m_observer->endRemoveDimensions();
}

void SnapshotStore::insertDimensions(MetricNode &metric, int first, const QList<Dimension> &added)
{
    m_observer->beginInsertDimensions(metric, first, first + int(added.size()) - 1);
    for (int i = 0; i < int(added.size()); ++i)
        metric.dimensions.insert(first + i, added.at(i));
    if (!metric.rates.empty()) {
        std::vector<ValueRate> rates(size_t(added.size()));
        metric.rates.insert(metric.rates.begin() + first, rates.begin(), rates.end());
    }
    m_observer->endInsertDimensions();
}

void SnapshotStore::updateRate(MetricNode &metric, int dimension, const Dimension &after)
{
    const Dimension &before = std::as_const(metric.dimensions)[dimension];
    if (!mayHaveRate(after) || !mayHaveRate(before) || before.value == after.value)
        return;
    if (metric.rates.empty())
        metric.rates.resize(size_t(metric.dimensions.size()));
    ValueRate &rate = metric.rates[size_t(dimension)];
    if (rate.isFluctuating())
        return;
    const double from = before.value.toDouble();
    const double to = after.value.toDouble();
    if (to < from)
        rate.fall(m_now, to, after.kind == MetricKind::Counter);
    else
        rate.grow(referenceTime(metric.since), from, m_now, to);
    if (rate.isMoving())
        m_movingMetrics.move(&metric, m_now);
}

// ---- Rates and notification

// Since when the value that is replaced now was what it was: at least since it was seen last, and
// if it has been known for longer than a window, for as long as that.
SnapshotStore::Time SnapshotStore::referenceTime(Time since) const
{
    return std::max(since, std::min(m_before, m_now - RateWindow::length));
}

void SnapshotStore::settleRates()
{
    for (MetricNode *metric : m_movingMetrics.takeSettled(m_now))
        settleMetric(*metric);
    for (RecorderNode *recorder : m_movingRecorders.takeSettled(m_now))
        settleRecorder(*recorder);
    if (m_movingRecorders.isEmpty())
        m_totals.eventsPerSecond = 0; // exactly, whatever was lost by rounding
}

void SnapshotStore::settleMetric(MetricNode &metric)
{
    NodeChange change{ .recorder = metric.recorder, .metric = &metric, .isRateOnly = true };
    for (int i = 0; i < int(metric.rates.size()); ++i) {
        if (!metric.rates[size_t(i)].settle(m_now))
            continue;
        if (change.lastDimension < 0)
            change.firstDimension = i;
        change.lastDimension = i;
    }
    if (change.lastDimension >= 0)
        m_changes.push_back(change);
}

void SnapshotStore::settleRecorder(RecorderNode &recorder)
{
    const double before = recorder.rate.perSecond();
    if (!recorder.rate.settle(m_now))
        return;
    m_totals.eventsPerSecond -= before;
    m_changes.push_back({ .recorder = &recorder, .isRateOnly = true });
}

namespace {

bool isSameRow(const NodeChange &a, const NodeChange &b)
{
    return a.recorder == b.recorder && a.metric == b.metric;
}

void join(NodeChange &change, const NodeChange &other)
{
    if (change.lastDimension < change.firstDimension) {
        change.firstDimension = other.firstDimension;
        change.lastDimension = other.lastDimension;
    } else if (other.lastDimension >= other.firstDimension) {
        change.firstDimension = std::min(change.firstDimension, other.firstDimension);
        change.lastDimension = std::max(change.lastDimension, other.lastDimension);
    }
    change.isRateOnly = change.isRateOnly && other.isRateOnly;
    change.isMeaning = change.isMeaning || other.isMeaning;
}

} // namespace

// Sorts what changed by row and joins what was noted more than once.
void SnapshotStore::publishChanges()
{
    if (m_changes.empty())
        return;
    std::vector<std::pair<quint64, size_t>> order; // place in the model, place in m_changes
    order.reserve(m_changes.size());
    for (size_t i = 0; i < m_changes.size(); ++i) {
        const NodeChange &change = m_changes[i];
        const auto row = quint64(rowOf(*change.recorder));
        order.emplace_back(row << 32 | quint64(change.metric ? change.metric->row + 1 : 0), i);
    }
    std::sort(order.begin(), order.end());
    std::vector<NodeChange> joined;
    joined.reserve(m_changes.size());
    for (const auto &[place, i] : order) {
        if (!joined.empty() && isSameRow(joined.back(), m_changes[i]))
            join(joined.back(), m_changes[i]);
        else
            joined.push_back(m_changes[i]);
    }
    m_changes.clear();
    m_observer->changed(joined);
}

} // namespace Recorders::Internal
