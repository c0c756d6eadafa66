// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/snapshottreeview_p.h"

#include "widgets/columnchoice_p.h"
#include "widgets/inspectorrows_p.h"
#include "widgets/quietheader_p.h"
#include "widgets/rowformat_p.h"
#include "widgets/scrollanchor_p.h"
#include "widgets/snapshotdelegate_p.h"
#include "widgets/thresholdwatch_p.h"
#include "widgets/valuecolumns_p.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QScopedValueRollback>

#include <algorithm>
#include <memory>

namespace Recorders::Internal {

namespace {

// Widths in characters.
constexpr int narrowestName = 20;
constexpr int widestName = 64;
constexpr int narrowestNameOfMany = 12;
constexpr int widestNameOfMany = 32;

int charactersOf(int role)
{
    switch (role) {
    case InspectorRows::FillerRole:
        return 1;
    case InspectorRows::TrendRole:
    case SnapshotModel::DeltaRatioRole:
        return 9;
    case SnapshotModel::DeltaRole:
        return 14;
    default:
        return 12;
    }
}

} // namespace

SnapshotTreeView::SnapshotTreeView(Shape shape, QWidget *parent)
    : QTreeView(parent)
    , m_shape(shape)
    , m_header(new QuietHeader(this))
    , m_delegate(new SnapshotDelegate(this))
    , m_anchor(new ScrollAnchor(this))
    , m_repaint([this] { viewport()->update(); })
{
    setHeader(m_header);
    m_header->setSectionsClickable(true); // not by setSortingEnabled(): it knows no third click
    setItemDelegate(m_delegate);
    setUniformRowHeights(true);
    setRootIsDecorated(shape == Shape::Tree);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(shape == Shape::Tree ? tr("Recorders") : tr("Values"));
    setAccessibleDescription(shape == Shape::Tree
                                     ? tr("Recorders, their metrics and the values of these")
                                     : tr("The values of all metrics"));
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(1);
    connect(header(), &QHeaderView::sectionResized, this, [this](int section) {
        const bool isByHand = !m_isLayingOut && section != header()->count() - 1;
        m_isLaidOutByHand = m_isLaidOutByHand || isByHand;
    });
    applyMetrics();
}

void SnapshotTreeView::setDimmed(bool dimmed)
{
    if (m_delegate->isDimmed() == dimmed)
        return; // which is said after each update
    m_delegate->setDimmed(dimmed);
    viewport()->update();
}

void SnapshotTreeView::setAlerts(const ThresholdWatch *watch)
{
    m_delegate->setAlerts(watch);
    connect(watch, &ThresholdWatch::alertsChanged, viewport(), qOverload<>(&QWidget::update));
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
    QList<QPersistentModelIndex> recorders;
    const QModelIndexList inSight = rowsInSight();
    for (const QModelIndex &index : inSight) {
        if (!index.parent().isValid())
            recorders.append(index);
    }
    for (const QPersistentModelIndex &index : std::as_const(recorders))
        expand(index);
}

// With a layout that is still to come, each of them costs nothing.
void SnapshotTreeView::expandRows(const QModelIndexList &rows)
{
    if (rows.isEmpty())
        return;
    m_anchor->hold();
    scheduleDelayedItemsLayout();
    for (const QModelIndex &row : rows)
        expand(row);
}

QModelIndexList SnapshotTreeView::rowsInSight() const
{
    QModelIndexList rows;
    for (QModelIndex index = indexAt({ 0, 0 }); index.isValid(); index = indexBelow(index)) {
        if (visualRect(index).top() > viewport()->height())
            break;
        rows.append(index.siblingAtColumn(0));
    }
    return rows;
}

void SnapshotTreeView::setTrends(const TrendHistory *trends)
{
    m_delegate->setTrends(trends);
}

void SnapshotTreeView::showColumns(const ColumnChoice &choice)
{
    const auto *rows = qobject_cast<const InspectorRows *>(model());
    if (!rows)
        return;
    const QScopedValueRollback layingOut(m_isLayingOut, true);
    const QList<int> roles = ColumnChoice::all();
    for (const int role : roles) {
        const int column = rows->columnOf(role);
        const bool isNew = header()->isSectionHidden(column) && choice.isShown(role);
        header()->setSectionHidden(column, !choice.isShown(role));
        if (isNew && m_isLaidOutByHand)
            header()->resizeSection(column, usualWidth(column));
    }
    layoutColumns();
}

bool SnapshotTreeView::hasSelection() const
{
    return selectionModel() && selectionModel()->hasSelection();
}

QList<int> SnapshotTreeView::columnWidths() const
{
    QList<int> widths;
    for (int column = 0; m_isLaidOutByHand && column < header()->count(); ++column) {
        const bool isHidden = header()->isSectionHidden(column);
        widths.append(isHidden ? usualWidth(column) : header()->sectionSize(column));
    }
    return widths;
}

void SnapshotTreeView::setColumnWidths(const QList<int> &widths)
{
    constexpr int widest = 1 << 14;
    const auto isWidth = [](int width) {
        return width > 0 && width < widest;
    };
    m_isLaidOutByHand = !widths.isEmpty() && widths.size() == header()->count()
            && std::all_of(widths.cbegin(), widths.cend(), isWidth);
    if (!m_isLaidOutByHand) {
        layoutColumns();
        return;
    }
    for (int column = 0; column < header()->count(); ++column)
        header()->resizeSection(column, widths[column]);
}

void SnapshotTreeView::copySelection() const
{
    if (!hasSelection())
        return;
    const QList<SnapshotRow> rows = selectedRows(*selectionModel());
    auto copied = std::make_unique<QMimeData>();
    copied->setText(toText(rows));
    copied->setHtml(toHtml(rows));
    QGuiApplication::clipboard()->setMimeData(copied.release());
}

void SnapshotTreeView::copySelectionAsJson() const
{
    if (!hasSelection())
        return;
    const QByteArray json = toJson(selectedRows(*selectionModel()));
    auto copied = std::make_unique<QMimeData>();
    copied->setText(QString::fromUtf8(json));
    copied->setData(QStringLiteral("application/json"), json);
    QGuiApplication::clipboard()->setMimeData(copied.release());
}

void SnapshotTreeView::setModel(QAbstractItemModel *model)
{
    if (this->model())
        disconnect(this->model(), nullptr, m_anchor, nullptr);
    if (model)
        m_anchor->watch(model);
    QTreeView::setModel(model);
}

void SnapshotTreeView::doItemsLayout()
{
    m_anchor->beginLayout();
    QTreeView::doItemsLayout();
    m_anchor->release();
}

// All rows are of one height and nothing is edited here, so there is nothing to do but to paint.
// QTreeView would look up every index: 230 ms for a million rows. Screen readers are told as by any
// other view.
void SnapshotTreeView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                                   const QList<int> &)
{
    m_repaint.request();
    if (!QAccessible::isActive())
        return;
    QAccessibleTableModelChangeEvent change(this, QAccessibleTableModelChangeEvent::DataChanged);
    change.setFirstRow(topLeft.row());
    change.setFirstColumn(topLeft.column());
    change.setLastRow(bottomRight.row());
    change.setLastColumn(bottomRight.column());
    QAccessible::updateAccessibility(&change);
}

