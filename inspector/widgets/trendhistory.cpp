// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/trendhistory_p.h"

#include "plot/plottable_p.h"

#include <recorders/core/namespace.h>
#include <recorders/model/snapshotmodel.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Recorders::Internal {

namespace {

QString nameOf(const QModelIndex &row)
{
    constexpr QChar separator(u'\0');
    return row.data(SnapshotModel::EntityIdRole).toString() + separator
            + row.data(SnapshotModel::MetricRole).toString() + separator
            + row.data(SnapshotModel::DimensionRole).toString();
}

double valueOf(const QModelIndex &row)
{
    const QVariant value = row.data(SnapshotModel::ValueRole);
    return isPlottable(value) ? value.toDouble() : std::nan("");
}

// Nothing happens to what is gone, and how many metrics a recorder has is no trend.
bool hasValue(const QModelIndex &row)
{
    using NodeType = SnapshotModel::NodeType;
    return !row.data(SnapshotModel::RemovedRole).toBool()
            && row.data(SnapshotModel::NodeTypeRole).value<NodeType>() != NodeType::Recorder
            && row.data(SnapshotModel::KindRole).value<MetricKind>() != MetricKind::Counter;
}

} // namespace

TrendHistory::TrendHistory(Clock clock)
    : m_clock(std::move(clock))
{
}

TrendHistory::Time TrendHistory::steadyTime()
{
    const auto time = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<Time>(time);
}

// A little early, so that updates that come once a second are all taken.
bool TrendHistory::isDue() const
{
    return now() - m_last >= step * 9 / 10;
}

void TrendHistory::sample(const QModelIndexList &rows)
{
    m_last = now();
    for (const QModelIndex &row : rows)
        add(row, m_last);
    if (m_rows.size() > rowLimit)
        forgetOldest();
}

void TrendHistory::add(const QModelIndex &row, Time now)
{
    const QVariant rate = row.data(SnapshotModel::RateRole);
    if (!rate.isValid() && !hasValue(row))
        return;
    const double value = rate.isValid() ? rate.toDouble() : valueOf(row);
    if (!std::isfinite(value))
        return;
    auto &[isRate, samples] = m_rows[nameOf(row)];
    if (isRate != rate.isValid())
        samples.clear(); // it turned out to be no counter
    isRate = rate.isValid();
    const auto isOver = [now](const Sample &sample) {
        return sample.time < now - length;
    };
    samples.erase(samples.begin(), std::find_if_not(samples.begin(), samples.end(), isOver));
    samples.push_back({ now, value });
}

const std::vector<TrendHistory::Sample> &TrendHistory::samples(const QModelIndex &row) const
{
    static const std::vector<Sample> none;
    const auto found = m_rows.constFind(nameOf(row));
    return found == m_rows.cend() ? none : found->samples;
}

// Half of them, so that it is done rarely.
void TrendHistory::forgetOldest()
{
    std::vector<Time> ends;
    for (const Row &row : std::as_const(m_rows))
        ends.push_back(row.samples.back().time);
    const auto middle = ends.begin() + std::ptrdiff_t(ends.size() / 2);
    std::nth_element(ends.begin(), middle, ends.end());
    m_rows.removeIf(
            [end = *middle](const auto &row) { return row.value().samples.back().time < end; });
    if (m_rows.size() > rowLimit)
        m_rows.clear(); // all in sight at once
}

} // namespace Recorders::Internal
