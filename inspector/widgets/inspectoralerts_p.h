// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/thresholdwatch_p.h"

#include <QObject>

class QWidget;

namespace Recorders::Internal {

class InspectorSettings;
class SnapshotViews;
struct InspectorActions;

// Sets thresholds for what is selected, shows what is beyond them, and keeps them from one time to
// the next.
class InspectorAlerts : public QObject
{
    Q_OBJECT

public:
    InspectorAlerts(const InspectorActions &actions, const SnapshotModel *model,
                    SnapshotViews *views, InspectorSettings *settings, QWidget *widget);

    const ThresholdWatch &watch() const { return m_watch; }
    QString summary() const; // empty: nothing is beyond
    void restore();

public Q_SLOTS:
    void showList();

Q_SIGNALS:
    void alertsChanged();
    void markWanted(const QString &name); // once for all that cross together
    void crossed(const Recorders::Internal::Threshold &threshold, const QString &entityId,
                 const QVariant &value);

private:
    QModelIndex selectedValue() const;
    void edit();
    void add(const Threshold &threshold);
    void askForMark(const Threshold &threshold);
    void updateActions();
    void updateViews();
    void save();

    const InspectorActions &m_actions;
    SnapshotViews *const m_views;
    InspectorSettings *const m_settings;
    QWidget *const m_widget;
    ThresholdWatch m_watch;
    QString m_markName; // while one is asked for
};

} // namespace Recorders::Internal
