// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/refreshpace_p.h"

#include <QObject>
#include <QTimer>

namespace Recorders::Internal {

class RefreshMenu;
class SnapshotViews;
class WorkMeter;

// Refreshes as often as the menu says, or as the GUI thread can keep up with.
class InspectorPace : public QObject
{
    Q_OBJECT

public:
    InspectorPace(const WorkMeter &meter, RefreshMenu *menu, SnapshotViews *views);

    void setActive(bool active); // else nothing is refreshed
    QString text() const; // "slowed to 4 Hz", or nothing

Q_SIGNALS:
    void changed();

private:
    void setWanted(int milliseconds);
    void tick();
    void apply();

    const WorkMeter &m_meter;
    RefreshMenu *const m_menu;
    SnapshotViews *const m_views;
    RefreshPace m_pace;
    QTimer m_timer;
};

} // namespace Recorders::Internal
