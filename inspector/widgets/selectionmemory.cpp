// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/selectionmemory_p.h"

#include <recorders/model/snapshotfiltermodel.h>

#include <QAbstractItemView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScopedValueRollback>

#include <algorithm>
#include <tuple>

namespace Recorders::Internal {

namespace {

// Adjacent rows as one range: a selection of many ranges is slow.
QItemSelection rangesOf(QModelIndexList rows)
{
    const auto key = [](const QModelIndex &index) {
        return std::make_tuple(index.internalId(), index.row()); // the id is that of the parent
    };
    std::sort(rows.begin(), rows.end(),
              [key](const QModelIndex &a, const QModelIndex &b) { return key(a) < key(b); });
    QItemSelection ranges;
    for (qsizetype first = 0; first < rows.size();) {
        qsizetype last = first;
        while (last + 1 < rows.size() && rows[last + 1].internalId() == rows[first].internalId()
               && rows[last + 1].row() == rows[last].row() + 1)
            ++last;
        const int lastColumn = rows[last].model()->columnCount() - 1;
        ranges.append(QItemSelectionRange(rows[first], rows[last].siblingAtColumn(lastColumn)));
        first = last + 1;
    }
    return ranges;
}

} // namespace

SelectionMemory::SelectionMemory(QAbstractItemView *view, SnapshotFilterModel *filter)
    : QObject(view)
    , m_view(view)
    , m_filter(filter)
    , m_selected(filter->sourceModel())
    , m_current(filter->sourceModel())
{
    connect(filter, &QAbstractItemModel::rowsAboutToBeRemoved, this, &SelectionMemory::beginLoss);
    connect(filter, &QAbstractItemModel::modelAboutToBeReset, this, &SelectionMemory::beginLoss);
}

void SelectionMemory::start()
{
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &SelectionMemory::endLoss);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &SelectionMemory::endLoss);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &SelectionMemory::schedule);
    connect(m_filter->sourceModel(), &QAbstractItemModel::rowsInserted, this,
            &SelectionMemory::schedule);
    const QItemSelectionModel *selection = m_view->selectionModel();
    connect(selection, &QItemSelectionModel::selectionChanged, this,
            [this] { noteChange(true, true); });
    // A view that gets the focus makes a row current by itself if there was none.
    connect(selection, &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &, const QModelIndex &previous) {
                noteChange(false, previous.isValid());
            });
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
}

// Where nothing is selected, the view tells nobody that nothing is to be. Other events come also while
// the view is being destroyed.
bool SelectionMemory::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress && watched == m_view;
    const bool isPress = event->type() == QEvent::MouseButtonPress && watched == m_view->viewport();
    if ((isKey && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
        || (isPress && clearsSelection(*static_cast<QMouseEvent *>(event))))
        forget();
    return QObject::eventFilter(watched, event);
}

bool SelectionMemory::clearsSelection(const QMouseEvent &press) const
{
    return press.button() == Qt::LeftButton && press.modifiers() == Qt::NoModifier
            && !m_view->indexAt(press.position().toPoint()).isValid();
}

void SelectionMemory::forget()
{
    m_isSelectionKnown = false;
    m_isCurrentKnown = false;
    m_hasLost = false;
}

void SelectionMemory::noteChange(bool isOfSelection, bool isOfCurrent)
{
    if (m_isOfRows) {
        m_hasLost = true;
        return;
    }
    m_isSelectionKnown = m_isSelectionKnown && !isOfSelection;
    m_isCurrentKnown = m_isCurrentKnown && !isOfCurrent;
}

// Another row becomes current for one that goes: the view does not go there.
void SelectionMemory::beginLoss()
{
    remember();
    m_isOfRows = true;
    m_view->setAutoScroll(false);
}

void SelectionMemory::endLoss()
{
    m_isOfRows = false;
    m_view->setAutoScroll(true);
    m_hasLost = m_hasLost || !m_view->currentIndex().isValid(); // of a reset, nothing is told
    if (m_hasLost)
        schedule();
}

// Of more than can be remembered, nothing is.
void SelectionMemory::remember()
{
    const QItemSelectionModel &selection = *m_view->selectionModel();
    if (!std::exchange(m_isCurrentKnown, true)) {
        m_current.clear();
        m_current.insert(m_filter->mapToSource(selection.currentIndex()));
    }
    if (m_isSelectionKnown)
        return;
    m_selected.clear();
    m_isSelectionKnown = selectedCount() <= RememberedRows::goneAtMost;
    if (!m_isSelectionKnown)
        return;
    const QItemSelection ranges = selection.selection();
    for (const QItemSelectionRange &range : ranges) {
        const QModelIndex parent = range.parent();
        for (int row = range.top(); row <= range.bottom(); ++row)
            m_selected.insert(m_filter->mapToSource(m_filter->index(row, 0, parent)));
    }
}

// Thousands of rows may come one by one.
void SelectionMemory::schedule()
{
    const bool isWanted = m_hasLost && (m_isSelectionKnown || m_isCurrentKnown);
    if (!isWanted || std::exchange(m_isScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &SelectionMemory::restore, Qt::QueuedConnection);
}

void SelectionMemory::restore()
{
    m_isScheduled = false;
    const QScopedValueRollback ofRows(m_isOfRows, true);
    const bool isCurrentHere = !m_isCurrentKnown || restoreCurrent();
    const bool areSelectedHere = !m_isSelectionKnown || restoreSelected();
    m_hasLost = !isCurrentHere || !areSelectedHere;
}

// It may be far away from what somebody reads now, so the view does not go there.
bool SelectionMemory::restoreCurrent()
{
    m_current.update();
    const QModelIndexList rows = shown(m_current);
    if (rows.isEmpty())
        return m_current.isEmpty();
    if (rows.first() != m_view->currentIndex().siblingAtColumn(0)) {
        m_view->setAutoScroll(false);
        m_view->selectionModel()->setCurrentIndex(rows.first(), QItemSelectionModel::NoUpdate);
        m_view->setAutoScroll(true);
    }
    return true;
}

bool SelectionMemory::restoreSelected()
{
    m_selected.update();
    const QModelIndexList rows = shown(m_selected);
    if (rows.size() != selectedCount())
        m_view->selectionModel()->select(rangesOf(rows), QItemSelectionModel::ClearAndSelect);
    return rows.size() == m_selected.count();
}

qsizetype SelectionMemory::selectedCount() const
{
    qsizetype count = 0;
    const QItemSelection ranges = m_view->selectionModel()->selection();
    for (const QItemSelectionRange &range : ranges)
        count += range.height();
    return count;
}

QModelIndexList SelectionMemory::shown(const RememberedRows &rows) const
{
    QModelIndexList indexes;
    const QModelIndexList here = rows.here();
    for (const QModelIndex &row : here) {
        if (const QModelIndex index = m_filter->mapFromSource(row); index.isValid())
            indexes.append(index);
    }
    return indexes;
}

} // namespace Recorders::Internal
