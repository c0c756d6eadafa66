// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/inspectorsettings_p.h"

#include <QObject>

namespace Recorders::Internal {

class FontZoom;
class RefreshMenu;
class SightWatch;
class SnapshotTreeView;
class SnapshotViews;
struct InspectorActions;

// How the inspector is arranged: columns and order, tree or table, the refresh rate,
// units, the size of text.
class InspectorLayout : public QObject
{
    Q_OBJECT

public:
    InspectorLayout(const InspectorActions &actions, SightWatch *sight, SnapshotViews *views,
                    RefreshMenu *refreshRates, FontZoom *zoom);

    QSettings *settings() const { return m_settings.settings(); }
    void setSettings(QSettings *settings);
    InspectorSettings *kept() { return &m_settings; }

    void save();
    void restore();
    void reset();

private:
    const InspectorActions &m_actions;
    SnapshotViews *const m_views;
    RefreshMenu *const m_refreshRates;
    FontZoom *const m_zoom;
    InspectorSettings m_settings;
};

} // namespace Recorders::Internal
