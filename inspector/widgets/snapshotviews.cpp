// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/snapshotviews_p.h"

#include "widgets/columnchoice_p.h"
#include "widgets/wholemodel_p.h"
#include "widgets/workmeter_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QAction>
#include <QItemSelectionModel>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

SnapshotViews::SnapshotViews(SnapshotModel *model, ColumnChoice *columns, QStackedWidget *stack)
    : m_model(model)
    , m_stack(stack)
    , m_columns(columns)
    , m_tree(model, SnapshotTreeView::Shape::Tree, stack)
{
    m_deselected.setSingleShot(true);
    m_deselected.setInterval(0);
    connect(&m_deselected, &QTimer::timeout, this, &SnapshotViews::selectionChanged);
    m_tree.view()->setObjectName(QStringLiteral("tree"));
    m_stack->addWidget(m_tree.view());
    m_model->setMetricsOnDemand(true);
    m_model->setKeepRemoved(true);
    m_tableModel.setKeepRemoved(true);
    m_tableModel.setPaused(true); // until it is shown
    setUp(&m_tree);
    connect(model, &SnapshotModel::updated, this, [this] { sampleTrends(m_tree); });
}

void SnapshotViews::setTable(bool table)
{
    if (isTable() == table)
        return;
    if (!m_table)
        makeTable();
    SnapshotPage *const before = std::exchange(m_current, table ? m_table.get() : &m_tree);
    const bool hadFocus = before->view()->hasFocus();
    m_stack->setCurrentWidget(view());
    if (hadFocus)
        view()->setFocus();
    filter()->setFilterText(before->filter()->filterText());
    updateActivity();
    // What is paused was never told, or is as old as the last look at it.
    if (table && m_isPaused)
        m_tableModel.refresh();
    m_current->selectPaths(before->selectedPaths());
    Q_EMIT switched();
}

void SnapshotViews::makeTable()
{
    m_tableModel.setSource(m_model->source());
    m_tableModel.setRefreshInterval(m_model->refreshInterval());
    m_tableModel.setMark(m_model->mark());
    m_table =
            std::make_unique<SnapshotPage>(&m_tableModel, SnapshotTreeView::Shape::Table, m_stack);
    m_table->view()->setObjectName(QStringLiteral("table"));
    m_table->view()->addActions(m_tree.view()->actions());
    m_table->view()->setContextMenuPolicy(m_tree.view()->contextMenuPolicy());
    m_stack->addWidget(m_table->view());
    setUp(m_table.get());
    connect(&m_tableModel, &SnapshotTableModel::updated, this, [this] {
        sampleTrends(*m_table);
        Q_EMIT updated();
    });
    Q_EMIT tableMade();
}

void SnapshotViews::setUp(SnapshotPage *page)
{
    page->view()->setTrends(&m_trends);
    page->view()->showColumns(*m_columns);
    connect(m_columns, &ColumnChoice::changed, page->view(),
            [this, page] { page->view()->showColumns(*m_columns); });
    connectPage(page);
}

// Of what is in sight, and as long as somebody wants to see it.
void SnapshotViews::sampleTrends(const SnapshotPage &page)
{
    const bool isSeen = &page == m_current && page.view()->isVisible();
    if (isSeen && m_columns->isShown(InspectorRows::TrendRole) && m_trends.isDue())
        m_trends.sample(page.view()->rowsInSight());
}

void SnapshotViews::setMark(const SnapshotMark &mark)
{
    m_model->setMark(mark);
    m_tableModel.setMark(mark);
}

int SnapshotViews::removedCount() const
{
    return std::max(m_model->removedCount(), m_tableModel.removedCount());
}

void SnapshotViews::clearRemoved()
{
    m_model->clearRemoved();
    m_tableModel.clearRemoved();
}

void SnapshotViews::connectPage(SnapshotPage *page)
{
    const auto pass = [this, page](auto signal) {
        return [this, page, signal](auto... arguments) {
            if (page == m_current)
                Q_EMIT(this->*signal)(arguments...);
        };
    };
    SnapshotFilterModel *filter = page->filter();
    connect(filter, &SnapshotFilterModel::busyChanged, this, pass(&SnapshotViews::busyChanged));
    connect(filter, &SnapshotFilterModel::holdOrderChanged, this,
            pass(&SnapshotViews::holdOrderChanged));
    for (auto changed :
         { &SnapshotFilterModel::hitCountChanged, &SnapshotFilterModel::searchedCountChanged })
        connect(filter, changed, this, [send = pass(&SnapshotViews::counted)] { send(); });
    connect(filter, &SnapshotFilterModel::errorStringChanged, this,
            [send = pass(&SnapshotViews::errorChanged)] { send(); });
    connect(page->view()->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this, page] {
                if (page == m_current)
                    tellSelection();
            });
}

// Thousands of selected rows may go one by one.
void SnapshotViews::tellSelection()
{
    if (!filter()->isLosingRows()) {
        m_deselected.stop();
        Q_EMIT selectionChanged();
    } else if (!m_deselected.isActive()) {
        m_deselected.start();
    }
}

void SnapshotViews::setFilterText(const QString &text)
{
    filter()->setFilterText(text);
}

void SnapshotViews::setPaused(bool paused)
{
    m_isPaused = paused;
    updateActivity();
}

// What is expanded afterwards is of that moment, too.
void SnapshotViews::lookOnceMore()
{
    if (!m_isPaused && m_model->isPartial())
        m_model->refresh();
}

void SnapshotViews::whenWhole(QObject *context, const std::function<void()> &then)
{
    if (isTable())
        then();
    else
        Internal::whenWhole(m_model, context, then);
}

void SnapshotViews::setFrozen(bool frozen)
{
    m_isFrozen = frozen;
    updateActivity();
}

// The tree goes on behind the table: the totals are its.
void SnapshotViews::updateActivity()
{
    const bool isPaused = m_isPaused || m_isFrozen;
    m_model->setPaused(isPaused);
    m_tableModel.setPaused(isPaused || !isTable());
}

void SnapshotViews::setBytePrefix(BytePrefix bytes)
{
    m_model->setBytePrefix(bytes);
    m_tableModel.setBytePrefix(bytes);
}

void SnapshotViews::setDimmed(bool dimmed)
{
    view()->setDimmed(dimmed);
}

int SnapshotViews::refreshInterval() const
{
    return m_model->refreshInterval();
}

void SnapshotViews::setRefreshInterval(int milliseconds)
{
    m_model->setRefreshInterval(milliseconds);
    m_tableModel.setRefreshInterval(milliseconds);
}

void SnapshotViews::measureBy(WorkMeter *meter)
{
    meter->watchUpdates(m_model);
    meter->watchUpdates(&m_tableModel);
}

QList<SnapshotTreeView *> SnapshotViews::views() const
{
    QList<SnapshotTreeView *> all{ m_tree.view() };
    if (m_table)
        all.append(m_table->view());
    return all;
}

void SnapshotViews::refresh()
{
    m_model->refresh();
    if (isTable())
        m_tableModel.refresh();
}

} // namespace Recorders::Internal
