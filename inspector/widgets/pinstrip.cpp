// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/pinstrip_p.h"

#include "widgets/pinmodel_p.h"
#include "widgets/quietcolor_p.h"
#include "widgets/snapshotdelegate_p.h"
#include "widgets/snapshottreeview_p.h"
#include "widgets/thresholdwatch_p.h"
#include "widgets/valuecolumns_p.h"

#include <QEvent>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>

namespace Recorders::Internal {

namespace {

// Of more, the others are reached by scrolling.
constexpr int shownAtMost = 6;

} // namespace

PinStrip::PinStrip(PinModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
    , m_delegate(new SnapshotDelegate(this))
{
    setModel(model);
    setItemDelegate(m_delegate);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(1);
    setAccessibleName(tr("Pinned"));
    connect(model, &QAbstractItemModel::modelReset, this, &PinStrip::fit);
    fit();
}

void PinStrip::fit()
{
    setVisible(m_model->rowCount() > 0);
    updateGeometry();
    align();
}

void PinStrip::setAlerts(const ThresholdWatch *watch)
{
    m_delegate->setAlerts(watch);
    connect(watch, &ThresholdWatch::alertsChanged, viewport(), qOverload<>(&QWidget::update));
}

void PinStrip::alignWith(SnapshotTreeView *view)
{
    if (m_view)
        disconnect(m_view->header(), nullptr, this, nullptr);
    m_view = view;
    connect(view->header(), &QHeaderView::sectionResized, this, &PinStrip::align);
    connect(view->header(), &QHeaderView::geometriesChanged, this, &PinStrip::align);
    align();
}

// The names take the room of all that stands before the values there, and begin where those in the
// tree do.
void PinStrip::align()
{
    if (!m_view || !m_view->model())
        return;
    const QHeaderView *columns = m_view->header();
    const ValueColumns values(*m_view->model());
    header()->resizeSection(PinModel::NameColumn, columns->sectionPosition(values.value));
    header()->resizeSection(PinModel::ValueColumn, columns->sectionSize(values.value));
    header()->resizeSection(PinModel::UnitColumn, columns->sectionSize(values.unit));
    header()->resizeSection(PinModel::RateColumn, columns->sectionSize(values.rate));
    setIndentation(m_view->indentation());
    setRootIsDecorated(m_view->rootIsDecorated());
}

QList<QStringList> PinStrip::selectedPaths() const
{
    const QList<QStringList> paths = m_model->paths();
    QList<QStringList> selected;
    const QModelIndexList rows = selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        selected.append(paths.at(row.row()));
    return selected;
}

QSize PinStrip::sizeHint() const
{
    const int row = m_model->rowCount() > 0 ? rowHeight(m_model->index(0, 0)) : 0;
    return { QTreeView::sizeHint().width(), row * qMin(m_model->rowCount(), shownAtMost) + 1 };
}

QSize PinStrip::minimumSizeHint() const
{
    return { 0, sizeHint().height() };
}

void PinStrip::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    QPainter painter(viewport());
    painter.setPen(QPen(hairline(palette()), 0));
    painter.drawLine(viewport()->rect().bottomLeft(), viewport()->rect().bottomRight());
}

void PinStrip::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
}

} // namespace Recorders::Internal
