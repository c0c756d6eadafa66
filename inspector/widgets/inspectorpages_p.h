// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

class QStackedWidget;

namespace Recorders {
class SnapshotModel;
}

namespace Recorders::Internal {

class EmptyState;
class SnapshotViews;
class SourceState;

// Shows the rows that there are, or explains why there are none.
class InspectorPages : public QObject
{
    Q_OBJECT

public:
    InspectorPages(QStackedWidget *stack, SnapshotViews *views, const SnapshotModel &model,
                   const SourceState &state);

    void update();

Q_SIGNALS:
    void rowsShown(bool shown);
    void clearSearchClicked();

private:
    void showPage(QWidget *page);
    void showNothingMatches();

    QStackedWidget *const m_stack;
    SnapshotViews *const m_views;
    const SnapshotModel &m_model;
    const SourceState &m_state;
    EmptyState *const m_empty;
};

} // namespace Recorders::Internal
