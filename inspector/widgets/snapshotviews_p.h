// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/snapshotpage_p.h"
#include "widgets/trendhistory_p.h"

#include <recorders/model/snapshottablemodel.h>

#include <QTimer>

#include <functional>
#include <memory>

class QStackedWidget;

namespace Recorders {
class SnapshotModel;
}

namespace Recorders::Internal {

class ColumnChoice;
class WorkMeter;

// The tree of all snapshots, and the table of their values: one of them is shown. The table is
// made when it is wanted for the first time.
class SnapshotViews : public QObject
{
    Q_OBJECT

public:
    SnapshotViews(SnapshotModel *model, ColumnChoice *columns, QStackedWidget *stack);

    SnapshotTreeView *view() const { return m_current->view(); } // the one that is shown
    InspectorRows *filter() const { return m_current->filter(); }
    SnapshotPage *tree() { return &m_tree; }

    QList<QStringList> selectedPaths() const { return m_current->selectedPaths(); }
    bool isTable() const { return m_current != &m_tree; }
    void setTable(bool table);

    void setFilterText(const QString &text);
    void setPaused(bool paused);
    void lookOnceMore(); // at all rows, before it is paused
    // Calls back once the rows are up to date, also those that nobody sees.
    void whenWhole(QObject *context, const std::function<void()> &then);
    void setBytePrefix(BytePrefix bytes);
    void setFrozen(bool frozen); // for a moment; nothing is lost
    void setDimmed(bool dimmed);
    void refresh();
    int refreshInterval() const; // ms
    void measureBy(WorkMeter *meter); // what updates take
    void setRefreshInterval(int milliseconds);

    QList<SnapshotTreeView *> views() const; // that there are
    ColumnChoice *columns() const { return m_columns; }
    const TrendHistory &trends() const { return m_trends; }
    void setMark(const SnapshotMark &mark);
    int removedCount() const; // tree and table are not told at the same moment
    void clearRemoved();

Q_SIGNALS:
    void tableMade();
    void switched();
    void updated(); // the table
    void busyChanged(bool busy); // these: of what is shown
    void counted();
    void errorChanged();
    void holdOrderChanged(bool hold);
    void selectionChanged();

private:
    void makeTable();
    void setUp(SnapshotPage *page);
    void sampleTrends(const SnapshotPage &page);
    void connectPage(SnapshotPage *page);
    void tellSelection();
    void updateActivity();

    SnapshotModel *const m_model;
    QStackedWidget *const m_stack;
    ColumnChoice *const m_columns;
    TrendHistory m_trends;
    QTimer m_deselected; // rows that go one by one are told of together
    SnapshotPage m_tree;
    SnapshotTableModel m_tableModel;
    std::unique_ptr<SnapshotPage> m_table;
    SnapshotPage *m_current = &m_tree;
    bool m_isPaused = false;
    bool m_isFrozen = false;
};

} // namespace Recorders::Internal
