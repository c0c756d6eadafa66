// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/pinmodel_p.h"

#include <QObject>

class QAction;

namespace Recorders::Internal {

class InspectorSettings;
class PinStrip;
class SnapshotViews;

// Pins what is selected, and keeps what is pinned from one time to the next.
class InspectorPins : public QObject
{
    Q_OBJECT

public:
    InspectorPins(QAction *action, const SnapshotModel *model, SnapshotViews *views,
                  InspectorSettings *settings, QWidget *parent);

    PinStrip *strip() const { return m_strip; }
    void restore();

private:
    QList<QStringList> selectedPaths() const;
    void toggle();
    void updateAction();
    void save();

    QAction *const m_action;
    SnapshotViews *const m_views;
    InspectorSettings *const m_settings;
    PinModel m_model;
    PinStrip *const m_strip;
};

} // namespace Recorders::Internal
