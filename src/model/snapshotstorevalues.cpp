// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/numericvalue_p.h"
#include "model/snapshotstore_p.h"

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

/*
    The metrics of recorders, their dimensions and rates. What is said of rows, order and rates at
    the beginning of snapshotstore.cpp holds here, too.
*/

namespace {

bool haveSameNames(const QList<Dimension> &a, const QList<Dimension> &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(),
                      [](const Dimension &x, const Dimension &y) {
                          const bool isShared = x.name.constData() == y.name.constData()
                                  && x.name.size() == y.name.size();
                          return isShared || x.name == y.name;
                      });
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

// ---- Metrics

void SnapshotStore::insertMetric(RecorderNode &recorder, const MetricSnapshot &snapshot, size_t row)
{
    auto metric = std::make_unique<MetricNode>(&recorder, snapshot, m_now, m_wallTime);
    m_totals.quarantined += quarantinedOf(snapshot);
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
        const QString &name = recorder.metrics[row]->name;
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
    change.isState = metric.snapshot.state() != snapshot.state()
            || metric.snapshot.errorString() != snapshot.errorString();
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
    m_totals.quarantined += quarantinedOf(snapshot) - quarantinedOf(metric.snapshot);
    metric.snapshot = snapshot;
    metric.dimensions = dimensions;
    metric.lastChanged = m_wallTime;
    m_changes.push_back(change);
    settleMetric(metric); // other values of it may have come to rest
    publishChanges();
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
    const double from = toDouble(before.value);
    const double to = toDouble(after.value);
    if (to < from)
        rate.fall(m_now, to, after.kind == MetricKind::Counter);
    else
        rate.grow(referenceTime(metric.since), from, m_now, to);
    if (rate.isMoving())
        m_movingMetrics.move(&metric, m_now);
}

// ---- Rates and notification

namespace {

template <typename Node, typename Place>
void sortByPlace(std::vector<Node *> &nodes, Place placeOf)
{
    std::vector<std::pair<quint64, Node *>> places;
    places.reserve(nodes.size());
    for (Node *node : nodes)
        places.emplace_back(placeOf(node), node);
    std::sort(places.begin(), places.end());
    std::transform(places.cbegin(), places.cend(), nodes.begin(),
                   [](const auto &place) { return place.second; });
}

} // namespace

// Rows of the tree from top to bottom.
quint64 SnapshotStore::placeOf(const RecorderNode &recorder, const MetricNode *metric) const
{
    return quint64(rowOf(recorder)) << 32 | quint64(metric ? metric->row + 1 : 0);
}

// Since when the value that is replaced now was what it was: at least since it was seen last, and
// if it has been known for longer than a window, for as long as that.
SnapshotStore::Time SnapshotStore::referenceTime(Time since) const
{
    return std::max(since, std::min(m_before, m_now - RateWindow::length));
}

void SnapshotStore::settleRates()
{
    std::vector<RecorderNode *> recorders = m_movingRecorders.takeSettled(m_now);
    sortByPlace(recorders, [this](const RecorderNode *r) { return placeOf(*r, nullptr); });
    for (RecorderNode *recorder : recorders) {
        settleRecorder(*recorder);
        publishChanges();
    }
    std::vector<MetricNode *> metrics = m_movingMetrics.takeSettled(m_now);
    sortByPlace(metrics, [this](const MetricNode *m) { return placeOf(*m->recorder, m); });
    for (MetricNode *metric : metrics) {
        settleMetric(*metric);
        publishChanges();
    }
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
    change.isState = change.isState || other.isState;
    change.isMeaning = change.isMeaning || other.isMeaning;
}

} // namespace

// Adjacent rows of recorders, or a metric that may have been noted more than once.
void SnapshotStore::publishChanges()
{
    if (m_changes.empty())
        return;
    auto last = m_changes.begin();
    for (auto next = last + 1; next != m_changes.end(); ++next) {
        if (isSameRow(*last, *next))
            join(*last, *next);
        else
            *++last = *next;
    }
    m_changes.erase(last + 1, m_changes.end());
    m_observer->changed(m_changes);
    m_changes.clear();
}

} // namespace Recorders::Internal
