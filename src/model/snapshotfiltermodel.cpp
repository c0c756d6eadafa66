// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>

#include "core/platform/ownedstring_p.h"
#include "core/platform/threadcheck_p.h"
#include "model/columnrole_p.h"
#include "model/elementnotice_p.h"
#include "model/filtersource_p.h"
#include "model/livesearch_p.h"
#include "model/showntree_p.h"
#include "model/snapshotstore_p.h"

#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>
#include <memory>
#include <utility>

namespace Recorders {

using namespace Internal;

namespace {

Q_LOGGING_CATEGORY(lcFilter, "recorders.model.filter")

} // namespace

class SnapshotFilterModelPrivate
{
public:
    explicit SnapshotFilterModelPrivate(SnapshotFilterModel *model)
        : q(model)
        , thread(model, "recorders.model.filter")
        , shown(model)
        , search(&shown, model)
    {
    }

    void connectRows(QAbstractItemModel *model);
    void connectResets(QAbstractItemModel *model);
    void updateDemand();
    RowCriteria criteria() const { return { pattern, sortKey(), sortOrder }; }
    SortKey sortKey() const;
    int sourceColumns() const { return q->sourceModel() ? q->sourceModel()->columnCount() : 0; }
    int extraRole(int column) const; // that it shows; 0: it is one of the source

