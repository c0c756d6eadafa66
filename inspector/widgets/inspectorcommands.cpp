// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorcommands_p.h"

#include "widgets/rowexport_p.h"
#include "widgets/snapshotviews_p.h"

#include <QAbstractItemModel>
#include <QPointer>

namespace Recorders::Internal {

InspectorCommands::InspectorCommands(const InspectorActions &actions, SnapshotViews *views,
                                     QWidget *widget)
    : m_actions(actions)
    , m_views(views)
    , m_export(new RowExport(widget))
{
    SnapshotTreeView *tree = views->view();
    tree->addActions(
            { actions.copy, actions.pin, actions.alert, actions.expand, actions.collapse });
    tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    connectRows();
    connectOutput();
    connect(views, &SnapshotViews::switched, this, &InspectorCommands::updateEnabled);
    connect(views, &SnapshotViews::selectionChanged, this, &InspectorCommands::updateEnabled);
    updateEnabled();
}

void InspectorCommands::connectRows()
{
    connect(m_actions.selectAll, &QAction::triggered, this,
            [this] { m_views->view()->selectAll(); });
    connect(m_actions.refresh, &QAction::triggered, this, [this] { m_views->refresh(); });
    connect(m_actions.table, &QAction::toggled, this, [this](bool on) { m_views->setTable(on); });
    connect(m_actions.decimalBytes, &QAction::toggled, this, [this](bool isDecimal) {
        m_views->setBytePrefix(isDecimal ? BytePrefix::Decimal : BytePrefix::Binary);
    });
    connect(m_actions.clearEnded, &QAction::triggered, this, [this] {
        m_views->clearRemoved();
        m_actions.clearEnded->setEnabled(false);
    });
    SnapshotTreeView *tree = m_views->view();
    connect(m_actions.expand, &QAction::triggered, tree, &SnapshotTreeView::expandRecorders);
    connect(m_actions.collapse, &QAction::triggered, tree, &QTreeView::collapseAll);
}

void InspectorCommands::connectOutput()
{
    connect(m_actions.copy, &QAction::triggered, this,
            [this] { m_views->view()->copySelection(); });
    connect(m_actions.copyJson, &QAction::triggered, this,
            [this] { m_views->view()->copySelectionAsJson(); });
    connect(m_actions.exportShown, &QAction::triggered, this,
            [this] { exportRows(m_views->filter()); });
    connect(m_actions.exportAll, &QAction::triggered, this,
            [this] { exportRows(m_views->filter()->sourceModel()); });
    connect(m_export, &RowExport::takingChanged, m_views, &SnapshotViews::setFrozen);
    connect(m_export, &RowExport::progressed, this, &InspectorCommands::progressed);
    connect(m_export, &RowExport::finished, this, &InspectorCommands::reported);
}

void InspectorCommands::exportRows(const QAbstractItemModel *model)
{
    m_views->whenWhole(this, [this, rows = QPointer(model)] {
        if (rows)
            m_export->start(rows);
    });
}

void InspectorCommands::cancel()
{
    m_export->cancel();
}

void InspectorCommands::updateEnabled()
{
    const bool isTree = !m_views->isTable();
    m_actions.expand->setEnabled(isTree);
    m_actions.collapse->setEnabled(isTree);
    const bool hasSelection = m_views->view()->hasSelection();
    m_actions.copy->setEnabled(hasSelection);
    m_actions.copyJson->setEnabled(hasSelection);
}

} // namespace Recorders::Internal
