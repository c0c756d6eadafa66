// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectoractivity_p.h"

#include "widgets/detailpane_p.h"
#include "widgets/inspectoractions_p.h"
#include "widgets/sightwatch_p.h"
#include "widgets/snapshotviews_p.h"

namespace Recorders::Internal {

InspectorActivity::InspectorActivity(InspectorActions *actions, SightWatch *sight,
                                     SnapshotViews *views, DetailPane *detail)
    : m_actions(actions)
    , m_sight(sight)
    , m_views(views)
    , m_detail(detail)
    , m_clock(new PauseClock(sight))
{
    connect(actions->pause, &QAction::toggled, this, &InspectorActivity::setPaused);
    connect(sight, &SightWatch::seenChanged, this, &InspectorActivity::update);
    connect(m_clock, &PauseClock::ticked, this, &InspectorActivity::changed);
    views->setPaused(true); // until it is shown
}

bool InspectorActivity::isLive() const
{
    return !m_isPaused && m_sight->isSeen();
}

// It was asked for by hand, and is up to date for now.
void InspectorActivity::setUpdated()
{
    if (m_isPaused)
        m_clock->start();
}

void InspectorActivity::setPaused(bool paused)
{
    if (paused)
        m_views->lookOnceMore();
    m_isPaused = paused;
    m_actions->setPaused(paused);
    if (paused)
        m_clock->start();
    else
        m_clock->stop();
    update();
    Q_EMIT changed();
}

// What nobody sees costs nothing.
void InspectorActivity::update()
{
    const bool isSeen = m_sight->isSeen();
    m_views->setPaused(m_isPaused || !isSeen);
    m_clock->setTicking(isSeen);
    m_detail->setPaused(m_isPaused);
    m_detail->setSeen(isSeen);
    Q_EMIT liveChanged(isLive());
}

} // namespace Recorders::Internal