// QTreeView would look up each range among all rows: of many ranges, everything is painted.
QRegion SnapshotTreeView::visualRegionForSelection(const QItemSelection &selection) const
{
    constexpr qsizetype fewRanges = 8;
    return selection.size() <= fewRanges ? QTreeView::visualRegionForSelection(selection)
                                         : QRegion(viewport()->rect());
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
    m_header->setNameIndent(m_shape == Shape::Tree ? indentation() : 0);
    layoutColumns();
}

// The names take what is left, but no more than they need: values far from them are hard to read.
void SnapshotTreeView::layoutColumns()
{
    if (!model() || m_isLaidOutByHand)
        return;
    const ValueColumns columns(*model());
    if (columns.value <= 0)
        return;
    const QScopedValueRollback layingOut(m_isLayingOut, true);
    int values = 0;
    for (int column = columns.value; column < header()->count(); ++column) {
        if (header()->isSectionHidden(column))
            continue;
        header()->resizeSection(column, usualWidth(column));
        values += usualWidth(column);
    }
    const int character = fontMetrics().horizontalAdvance(u'0');
    const int left = (viewport()->width() - values) / columns.value;
    const bool isOne = columns.value == 1;
    const int name = qBound((isOne ? narrowestName : narrowestNameOfMany) * character, left,
                            (isOne ? widestName : widestNameOfMany) * character);
    for (int column = 0; column < columns.value; ++column)
        header()->resizeSection(column, name);
}

int SnapshotTreeView::usualWidth(int column) const
{
    constexpr int valueWidth = 12;
    constexpr int unitWidth = 7;
    constexpr int rateWidth = 11;
    const ValueColumns columns(*model());
    const auto *rows = qobject_cast<const InspectorRows *>(model());
    int characters = column == columns.value ? valueWidth
            : column == columns.unit         ? unitWidth
                                             : rateWidth;
    if (rows && rows->roleOf(column) != 0)
        characters = charactersOf(rows->roleOf(column));
    return characters * fontMetrics().horizontalAdvance(u'0');
}

} // namespace Recorders::Internal
