// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/plotviewport_p.h"

#include <algorithm>

namespace Recorders::Internal {

void PlotViewport::setFrozen(bool frozen)
{
    if (!frozen)
        m_frozen.reset();
    else if (!m_frozen)
        m_frozen = m_now;
}

void PlotViewport::setWindow(Time window)
{
    m_window = std::clamp(window, shortest, longest);
    if (m_end)
        moveEnd(*m_end);
}

void PlotViewport::zoom(double factor, Time anchor)
{
    const Time before = m_window;
    const double wanted = double(before.count()) * factor;
    m_window = std::clamp(Time(Time::rep(wanted)), shortest, longest);
    if (isFollowing())
        return;
    const double share = double((end() - anchor).count()) / double(before.count());
    moveEnd(anchor + Time(Time::rep(share * double(m_window.count()))));
}

void PlotViewport::pan(Time by)
{
    moveEnd(end() + by);
}

// At the end of what there is, it follows again.
void PlotViewport::moveEnd(Time end)
{
    if (m_oldest != Time::min())
        end = std::max(end, m_oldest + m_window / 10);
    if (end >= now())
        m_end.reset();
    else
        m_end = end;
}

} // namespace Recorders::Internal
