// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/columnmenu_p.h"

#include "widgets/columnchoice_p.h"
#include "widgets/inspectorrows_p.h"
#include "widgets/snapshotviews_p.h"

#include <QHeaderView>

namespace Recorders::Internal {

ColumnMenu::ColumnMenu(ColumnChoice *choice, QAction *delta, QWidget *parent)
    : QMenu(tr("&Columns"), parent)
    , m_choice(choice)
    , m_delta(delta)
{
    addAction(m_delta); // which has a key, and is listed with it before this is shown
    m_delta->setChecked(choice->isDeltaShown());
    connect(m_delta, &QAction::triggered, choice, &ColumnChoice::setDeltaShown);
    connect(choice, &ColumnChoice::changed, m_delta,
            [this] { m_delta->setChecked(m_choice->isDeltaShown()); });
    connect(this, &QMenu::aboutToShow, this, &ColumnMenu::fill);
}

void ColumnMenu::setViews(const SnapshotViews *views)
{
    m_views = views;
    openOver(views->view()->header());
    connect(views, &SnapshotViews::tableMade, this,
            [this] { openOver(m_views->views().constLast()->header()); });
}

void ColumnMenu::openOver(QHeaderView *header)
{
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, header](const QPoint &place) { popup(header->mapToGlobal(place)); });
}

void ColumnMenu::fill()
{
    removeAction(m_delta);
    clear();
    const InspectorRows *rows = m_views->filter();
    const QList<int> roles = ColumnChoice::all();
    for (const int role : roles) {
        const int column = rows->columnOf(role);
        QAction *action = addAction(rows->headerData(column, Qt::Horizontal).toString());
        action->setToolTip(rows->headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString());
        action->setCheckable(true);
        action->setChecked(m_choice->isShown(role));
        connect(action, &QAction::triggered, m_choice,
                [this, role](bool shown) { m_choice->setShown(role, shown); });
    }
    addSeparator();
    addAction(m_delta);
    connect(addAction(tr("&Usual Columns")), &QAction::triggered, m_choice, &ColumnChoice::reset);
}

} // namespace Recorders::Internal
