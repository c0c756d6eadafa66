// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorpace_p.h"

#include "widgets/refreshmenu_p.h"
#include "widgets/snapshotviews_p.h"
#include "widgets/workmeter_p.h"

namespace Recorders::Internal {

InspectorPace::InspectorPace(const WorkMeter &meter, RefreshMenu *menu, SnapshotViews *views)
    : m_meter(meter)
    , m_menu(menu)
    , m_views(views)
{
    m_timer.setTimerType(Qt::PreciseTimer); // else it is late by itself
    connect(&m_timer, &QTimer::timeout, this, &InspectorPace::tick);
    connect(menu, &RefreshMenu::intervalChanged, this, &InspectorPace::setWanted);
    setWanted(menu->interval());
}

void InspectorPace::setActive(bool active)
{
    if (!active)
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start();
    m_pace.restart(m_meter.now(), m_meter.total());
}

QString InspectorPace::text() const
{
    return m_pace.isSlowed()
            ? tr("slowed to %1").arg(RefreshMenu::rateText(int(m_pace.interval().count())))
            : QString();
}

void InspectorPace::setWanted(int milliseconds)
{
    m_pace.setWanted(std::chrono::milliseconds(milliseconds));
    m_pace.restart(m_meter.now(), m_meter.total());
    apply();
}

void InspectorPace::tick()
{
    const auto before = m_pace.interval();
    m_pace.tick(m_meter.now(), m_meter.total());
    if (m_pace.interval() != before)
        apply();
}

void InspectorPace::apply()
{
    m_timer.setInterval(m_pace.interval());
    m_views->setRefreshInterval(int(m_pace.interval().count()));
    m_menu->setSlowed(text());
    Q_EMIT changed();
}

} // namespace Recorders::Internal
