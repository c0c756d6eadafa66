// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotnodes_p.h"

#include "core/platform/ownedstring_p.h"
#include "core/value/numericvalue_p.h"
#include "model/naturalorder_p.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace Recorders::Internal {

// Not by the assignment of the window: that of a QVarLengthArray leaks what it had allocated, with
// Qt 6.4.
ValueRate &ValueRate::operator=(ValueRate &&other) noexcept
{
    m_window.reset();
    if (other.m_window)
        m_window.emplace(std::move(*other.m_window));
    m_perSecond = other.m_perSecond;
    m_isRestarted = other.m_isRestarted;
    m_doubt = other.m_doubt;
    return *this;
}

void ValueRate::grow(Time then, const Growth &growth, Time now)
{
    if (!m_window || m_window->isWhole() != growth.isWhole())
        m_window.emplace(then, growth.isWhole());
    m_window->add(now, growth);
    m_perSecond = m_window->perSecond(now);
    m_isRestarted = false;
    if (m_doubt == Doubt::IsZero)
        m_doubt = Doubt::GrewOnce;
    else if (m_doubt == Doubt::GrewOnce)
        m_doubt = Doubt::None;
}

// A counter starts again from where it is. What does not say what it is may be one that was reset, if
// it falls to 0: it has a rate again once it grew twice.
void ValueRate::fall(Time now, Fall fall, bool isWhole)
{
    m_perSecond = 0;
    m_window.reset();
    m_isRestarted = fall == Fall::Restart;
    if (fall == Fall::ToZero)
        m_doubt = Doubt::IsZero;
    if (fall == Fall::ToAnother)
        m_doubt = Doubt::Settled;
    else
        m_window.emplace(now, isWhole);
}

bool ValueRate::settle(Time now)
{
    if (!m_window || !m_window->isSettled(now))
        return false;
    m_perSecond = 0;
    m_window.reset();
    m_isRestarted = false;
    return true;
}

MetricNode::MetricNode(RecorderNode *owner, const MetricSnapshot &first, RateWindow::Time now,
                       qint64 wallTime)
    : key(owner->key.table()->add(this))
    , recorder(owner)
    , dimensions(first)
    , since(now)
    , lastChanged(wallTime)
{
}

MetricNode::~MetricNode()
{
    recorder->key.table()->remove(key);
}

std::optional<double> MetricNode::rate(int dimension) const
{
    if (!mayHaveRate(dimensions.at(dimension)))
        return {};
    const ValueRate *const rate = rateOf(dimension);
    if (rate && (rate->hasNone() || rate->isRestarted()))
        return {};
    return rate ? rate->perSecond() : 0;
}

bool MetricNode::isRestarted(int dimension) const
{
    const ValueRate *const rate = rateOf(dimension);
    return rate && rate->isRestarted();
}

const ValueRate *MetricNode::rateOf(int dimension) const
{
    const bool isSettled = int(rates.size()) == dimensions.size();
    const int place = isSettled ? dimension : dimensions.placeOf(dimension);
    return rates.empty() || place < 0 ? nullptr : &rates[size_t(place)];
}

void MetricNode::settleRates()
{
    if (rates.empty())
        return;
    std::vector<ValueRate> settled(size_t(dimensions.size()));
    for (int i = 0; i < dimensions.size(); ++i) {
        if (const int place = dimensions.placeOf(i); place >= 0)
            settled[size_t(i)] = std::move(rates[size_t(place)]);
    }
    rates = std::move(settled);
}

std::unique_ptr<RecorderNode> RecorderNode::of(const RecorderSnapshot &snapshot, NodeTable *table,
                                               RateWindow::Time now, qint64 wallTime)
{
    auto recorder = std::make_unique<RecorderNode>(table);
    recorder->entityId = owned(snapshot.entityId);
    recorder->generation = snapshot.generation;
    recorder->resets = snapshot.resets;
    recorder->state = snapshot.state;
    recorder->statistics = snapshot.statistics;
    recorder->error = snapshot.error;
    recorder->isBehind = snapshot.detail != SnapshotDetail::Metrics;
    recorder->since = now;
    recorder->lastChanged = wallTime;
    recorder->metrics.reserve(size_t(snapshot.metrics.size()));
    for (const MetricSnapshot &metric : snapshot.metrics)
        recorder->metrics.push_back(
                std::make_unique<MetricNode>(recorder.get(), metric, now, wallTime));
    std::sort(recorder->metrics.begin(), recorder->metrics.end(),
              [](const auto &a, const auto &b) { return isMetricBefore(a, b->name()); });
    for (size_t row = 0; row < recorder->metrics.size(); ++row)
        recorder->metrics[row]->row = int(row);
    return recorder;
}

bool mayHaveRate(const DimensionView &dimension)
{
    return (dimension.kind == MetricKind::Counter || dimension.kind == MetricKind::Unspecified)
            && isNumber(dimension.value)
            && (!isFloatingPoint(dimension.value) || std::isfinite(toDouble(dimension.value)));
}

bool isMetricBefore(const std::unique_ptr<MetricNode> &node, QStringView name)
{
    return compareNaturally(node->name(), name) < 0;
}

// To compare names in their order takes longer than to find them equal.
std::size_t metricRow(const RecorderNode &recorder, const QString &name, std::size_t expected)
{
    const auto &metrics = recorder.metrics;
    if (expected < metrics.size() && isSameString(metrics[expected]->name(), name))
        return expected;
    const auto place =
            std::lower_bound(metrics.cbegin(), metrics.cend(), QStringView(name), isMetricBefore);
    return std::size_t(place - metrics.cbegin());
}

qsizetype quarantinedOf(MetricState state)
{
    return state == MetricState::Quarantined ? 1 : 0;
}

qsizetype quarantinedOf(const RecorderNode &recorder)
{
    return std::count_if(recorder.metrics.cbegin(), recorder.metrics.cend(),
                         [](const auto &metric) { return quarantinedOf(metric->state()) > 0; });
}

} // namespace Recorders::Internal
