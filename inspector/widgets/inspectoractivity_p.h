// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/pauseclock_p.h"

#include <QObject>

namespace Recorders::Internal {

class DetailPane;
class SightWatch;
class SnapshotViews;
struct InspectorActions;

// Whether what is shown goes on: not while it is paused by hand, nor while nobody sees it.
class InspectorActivity : public QObject
{
    Q_OBJECT

public:
    InspectorActivity(InspectorActions *actions, SightWatch *sight, SnapshotViews *views,
                      DetailPane *detail);

    bool isPaused() const { return m_isPaused; } // by hand
    bool isLive() const; // it is seen, and goes on
    QString text() const { return m_clock->text(); } // how far behind it is
    void setUpdated(); // while it is paused, too

Q_SIGNALS:
    void changed(); // or time goes by while it is paused
    void liveChanged(bool live);

private:
    void setPaused(bool paused);
    void update();

    InspectorActions *const m_actions;
    SightWatch *const m_sight;
    SnapshotViews *const m_views;
    DetailPane *const m_detail;
    PauseClock *const m_clock;
    bool m_isPaused = false;
};

} // namespace Recorders::Internal
