// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/ownedstring_p.h"
#include "core/value/numericvalue_p.h"
#include "model/snapshotstore_p.h"

#include <QHash>
#include <QSet>
#include <QStringView>

#include <algorithm>
#include <iterator>
#include <optional>

namespace Recorders::Internal {

/*
    The metrics of recorders, their dimensions and rates. What is said of rows, order and rates at
    the beginning of snapshotstore.cpp holds here, too.
*/

namespace {

// Of those that have the same names in the same order; false if they do not.
bool findChanges(const NodeDimensions &before, const MetricSnapshotData &after,
                 std::vector<int> *changed)
{
    changed->clear();
    if (before.size() != after.size())
        return false;
    const bool isSameShape = after.shape() && after.shape() == before.data().shape();
    for (int row = 0; row < before.size(); ++row) {
        const DimensionView known = before.at(row);
        const bool isSame = isSameShape ? isSameValue(known.value, after.at(row).value)
                                        : known.isSame(after.at(row));
        if (isSame)
            continue;
        if (!isSameString(known.name, after.at(row).name))
            return false;
        changed->push_back(row);
    }
    return true;
}

using Ranges = std::vector<DimensionRows>;

void append(Ranges *ranges, int row)
{
    if (!ranges->empty() && ranges->back().last == row - 1)
        ranges->back().last = row;
    else
        ranges->push_back({ row, row });
}

// What there is more of in one list, if all the others follow each other as in the other list.
template <typename Fewer, typename More>
std::optional<Ranges> additionsTo(const Fewer &fewer, const More &more)
{
    Ranges ranges;
    int next = 0;
    for (int row = 0; row < int(more.size()); ++row) {
        if (next < int(fewer.size()) && isSameString(fewer.at(next).name, more.at(row).name))
            ++next;
        else
            append(&ranges, row);
    }
    return next == int(fewer.size()) ? std::optional(ranges) : std::nullopt;
}

// What has to go so that all the others follow each other as they do then. Of what changes places,
// all.
Ranges goneFrom(const NodeDimensions &before, const QList<Dimension> &after)
{
    QHash<QStringView, int> places;
    places.reserve(after.size());
    for (int row = 0; row < int(after.size()); ++row)
        places.insert(after.at(row).name, row);
    Ranges gone;
    int last = -1;
    for (int row = 0; row < before.size(); ++row) {
        const int place = places.value(before.at(row).name, -1);
        if (place < 0)
            append(&gone, row);
        else if (place < last)
            return { { 0, before.size() - 1 } };
        else
            last = place;
    }
    return gone;
}

// To tell of more ranges, each with the rows behind it, takes longer than to begin anew.
constexpr size_t maxRanges = 64;

ValueRate::Fall fallTo(const DimensionView &dimension)
{
    if (dimension.kind == MetricKind::Counter)
        return ValueRate::Fall::Restart;
    return toDouble(dimension.value) == 0 ? ValueRate::Fall::ToZero : ValueRate::Fall::ToAnother;
}

} // namespace

// ---- Metrics

void SnapshotStore::insertMetric(RecorderNode &recorder, const MetricSnapshot &snapshot, size_t row)
{
    auto metric = std::make_unique<MetricNode>(&recorder, snapshot, m_now, m_wallTime);
    m_totals.quarantined += quarantinedOf(snapshot.state());
    m_observer->beginInsertMetric(recorder, int(row), int(metric->dimensions.size()));
    recorder.metrics.insert(recorder.metrics.begin() + std::ptrdiff_t(row), std::move(metric));
    for (size_t i = row; i < recorder.metrics.size(); ++i)
        recorder.metrics[i]->row = int(i);
    m_observer->endInsertMetric();
}

void SnapshotStore::forget(MetricNode &metric)
{
    if (!metric.recorder->isRemoved)
        m_totals.quarantined -= quarantinedOf(metric.state());
    m_movingMetrics.forget(&metric);
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
    QSet<QString> names;
    for (const MetricSnapshot &metric : kept)
        names.insert(metric.name());
    for (size_t row = recorder.metrics.size(); row-- > 0;) {
        if (!names.contains(recorder.metrics[row]->name()))
            removeMetric(recorder, row);
    }
}

void SnapshotStore::updateMetric(MetricNode &metric, const MetricSnapshot &told)
{
    const MetricSnapshotData &before = metric.dimensions.data();
    const MetricSnapshot snapshot = SnapshotAccess::squeezed(told, before.shape());
    const MetricSnapshotData &after = SnapshotAccess::data(snapshot);
    const bool hasSameRows = findChanges(metric.dimensions, after, &m_changedRows);
    NodeChange change{ .recorder = metric.recorder, .metric = &metric };
    change.isMeaning = !hasSameRows || !isSameString(before.description(), after.description());
    change.isState = before.state() != after.state() || before.errorString() != after.errorString();
    const bool isSame = hasSameRows && m_changedRows.empty() && !change.isMeaning && !change.isState
            && before.distributions().all() == after.distributions().all();
    if (isSame)
        return;

    if (!hasSameRows) {
        updateDimensionRows(metric, snapshot.dimensions());
        findChanges(metric.dimensions, after, &m_changedRows);
    }
    updateValues(metric, after, &change);
    m_totals.quarantined += quarantinedOf(after.state()) - quarantinedOf(before.state());
    metric.dimensions.set(snapshot);
    metric.lastChanged = m_wallTime;
    m_changes.push_back(change);
    settleMetric(metric); // other values of it may have come to rest
    publishChanges();
}

// Of the rows in m_changedRows.
void SnapshotStore::updateValues(MetricNode &metric, const MetricSnapshotData &snapshot,
                                 NodeChange *change)
{
    if (m_changedRows.empty())
        return;
    change->firstDimension = m_changedRows.front();
    change->lastDimension = m_changedRows.back();
    for (const int row : m_changedRows) {
        const DimensionView before = metric.dimensions.at(row);
        const DimensionView after = snapshot.at(row);
        change->isMeaning = change->isMeaning || before.unit != after.unit
                || before.kind != after.kind || before.value.metaType() != after.value.metaType();
        updateRate(metric, row, after);
    }
}

// ---- Dimensions

void SnapshotStore::updateDimensionRows(MetricNode &metric, const QList<Dimension> &dimensions)
{
    const auto beginAnew = [&] {
        removeDimensions(metric, { 0, metric.dimensions.size() - 1 });
        return Ranges{ { 0, int(dimensions.size()) - 1 } };
    };
    std::optional<Ranges> added = additionsTo(metric.dimensions, dimensions);
    if (!added) {
        const std::optional<Ranges> removed = additionsTo(dimensions, metric.dimensions);
        const Ranges gone = removed ? *removed : goneFrom(metric.dimensions, dimensions);
        if (gone.size() <= maxRanges) {
            std::for_each(gone.rbegin(), gone.rend(),
                          [&](DimensionRows rows) { removeDimensions(metric, rows); });
            added = additionsTo(metric.dimensions, dimensions);
        }
    }
    if (!added || added->size() > maxRanges)
        added = beginAnew();
    for (DimensionRows rows : *added)
        insertDimensions(metric, rows, dimensions);
    metric.settleRates();
}

void SnapshotStore::removeDimensions(MetricNode &metric, DimensionRows rows)
{
    if (rows.count() == 0)
        return;
    m_observer->beginRemoveDimensions(metric, rows.first, rows.last);
    metric.dimensions.remove(rows);
    if (!metric.rates.empty())
        metric.rates.erase(metric.rates.begin() + rows.first, metric.rates.begin() + rows.last + 1);
    m_observer->endRemoveDimensions();
}

void SnapshotStore::insertDimensions(MetricNode &metric, DimensionRows rows,
                                     const QList<Dimension> &coming)
{
    if (rows.count() == 0)
        return;
    m_observer->beginInsertDimensions(metric, rows.first, rows.last);
    metric.dimensions.insert(rows, coming);
    m_observer->endInsertDimensions();
}

void SnapshotStore::updateRate(MetricNode &metric, int row, const DimensionView &after)
{
    const DimensionView before = metric.dimensions.at(row);
    if (!mayHaveRate(after) || !mayHaveRate(before)) {
        if (!metric.rates.empty())
            metric.rates[size_t(row)] = ValueRate();
        return;
    }
    if (isSameValue(before.value, after.value))
        return;
    if (metric.rates.empty())
        metric.rates.resize(size_t(metric.dimensions.size()));
    ValueRate &rate = metric.rates[size_t(row)];
    if (rate.isGauge())
        return;
    if (const std::optional<Growth> growth = Growth::between(before, after))
        rate.grow(referenceTime(metric.since), *growth, m_now);
    else
        rate.fall(m_now, fallTo(after), !isFloatingPoint(after.value));
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

// What the values are from now on says all of their rates, and they may be compared with others.
void SnapshotStore::stopMetricRates(RecorderNode &recorder)
{
    for (const auto &metric : recorder.metrics) {
        publishChanges();
        metric->since = m_now;
        m_movingMetrics.forget(metric.get());
        const bool isMoving = !metric->rates.empty();
        metric->rates.clear();
        if (!isMoving && m_mark.isNull())
            continue;
        const int last = int(metric->dimensions.size()) - 1;
        m_changes.push_back({ .recorder = &recorder,
                              .metric = metric.get(),
                              .lastDimension = last,
                              .isRateOnly = m_mark.isNull() });
    }
}

void SnapshotStore::settleRates()
{
    std::vector<RecorderNode *> recorders = m_movingRecorders.takeSettled(m_now);
    sortByPlace(recorders, [this](const RecorderNode *r) { return placeOf(*r, nullptr); });
    for (size_t i = 0; i < recorders.size(); ++i) {
        fetchForSettling(std::span(recorders).subspan(i));
        settleRecorder(*recorders[i]);
        publishChanges();
    }
    std::vector<MetricNode *> metrics = m_movingMetrics.takeSettled(m_now);
    fetchRecordersOf(metrics);
    sortByPlace(metrics, [this](const MetricNode *m) { return placeOf(*m->recorder, m); });
    for (size_t i = 0; i < metrics.size(); ++i) {
        fetchForSettling(std::span(metrics).subspan(i));
        settleMetric(*metrics[i]);
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
