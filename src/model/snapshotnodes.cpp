// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshotnodes_p.h"

#include "model/naturalorder_p.h"
#include "core/numericvalue_p.h"

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

void ValueRate::grow(Time then, double before, Time now, double after)
{
    if (!m_window)
        m_window.emplace(then, before);
    m_window->add(now, after);
    m_perSecond = m_window->perSecond(now);
    m_isRestarted = false;
}

// A counter starts again from where it is; anything else that falls was no counter.
void ValueRate::fall(Time now, double after, bool isCounter)
{
    m_perSecond = 0;
    m_window.reset();
    m_isRestarted = isCounter;
    m_isFluctuating = !isCounter;
    if (isCounter)
        m_window.emplace(now, after);
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
    : key(owner->key.table(), this)
    , recorder(owner)
    , name(first.name())
    , snapshot(first)
    , dimensions(first.dimensions())
    , since(now)
    , lastChanged(wallTime)
{
}

std::optional<double> MetricNode::rate(int dimension) const
{
    if (!mayHaveRate(dimensions.at(dimension)))
        return {};
    if (rates.empty())
        return 0;
    const ValueRate &rate = rates[size_t(dimension)];
    if (rate.isFluctuating() || rate.isRestarted())
        return {};
    return rate.perSecond();
}

bool MetricNode::isRestarted(int dimension) const
{
    return !rates.empty() && rates[size_t(dimension)].isRestarted();
}

bool mayHaveRate(const Dimension &dimension)
{
    return (dimension.kind == MetricKind::Counter || dimension.kind == MetricKind::Unspecified)
            && isNumber(dimension.value)
            && (!isFloatingPoint(dimension.value) || std::isfinite(toDouble(dimension.value)));
}

bool isMetricBefore(const std::unique_ptr<MetricNode> &node, QStringView name)
{
    return compareNaturally(node->name, name) < 0;
}

qsizetype quarantinedOf(const MetricSnapshot &metric)
{
    return metric.state() == MetricState::Quarantined ? 1 : 0;
}

qsizetype quarantinedOf(const RecorderNode &recorder)
{
    return std::count_if(recorder.metrics.cbegin(), recorder.metrics.cend(),
                         [](const auto &metric) { return quarantinedOf(metric->snapshot) > 0; });
}

} // namespace Recorders::Internal
