// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/recorderranking_p.h"

#include "plot/plottable_p.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr std::chrono::milliseconds patience{ 250 };
constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

std::optional<Dimension> dimensionOf(const MetricSnapshot &metric, const QString &name)
{
    const QList<Dimension> dimensions = metric.dimensions();
    const auto found =
            std::find_if(dimensions.begin(), dimensions.end(), [&name](const Dimension &dimension) {
                return name.isEmpty() || dimension.name == name;
            });
    return found == dimensions.end() ? std::nullopt : std::optional(*found);
}

} // namespace

void RecorderRanking::begin(int round, const ComparedValue &value)
{
    m_round = round;
    m_value = value;
    m_entries.clear();
    m_trends.clear();
    m_told.clear();
    m_unit = {};
    m_isCounter = false;
    m_isOthers = true;
    m_collator.setNumericMode(true);
}

void RecorderRanking::setOrder(RankingOrder order)
{
    m_order = order;
    m_told.clear();
    tell(true);
}

void RecorderRanking::setHeld(bool held)
{
    m_isHeld = held;
}

void RecorderRanking::apply(const SnapshotUpdate &update)
{
    const qsizetype before = m_entries.size();
    if (update.isComplete)
        m_entries.clear();
    for (const QString &entityId : update.removed)
        m_entries.remove(entityId);
    for (const RecorderSnapshot &recorder : update.recorders)
        take(recorder);
    m_isOthers = m_isOthers || update.isComplete || !update.removed.isEmpty()
            || m_entries.size() != before;
    if (!isToBeTold(update))
        return;
    m_elapsed = update.time - std::exchange(m_time, update.time);
    tell(true);
}

// Where much changes all the time there is always more.
bool RecorderRanking::isToBeTold(const SnapshotUpdate &update) const
{
    return !update.hasMore || update.time - m_time >= patience;
}

void RecorderRanking::pass()
{
    tell(false);
}

void RecorderRanking::take(const RecorderSnapshot &recorder)
{
    const auto metric = std::find_if(
            recorder.metrics.begin(), recorder.metrics.end(),
            [this](const MetricSnapshot &other) { return other.name() == m_value.metric; });
    const auto dimension = metric == recorder.metrics.end()
            ? std::nullopt
            : dimensionOf(*metric, m_value.dimension);
    if (dimension) {
        m_dimension = dimension->name;
        m_unit = dimension->unit;
        m_isCounter = dimension->kind == MetricKind::Counter;
        const double number =
                isPlottable(dimension->value) ? dimension->value.toDouble() : noNumber;
        m_entries.insert(recorder.entityId, { recorder.entityId, dimension->value, number });
    } else if (metric != recorder.metrics.end() || recorder.isComplete) {
        m_entries.remove(recorder.entityId);
    }
}

// What is no number comes last, whatever the order; what is equal is ordered by name.
bool RecorderRanking::isBefore(const Entry &a, const Entry &b) const
{
    if (m_order == RankingOrder::LargestFirst || m_order == RankingOrder::SmallestFirst) {
        if (std::isnan(a.number) != std::isnan(b.number))
            return std::isnan(b.number);
        if (a.number != b.number && !std::isnan(a.number))
            return (a.number > b.number) == (m_order == RankingOrder::LargestFirst);
    }
    const int order = m_collator.compare(a.entityId, b.entityId);
    const bool isBackwards = m_order == RankingOrder::ByNameBackwards;
    if (order != 0)
        return (order < 0) != isBackwards;
    return (a.entityId < b.entityId) != isBackwards;
}

RecorderRanking::Entries RecorderRanking::first() const
{
    Entries entries;
    entries.reserve(size_t(m_entries.size()));
    for (const Entry &entry : m_entries)
        entries.push_back(&entry);
    const auto end = entries.begin() + std::min(qsizetype(entries.size()), maxRecorders);
    std::partial_sort(entries.begin(), end, entries.end(),
                      [this](const Entry *a, const Entry *b) { return isBefore(*a, *b); });
    entries.erase(end, entries.end());
    return entries;
}

RecorderRanking::Entries RecorderRanking::held() const
{
    Entries entries;
    for (const QString &entityId : m_told) {
        const auto entry = m_entries.constFind(entityId);
        if (entry != m_entries.cend())
            entries.push_back(&*entry);
    }
    return entries;
}

// While nothing changes, the same ones are the first, and new values change no order by name.
bool RecorderRanking::mayMove(bool isChanged) const
{
    const bool isByName =
            m_order == RankingOrder::ByName || m_order == RankingOrder::ByNameBackwards;
    return m_told.isEmpty() || (!m_isHeld && isChanged && (m_isOthers || !isByName));
}

void RecorderRanking::findLargest()
{
    m_largest = 0;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (std::isfinite(entry.number))
            m_largest = std::max(m_largest, std::abs(entry.number));
    }
}

void RecorderRanking::tell(bool isChanged)
{
    ++m_tick;
    const bool isMoving = mayMove(isChanged);
    const Entries entries = isMoving ? first() : held();
    m_isOthers = m_isOthers && !isMoving;
    if (isChanged)
        findLargest();
    Ranking ranking;
    ranking.round = m_round;
    ranking.total = m_entries.size();
    ranking.dimension = m_dimension;
    ranking.unit = m_unit;
    ranking.largest = m_largest;
    m_told.clear();
    for (const Entry *entry : entries) {
        m_told.append(entry->entityId);
        ranking.recorders.append({ entry->entityId, entry->value, trendOf(*entry) });
    }
    m_trends.removeIf([this](auto trend) { return trend->tick + int(trendLength) < m_tick; });
    Q_EMIT ranked(ranking);
}

// It ends at this tick. What is not known is not a number: before it was looked at, and of a counter
// that was reset.
std::vector<double> RecorderRanking::trendOf(const Entry &entry)
{
    const bool isKnown = m_trends.contains(entry.entityId);
    Trend &trend = m_trends[entry.entityId];
    std::vector<double> &points = trend.points;
    points.resize(trendLength, noNumber);
    const int passed = isKnown ? std::min(m_tick - trend.tick, int(trendLength)) : 0;
    points.erase(points.begin(), points.begin() + passed);
    points.resize(trendLength, noNumber);
    if (!m_isCounter)
        points.back() = entry.number;
    else if (isKnown && entry.number >= trend.number && passed == 1)
        points.back() = (entry.number - trend.number) / std::max(m_elapsed.count(), 1e-3);
    trend.number = entry.number;
    trend.tick = m_tick;
    return points;
}

} // namespace Recorders::Internal
