// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/inspectoractions_p.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
QT_END_NAMESPACE

namespace Recorders::Internal {

class RowExport;
class SnapshotViews;

// What actions do with the rows that are shown, but for the search.
class InspectorCommands : public QObject
{
    Q_OBJECT

public:
    InspectorCommands(const InspectorActions &actions, SnapshotViews *views, QWidget *widget);

    void cancel(); // what goes on

Q_SIGNALS:
    void progressed(const QString &text); // empty: nothing goes on
    void reported(const QString &message); // what came of it

private:
    void connectRows();
    void connectOutput();
    void exportRows(const QAbstractItemModel *model);
    void updateEnabled();

    const InspectorActions &m_actions;
    SnapshotViews *const m_views;
    RowExport *const m_export;
};

} // namespace Recorders::Internal
