// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/sortmenu_p.h"

#include "widgets/snapshotviews_p.h"

#include <QHeaderView>

namespace Recorders::Internal {

SortMenu::SortMenu(QWidget *parent)
    : QMenu(tr("&Sort By"), parent)
{
    connect(this, &QMenu::aboutToShow, this, &SortMenu::fill);
}

void SortMenu::setViews(const SnapshotViews *views)
{
    m_views = views;
}

void SortMenu::fill()
{
    clear();
    QHeaderView *header = m_views->view()->header();
    for (int column = 0; column < header->count(); ++column) {
        const QString title = header->model()->headerData(column, Qt::Horizontal).toString();
        if (!title.isEmpty() && !header->isSectionHidden(column))
            addColumn(header, column, title);
    }
    addSeparator();
    addColumn(header, -1, tr("Nothing"));
    addSeparator();
    QAction *descending = addAction(tr("&Descending"));
    descending->setCheckable(true);
    descending->setChecked(header->sortIndicatorOrder() == Qt::DescendingOrder);
    descending->setEnabled(header->sortIndicatorSection() >= 0);
    connect(descending, &QAction::triggered, header, [header](bool isDescending) {
        header->setSortIndicator(header->sortIndicatorSection(),
                                 isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
    });
}

void SortMenu::addColumn(QHeaderView *header, int column, const QString &title)
{
    QAction *action = addAction(title);
    action->setCheckable(true);
    action->setChecked(header->sortIndicatorSection() == column);
    connect(action, &QAction::triggered, header,
            [header, column] { header->setSortIndicator(column, Qt::AscendingOrder); });
}

} // namespace Recorders::Internal