    SnapshotFilterModel *const q;
    const ThreadCheck thread;
    std::unique_ptr<FilterSource> source;
    QString filterText;
    QString error;
    RowPattern pattern;
    ModelContent::WholeDemand demand; // of values, to search them
    QList<int> extraColumns;
    int sortColumn = -1;
    Qt::SortOrder sortOrder = Qt::AscendingOrder;
    ShownTree shown;
    LiveSearch search;
};

void SnapshotFilterModelPrivate::connectRows(QAbstractItemModel *model)
{
    using Parent = const QModelIndex &;
    const auto connect = [this, model](auto signal, auto slot) {
        QObject::connect(model, signal, q, slot);
    };
    connect(&QAbstractItemModel::rowsAboutToBeInserted,
            [this](Parent parent, int first, int last) { shown.beginInsert(parent, first, last); });
    connect(&QAbstractItemModel::rowsInserted, [this](Parent parent, int first, int last) {
        shown.endInsert(parent, first, last);
        search.insertRows(parent, first, last);
    });
    connect(&QAbstractItemModel::rowsAboutToBeRemoved,
            [this](Parent parent, int first, int last) { shown.beginRemove(parent, first, last); });
    connect(&QAbstractItemModel::rowsRemoved, [this](Parent parent, int first, int last) {
        shown.endRemove(parent, first, last);
        search.removeRows(parent, first, last);
    });
    connect(&QAbstractItemModel::layoutAboutToBeChanged, [this] { shown.beginReorder(); });
    connect(&QAbstractItemModel::dataChanged,
            [this](Parent topLeft, Parent bottomRight, const QList<int> &roles) {
                shown.publish(topLeft, bottomRight, roles);
            });
    QObject::connect(&source->content(), &ModelContent::rowsChanged, q,
                     [this](const ChangedRows &rows) { search.changeRows(rows); });
    QObject::connect(&source->content(), &ModelContent::heldRowsWanted, q,
                     [this](std::vector<int> *rows) {
                         const QModelIndexList held = q->persistentIndexList();
                         for (const QModelIndex &index : held)
                             rows->push_back(topRowOf(q->mapToSource(index)));
                     });
    QObject::connect(&source->content(), &ModelContent::rowsReordered, q,
                     [this](const std::vector<int> &newRows) {
                         search.reorderRows(newRows);
                         shown.endReorder(newRows);
                     });
}

void SnapshotFilterModelPrivate::connectResets(QAbstractItemModel *model)
{
    const auto begin = [this] {
        q->beginResetModel();
    };
    const auto end = [this] {
        search.restart(source.get(), criteria());
        q->endResetModel();
    };
    QObject::connect(model, &QAbstractItemModel::modelAboutToBeReset, q, begin);
    QObject::connect(model, &QAbstractItemModel::modelReset, q, end);
    QObject::connect(model, &QObject::destroyed, q, [this, begin, end] {
        begin();
        source.reset();
        end();
    });
}

void SnapshotFilterModelPrivate::updateDemand()
{
    demand = source && pattern.looksAtValues() ? source->content().demandAll() : nullptr;
}

SortKey SnapshotFilterModelPrivate::sortKey() const
{
    if (!source)
        return SortKey::None;
    const int role = extraRole(sortColumn);
    return role ? keyOf(role) : source->sortKey(sortColumn);
}

int SnapshotFilterModelPrivate::extraRole(int column) const
{
    return column < 0 ? 0 : extraColumns.value(column - sourceColumns());
}

/*!
    \class Recorders::SnapshotFilterModel
    \inheaderfile recorders/model/snapshotfiltermodel.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotFilterModel class is the rows of a model of snapshots that fit a text, in the
    order of a column.

    Its source is a SnapshotModel, a SnapshotTableModel or a RecorderSnapshotModel. Unlike a
    QSortFilterProxyModel it works in another thread, so that the GUI thread is not held up however
    many rows there are. One search is under way at most; a new one replaces what is still to be
    done. Until the result arrives, \l busy is \c true and the rows stay as they are. Changed values
    show at once.

    The model and its source live in one thread, that of its views, and are to be used there only.
    The first use in another one is warned of, and a debug build asserts.

    Rows that come, and values by which rows are filtered or sorted, are looked at four times a
    second. What is selected, current or expanded stays so as long as it is shown. Views are told of
    rows that go, come and move; for a QTreeView or QTableView of very many rows, set \l movesRows to
    \c false.

    \section2 Filter texts

    Terms are separated by spaces, and a row must fit all of them. Upper and lower case are the
    same.

    \table
    \row \li \c bytes \li is part of the entity id, of the name of the metric or dimension, or of
        the description
    \row \li \c /conn-[12]$/ \li a regular expression that fits one of these
    \row \li \c kind:counter \li of a MetricKind that begins so; of two, one
    \row \li \c state:quarantined \li likewise the MetricState of the metric, or the RecorderState
        of the recorder
    \row \li \c unit:By \li the code of the unit, all of it
    \row \li \c {>10ms} \li a dimension whose value is more; likewise \c {>=}, \c {<}, \c {<=} and
        \c {=}
    \endtable

    A comparison is of the exact value, whatever digits are shown, and of numbers only: not of
    texts, truth values and enumerators, nor of rates. Two of them are met by one value or not at all:
    \c {>10ms <20ms}. Its unit is one that is shown or a UCUM code: \c {>2MiB}, \c {>2MiBy} and
    \c {>2MB} are compared with all sizes, in whichever unit a metric measures them, and
    \c {>2MiB/s} with all sizes per second. Of what has no prefixes, the unit has to be the same:
    \c {>5%}, \c {>5rows}. Without a unit, the number is compared with each value in the unit that
    its metric gave it, and may have one of the prefixes \c k, \c M, \c G and \c T: \c {>10k}.
    The number is written as in programs, as \c 1.5 or \c 2e6. Spaces may follow the sign and, before
    one of the units with prefixes, the number: \c {> 10 ms} is one term, \c {>10 rows} are two.

    \section2 Trees

    Of a SnapshotModel, a recorder, a metric or a dimension fits if it and what it belongs to fit all
    terms together: where \c bytes is in the name of a metric and \c conn-1 the id of its recorder,
    both words find that metric. What fits is shown with all that is below it and all that is above
    it: who looks for a recorder wants to see its metrics, who looks for a metric all its values.

    Recorders are sorted among recorders, and metrics among those of their recorder. By the value
    column, recorders are sorted by their number of metrics, and metrics by the value that they show.
    Dimensions keep the order that their metric gave them.

    \section2 Order

    Rows get another order a quarter of a second after values have changed, or later if it takes long to
    show that: it is to take a tenth of the time at most. Searching and sorting are done in another
    thread. But a QTreeView looks at all of its rows then, in the thread of the application: at some
    100 000 that are expanded in 50 ms, at a million in more than a second. A QTableView does not.

    \sa SnapshotModel, SnapshotTableModel
*/

/*!
    Constructs a model without a source, with the given \a parent.
*/
SnapshotFilterModel::SnapshotFilterModel(QObject *parent)
    : QAbstractProxyModel(parent)
    , d(std::make_unique<SnapshotFilterModelPrivate>(this))
{
    connect(&d->search, &LiveSearch::busyChanged, this, &SnapshotFilterModel::busyChanged);
    connect(&d->search, &LiveSearch::hitCountChanged, this, &SnapshotFilterModel::hitCountChanged);
    connect(&d->search, &LiveSearch::searchedCountChanged, this,
            &SnapshotFilterModel::searchedCountChanged);
}

SnapshotFilterModel::~SnapshotFilterModel() = default;

/*!
    \property SnapshotFilterModel::filterText
    \brief what is looked for

    An empty text fits everything.
*/
QString SnapshotFilterModel::filterText() const
{
    return d->filterText;
}

void SnapshotFilterModel::setFilterText(const QString &text)
{
    d->thread.check("SnapshotFilterModel::setFilterText");
    if (d->filterText == text)
        return;
    d->filterText = owned(text);
    const RowPattern pattern(text);
    const bool isErrorChanged = pattern.error() != d->error;
    d->error = pattern.error();
    if (d->error.isEmpty()) {
        d->pattern = pattern;
        d->updateDemand();
        d->search.setCriteria(d->criteria());
    }
    if (isErrorChanged)
        Q_EMIT errorStringChanged(d->error);
    Q_EMIT filterTextChanged(text);
}

/*!
    \property SnapshotFilterModel::errorString
    \brief what is wrong with the filter text, in words; empty if nothing is

    Until the text is right again, the rows are those of the last one that was.
*/
QString SnapshotFilterModel::errorString() const
{
    return d->error;
}

/*!
    \property SnapshotFilterModel::holdOrder
    \brief whether rows stay where they are

    For while somebody interacts with them. Values change nevertheless, rows go when the source
    loses them, and rows that come are shown below the others. What is changed here, the filter text or
    the order, takes effect.
*/
bool SnapshotFilterModel::isOrderHeld() const
{
    return d->search.isHeld();
}

void SnapshotFilterModel::setHoldOrder(bool hold)
{
    if (isOrderHeld() == hold)
        return;
    d->search.setHeld(hold);
    Q_EMIT holdOrderChanged(hold);
}

/*!
    \property SnapshotFilterModel::movesRows
    \brief whether rows are moved one by one into a new order; \c true by default

    If \c true, views are told of every range of rows that goes, moves or comes, and of as few moves
    as possible, also where the source announces a new layout. A view of Qt Quick keeps its place, its
    current item and its delegates then, which it loses with a new layout. The model is reset only if
    its source is, and by setSourceModel() and setExtraColumns().

    If \c false, views are told of one range that goes, of one that comes, and of a new layout. A
    QTreeView or QTableView keeps its place then as well, and is faster: sorting by another column
    takes nearly as many moves as there are rows. With 10 000 of them, a view needs half a second.
*/
bool SnapshotFilterModel::movesRows() const
{
    return d->shown.movesRows();
}

void SnapshotFilterModel::setMovesRows(bool moves)
{
    if (movesRows() == moves)
        return;
    d->shown.setMovesRows(moves);
    Q_EMIT movesRowsChanged(moves);
}

/*!
    \property SnapshotFilterModel::readAhead
    \brief whether rows are read before there is something to look for

    The first search reads all rows, in pieces of 5 ms at most: for 300 000 metrics, that takes some
    50 ms of this thread. If this is \c true, it is done beforehand, and kept up to date with rows
    that come. Set it when somebody is about to search, as by giving a search field the focus. It
    takes the memory that a search takes.
*/
bool SnapshotFilterModel::readsAhead() const
{
    return d->search.readsAhead();
}

void SnapshotFilterModel::setReadAhead(bool ahead)
{
    if (ahead == readsAhead())
        return;
    d->search.setReadsAhead(ahead);
    Q_EMIT readAheadChanged(ahead);
}

/*!
    \property SnapshotFilterModel::busy
    \brief whether a search is under way
*/
bool SnapshotFilterModel::isBusy() const
{
    return d->search.isBusy();
}

/*!
    \property SnapshotFilterModel::hitCount
    \brief how many rows fit the filter text, as of the last search

    Of a tree, rows are not counted that are shown only because of one above or below them. Zero
    while neither filtered nor sorted.

    \sa searchedCount
*/
int SnapshotFilterModel::hitCount() const
{
    return d->search.hits();
}

/*!
    \property SnapshotFilterModel::searchedCount
    \brief how many rows the last search looked at, on all levels

    Zero while neither filtered nor sorted.

    \sa hitCount
*/
int SnapshotFilterModel::searchedCount() const
{
    return d->search.searched();
}

/*!
    Returns \c true if the row at \a index fits by itself, or by what is above it. If not, the row is
    shown only because something below it fits.
*/
bool SnapshotFilterModel::isHit(const QModelIndex &index) const
{
    return index.isValid() && d->shown.isHit(index);
}

/*!
    \reimp

    A \a model of another class is refused with a warning, and so is one that lives in another
    thread, of which a debug build also asserts that there is none.
*/
void SnapshotFilterModel::setSourceModel(QAbstractItemModel *model)
{
    d->thread.check("SnapshotFilterModel::setSourceModel");
    if (ElementNotice::isForeign(model, this)) {
        ElementNotice::warn(this, lcFilter(),
                            QStringLiteral("sourceModel lives in another thread than QML"));
        return;
    }
    if (model == sourceModel() || !d->thread.isShared(model, "SnapshotFilterModel::setSourceModel"))
        return;
    if (d->source && d->source->store().isHeld()) { // rows are on their way, a slot has asked
        d->source->store().afterwards([self = QPointer(this), next = QPointer(model)] {
            if (self)
                self->setSourceModel(next);
        });
        return;
    }
    std::unique_ptr<FilterSource> source = FilterSource::of(model);
    if (model && !source) {
        ElementNotice::warn(
                this, lcFilter(),
                QStringLiteral("setSourceModel: the source must be a model of snapshots, not a %1")
                        .arg(QLatin1StringView(model->metaObject()->className())));
        return;
    }
    beginResetModel();
    if (sourceModel())
        disconnect(sourceModel(), nullptr, this, nullptr);
    if (d->source)
        disconnect(&d->source->content(), nullptr, this, nullptr);
    QAbstractProxyModel::setSourceModel(model);
    std::swap(d->source, source);
    if (model) {
        d->connectRows(model);
        d->connectResets(model);
    }
    d->updateDemand();
    d->search.restart(d->source.get(), d->criteria());
    endResetModel();
}

/*!
    Sorts by \a column in the given \a order, numbers by their value, and from then on. Column -1
    is the order of the source. Where there is no value, the row is at the end in both orders.
*/
void SnapshotFilterModel::sort(int column, Qt::SortOrder order)
{
    d->thread.check("SnapshotFilterModel::sort");
    if (sourceModel() && column >= columnCount())
        return;
    const int columnBefore = std::exchange(d->sortColumn, std::max(column, -1));
    const Qt::SortOrder orderBefore = std::exchange(d->sortOrder, order);
    d->search.setCriteria(d->criteria());
    if (d->sortColumn != columnBefore || d->sortOrder != orderBefore)
        Q_EMIT sortingChanged(d->sortColumn, d->sortOrder);
}

/*!
    \property SnapshotFilterModel::sortColumn
    \brief the column that it sorts by, as sort() does, or -1 for the order of the source
*/
int SnapshotFilterModel::sortColumn() const
{
    return d->sortColumn;
}

void SnapshotFilterModel::setSortColumn(int column)
{
    sort(column, d->sortOrder);
}

/*!
    \property SnapshotFilterModel::sortOrder
    \brief in which order it sorts
*/
Qt::SortOrder SnapshotFilterModel::sortOrder() const
{
    return d->sortOrder;
}

void SnapshotFilterModel::setSortOrder(Qt::SortOrder order)
{
    sort(d->sortColumn, order);
}

/*!
    Returns the roles that have a column of their own.

    \sa setExtraColumns()
*/
QList<int> SnapshotFilterModel::extraColumns() const
{
    return d->extraColumns;
}

/*!
    Shows each of \a roles in a column of its own, in this order and to the right of those of the
    source: SnapshotModel::DeltaRole, DeltaRatioRole, the figures from CountRole to P999Role, and
    LastChangedRole, as text with its unit. It can be sorted by them. Of other roles, the column is
    empty. The model is reset.
*/
void SnapshotFilterModel::setExtraColumns(const QList<int> &roles)
{
    if (d->extraColumns == roles)
        return;
    beginResetModel();
    d->extraColumns = roles;
    d->search.restart(d->source.get(), d->criteria());
    endResetModel();
}

/*!
    \reimp
*/
QModelIndex SnapshotFilterModel::mapToSource(const QModelIndex &proxyIndex) const
{
    return d->shown.toSource(proxyIndex);
}

/*!
    \reimp
*/
QModelIndex SnapshotFilterModel::mapFromSource(const QModelIndex &sourceIndex) const
{
    return d->shown.fromSource(sourceIndex);
}

/*!
    \reimp
*/
QModelIndex SnapshotFilterModel::index(int row, int column, const QModelIndex &parent) const
{
    d->thread.check("SnapshotFilterModel::index");
    return hasIndex(row, column, parent) ? d->shown.index(row, column, parent) : QModelIndex();
}

/*!
    \reimp
*/
QModelIndex SnapshotFilterModel::parent(const QModelIndex &index) const
{
    d->thread.check("SnapshotFilterModel::parent");
    return d->shown.parent(index);
}

/*!
    \reimp
*/
QModelIndex SnapshotFilterModel::sibling(int row, int column, const QModelIndex &index) const
{
    if (row != index.row() || index.model() != this || column < 0 || column >= columnCount())
        return QAbstractProxyModel::sibling(row, column, index);
    return createIndex(row, column, index.internalId());
}

/*!
    \reimp
*/
int SnapshotFilterModel::rowCount(const QModelIndex &parent) const
{
    d->thread.check("SnapshotFilterModel::rowCount");
    return d->shown.rowCount(parent);
}

/*!
    \reimp
*/
int SnapshotFilterModel::columnCount(const QModelIndex &parent) const
{
    d->thread.check("SnapshotFilterModel::columnCount");
    return sourceModel()
            ? sourceModel()->columnCount(mapToSource(parent)) + int(d->extraColumns.size())
            : 0;
}

/*!
    \reimp
*/
Qt::ItemFlags SnapshotFilterModel::flags(const QModelIndex &index) const
{
    return d->shown.flags(index);
}

/*!
    \reimp
*/
bool SnapshotFilterModel::hasChildren(const QModelIndex &parent) const
{
    d->thread.check("SnapshotFilterModel::hasChildren");
    return d->shown.hasChildren(parent);
}

/*!
    \reimp
*/
QVariant SnapshotFilterModel::data(const QModelIndex &index, int role) const
{
    d->thread.check("SnapshotFilterModel::data");
    const int shownRole = d->extraRole(index.column());
    if (!shownRole || !index.isValid() || role == Qt::ToolTipRole)
        return QAbstractProxyModel::data(index, role);
    const QModelIndex source = mapToSource(index.siblingAtColumn(0));
    if (role == Qt::DisplayRole)
        return d->source->columnText(source, shownRole);
    return role == Qt::TextAlignmentRole ? columnAlignment() : source.data(role);
}

/*!
    \reimp
*/
QVariant SnapshotFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || !sourceModel())
        return {};
    if (const int shownRole = d->extraRole(section))
        return columnHeader(shownRole, role);
    return sourceModel()->headerData(section, orientation, role);
}

} // namespace Recorders
