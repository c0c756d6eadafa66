// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/snapshottreeview.h"

#include "widgets/quietheader.h"
#include "widgets/selectiontext.h"
#include "widgets/snapshotdelegate.h"

#include <recorders/model/snapshotmodel.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScopedValueRollback>

namespace Recorders::Internal {

namespace {

// Widths in characters.
constexpr int valueWidth = 16;
constexpr int unitWidth = 9;
constexpr int narrowestName = 16;
constexpr int widestName = 64;

} // namespace

SnapshotTreeView::SnapshotTreeView(QWidget *parent)
    : QTreeView(parent)
    , m_header(new QuietHeader(this))
    , m_delegate(new SnapshotDelegate(this))
{
    setHeader(m_header);
    setItemDelegate(m_delegate);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Recorders"));
    setAccessibleDescription(tr("Recorders, their metrics and the values of these"));
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(1);
    connect(header(), &QHeaderView::sectionResized, this, [this](int section) {
        const bool isByHand = !m_isLayingOut && section != SnapshotModel::RateColumn;
        m_isLaidOutByHand = m_isLaidOutByHand || isByHand;
    });
    applyMetrics();
}

void SnapshotTreeView::setDimmed(bool dimmed)
{
    m_delegate->setDimmed(dimmed);
    viewport()->update();
}

// Down to the metrics only: QTreeView::expandAll() would visit every value. Expanding 100 000
// recorders behind a filter takes seconds, so of many only those in sight are expanded.
void SnapshotTreeView::expandRecorders()
{
    constexpr int fewEnough = 2000;
    if (model()->rowCount() <= fewEnough) {
        expandToDepth(0);
        return;
    }
    QList<QPersistentModelIndex> inSight;
    for (QModelIndex index = indexAt({ 0, 0 }); index.isValid(); index = indexBelow(index)) {
        if (visualRect(index).top() > viewport()->height())
            break;
        if (!index.parent().isValid())
            inSight.append(index);
    }
    for (const QPersistentModelIndex &index : std::as_const(inSight))
        expand(index);
}

bool SnapshotTreeView::hasSelection() const
{
    return selectionModel() && selectionModel()->hasSelection();
}

void SnapshotTreeView::copySelection() const
{
    if (!hasSelection())
        return;
    QGuiApplication::clipboard()->setText(selectionText(*selectionModel()));
}

// All rows are of one height and nothing is edited here, so there is nothing to do but to paint.
// QTreeView would look up every index: 230 ms for a million rows.
void SnapshotTreeView::dataChanged(const QModelIndex &, const QModelIndex &, const QList<int> &)
{
    viewport()->update();
}

void SnapshotTreeView::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const QModelIndex current = currentIndex().siblingAtColumn(0);
    if (isEnter && event->modifiers() == Qt::NoModifier && model()->hasChildren(current))
        setExpanded(current, !isExpanded(current));
    else
        QTreeView::keyPressEvent(event);
}

void SnapshotTreeView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    layoutColumns();
}

void SnapshotTreeView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        applyMetrics();
}

void SnapshotTreeView::applyMetrics()
{
    setIndentation(fontMetrics().height() * 4 / 3);
    m_header->setNameIndent(indentation());
    layoutColumns();
}

// The name takes what is left, but no more than it needs: values far from it are hard to read.
void SnapshotTreeView::layoutColumns()
{
    if (!model() || header()->count() < SnapshotModel::ColumnCount || m_isLaidOutByHand)
        return;
    const QScopedValueRollback layingOut(m_isLayingOut, true);
    const int character = fontMetrics().horizontalAdvance(u'0');
    const int values =
            (valueWidth + unitWidth) * character + SnapshotDelegate::rateWidth(fontMetrics());
    const int left = viewport()->width() - values;
    header()->resizeSection(SnapshotModel::NameColumn,
                            qBound(narrowestName * character, left, widestName * character));
    header()->resizeSection(SnapshotModel::ValueColumn, valueWidth * character);
    header()->resizeSection(SnapshotModel::UnitColumn, unitWidth * character);
}

} // namespace Recorders::Internal
