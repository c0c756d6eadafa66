// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/flatsnapshotmodel.h>

#include "core/platform/ownerthread_p.h"
#include "model/baseline_p.h"
#include "model/enumerator_p.h"
#include "model/nodedata_p.h"
#include "model/noderoles_p.h"
#include "model/rowcounts_p.h"
#include "model/snapshotfeed_p.h"
#include "model/snapshotstore_p.h"

#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <algorithm>

namespace Recorders {

using namespace Internal;

class FlatSnapshotModelPrivate : public SnapshotStoreObserver
{
public:
    explicit FlatSnapshotModelPrivate(FlatSnapshotModel *model, int hiddenColumns)
        : q(model)
        , firstColumn(hiddenColumns)
        , store(this)
        , feed(&store, q)
    {
    }

    static int rowsBefore(const RecorderNode &recorder, int metric);
    int rowOf(const RecorderNode &recorder) const { return rows.firstRowOf(store.rowOf(recorder)); }
    int rowOf(const MetricNode &metric) const
    {
        return rowOf(*metric.recorder) + rowsBefore(*metric.recorder, metric.row);
    }
    NodeData nodeData(int row) const;

    void beginReset() override { q->beginResetModel(); }
    void endReset() override
    {
        rows.clear();
        q->endResetModel();
    }
    void beginInsertRecorders(int first, int last) override;
    void endInsertRecorders() override;
    void beginRemoveRecorders(int first, int last) override;
    void endRemoveRecorders() override;
    void beginInsertMetric(const RecorderNode &recorder, int row, int dimensions) override;
    void endInsertMetric() override { endInsert(); }
    void beginRemoveMetric(const RecorderNode &recorder, int row) override;
    void endRemoveMetric() override { endRemove(); }
    void beginInsertDimensions(const MetricNode &metric, int first, int last) override;
    void endInsertDimensions() override { endInsert(); }
    void beginRemoveDimensions(const MetricNode &metric, int first, int last) override;
    void endRemoveDimensions() override { endRemove(); }
    void changed(const std::vector<NodeChange> &changes) override;
    void freshnessChanged() override { publish(0, rows.total() - 1, rateRoles()); }
    void markChanged() override { publish(0, rows.total() - 1, comparisonRoles()); }
    void bytePrefixChanged() override { publish(0, rows.total() - 1, textRoles()); }

    void beginInsert(const RecorderNode &recorder, int first, int count);
    void endInsert();
    void beginRemove(const RecorderNode &recorder, int first, int count);
    void endRemove();
    void publish(int first, int last, const QList<int> &roles) const;

    FlatSnapshotModel *const q;
    const int firstColumn; // of SnapshotTableModel's
    RowCounts rows; // of the recorders, as they were last announced
    int block = 0; // of rows, that is about to change
    int lastBlock = 0;
    int count = 0; // of rows that come or go; none: nothing was announced
    SnapshotStore store;
    SnapshotFeed feed;
};

// A metric without dimensions has no row.
int FlatSnapshotModelPrivate::rowsBefore(const RecorderNode &recorder, int metric)
{
    int rows = 0;
    for (int i = 0; i < metric; ++i)
        rows += int(recorder.metrics[size_t(i)]->dimensions.size());
    return rows;
}

NodeData FlatSnapshotModelPrivate::nodeData(int row) const
{
    const RowCounts::Place place = rows.placeOf(row);
    auto metric = store.recorderAt(place.block)->metrics.cbegin();
    int dimension = place.offset;
    while (dimension >= int((*metric)->dimensions.size()))
        dimension -= int((*metric++)->dimensions.size());
    return NodeData::ofDimension(**metric, dimension, store);
}

void FlatSnapshotModelPrivate::beginInsert(const RecorderNode &recorder, int first, int added)
{
    block = store.rowOf(recorder);
    count = added;
    if (count > 0)
        q->beginInsertRows({}, first, first + count - 1);
}

void FlatSnapshotModelPrivate::endInsert()
{
    if (count == 0)
        return;
    rows.add(block, count);
    q->endInsertRows();
}

void FlatSnapshotModelPrivate::beginRemove(const RecorderNode &recorder, int first, int removed)
{
    block = store.rowOf(recorder);
    count = removed;
    if (count > 0)
        q->beginRemoveRows({}, first, first + count - 1);
}

void FlatSnapshotModelPrivate::endRemove()
{
    if (count == 0)
        return;
    rows.add(block, -count);
    q->endRemoveRows();
}

/*
    How many rows recorders have that come is known only once they are there. They are announced
    then: as blocks without rows first, so that the rows behind them are found already.
*/
void FlatSnapshotModelPrivate::beginInsertRecorders(int first, int last)
{
    block = first;
    lastBlock = last;
}

void FlatSnapshotModelPrivate::endInsertRecorders()
{
    std::vector<int> counts(size_t(lastBlock - block + 1), 0);
    rows.insert(block, counts);
    count = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
        const RecorderNode *added = store.recorderAt(block + int(i));
        counts[i] = rowsBefore(*added, int(added->metrics.size()));
        count += counts[i];
    }
    const int first = rows.firstRowOf(block);
    if (count > 0)
        q->beginInsertRows({}, first, first + count - 1);
    rows.remove(block, lastBlock);
    rows.insert(block, counts);
    if (count > 0)
        q->endInsertRows();
}

void FlatSnapshotModelPrivate::beginRemoveRecorders(int first, int last)
{
    block = first;
    lastBlock = last;
    const int firstRow = rows.firstRowOf(first);
    count = rows.firstRowOf(last) + rows.rowsOf(last) - firstRow;
    if (count > 0)
        q->beginRemoveRows({}, firstRow, firstRow + count - 1);
}

void FlatSnapshotModelPrivate::endRemoveRecorders()
{
    rows.remove(block, lastBlock);
    if (count > 0)
        q->endRemoveRows();
}

void FlatSnapshotModelPrivate::beginInsertMetric(const RecorderNode &recorder, int row,
                                                 int dimensions)
{
    beginInsert(recorder, rowOf(recorder) + rowsBefore(recorder, row), dimensions);
}

void FlatSnapshotModelPrivate::beginRemoveMetric(const RecorderNode &recorder, int row)
{
    beginRemove(recorder, rowOf(recorder) + rowsBefore(recorder, row),
                int(recorder.metrics[size_t(row)]->dimensions.size()));
}

void FlatSnapshotModelPrivate::beginInsertDimensions(const MetricNode &metric, int first, int last)
{
    beginInsert(*metric.recorder, rowOf(metric) + first, last - first + 1);
}

void FlatSnapshotModelPrivate::beginRemoveDimensions(const MetricNode &metric, int first, int last)
{
    beginRemove(*metric.recorder, rowOf(metric) + first, last - first + 1);
}

void FlatSnapshotModelPrivate::publish(int first, int last, const QList<int> &roles) const
{
    if (first <= last)
        Q_EMIT q->dataChanged(q->index(first, 0), q->index(last, q->columnCount() - 1), roles);
}

// The recorder's and the metrics' states show in all rows of theirs.
void FlatSnapshotModelPrivate::changed(const std::vector<NodeChange> &changes)
{
    static const QList<int> recorderOnly{ SnapshotModel::PendingRole, SnapshotModel::DroppedRole };
    static const QList<int> recorderState = recorderOnly + QList<int>{ SnapshotModel::StateRole };
    for (const NodeChange &change : changes) {
        if (!change.metric) {
            const int recorder = store.rowOf(*change.recorder);
            const int first = rows.firstRowOf(recorder);
            publish(first, first + rows.rowsOf(recorder) - 1,
                    change.isState ? recorderState : recorderOnly);
            continue;
        }
        const int first = rowOf(*change.metric);
        if (change.isRateOnly)
            publish(first + change.firstDimension, first + change.lastDimension,
                    valueRoles(change, store));
        else
            publish(first, first + int(change.metric->dimensions.size()) - 1,
                    valueRoles(change, store));
    }
}

/*!
    \class Recorders::FlatSnapshotModel
    \inheaderfile recorders/model/flatsnapshotmodel.h
    \inmodule Recorders
    \brief The FlatSnapshotModel class is what RecorderSnapshotModel and SnapshotTableModel have
    in common: a row for each dimension of each metric.

    The model lives in one thread, that of its views and normally that of the GUI, and is to be used
    there only; a debug build asserts that it is. Its roles, its rates and how it is refreshed are
    those of SnapshotModel. Its rows are in the order of that model, too, and keep it: they come and
    go in ranges and are never moved.
*/

/*!
    \enum FlatSnapshotModel::Scope
    \internal
*/

/*!
    \internal
*/
FlatSnapshotModel::FlatSnapshotModel(Scope scope, QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<FlatSnapshotModelPrivate>(
              this, scope == Scope::OneRecorder ? SnapshotTableModel::MetricColumn : 0))
{
    connect(&d->feed, &SnapshotFeed::runtimeChanged, this, &FlatSnapshotModel::runtimeChanged);
    connect(&d->feed, &SnapshotFeed::sourceChanged, this, &FlatSnapshotModel::sourceChanged);
    connect(&d->feed, &SnapshotFeed::refreshIntervalChanged, this,
            &FlatSnapshotModel::refreshIntervalChanged);
    connect(&d->feed, &SnapshotFeed::pausedChanged, this, &FlatSnapshotModel::pausedChanged);
    connect(&d->feed, &SnapshotFeed::endedChanged, this, &FlatSnapshotModel::endedChanged);
    connect(&d->feed, &SnapshotFeed::stalledChanged, this, &FlatSnapshotModel::stalledChanged);
    connect(&d->feed, &SnapshotFeed::errorChanged, this, &FlatSnapshotModel::errorStringChanged);
    connect(&d->feed, &SnapshotFeed::aboutToUpdate, this, &FlatSnapshotModel::aboutToUpdate);
    connect(&d->feed, &SnapshotFeed::updated, this, &FlatSnapshotModel::updated);
    if (scope == Scope::OneRecorder)
        d->feed.showOnly({});
}

FlatSnapshotModel::~FlatSnapshotModel() = default;

/*!
    \internal
*/
void FlatSnapshotModel::showOnly(const QString &entityId)
{
    d->feed.showOnly(entityId);
}

/*!
    \internal
*/
bool FlatSnapshotModel::hasRecorders() const
{
    return d->feed.hasRecorders();
}

/*!
    \internal
*/
const SnapshotStore &FlatSnapshotModel::store() const
{
    return d->store;
}

/*!
    \internal
*/
NodeData FlatSnapshotModel::nodeData(const QModelIndex &index) const
{
    return d->nodeData(index.row());
}

// Of many rows this takes a fraction of the time of data().
void FlatSnapshotModel::visitRows(int first, int last, const Visitor &visit) const
{
    if (first > last)
        return;
    const RowCounts::Place place = d->rows.placeOf(first);
    int row = first - place.offset;
    for (int recorder = place.block; row <= last; ++recorder) {
        for (const auto &metric : d->store.recorderAt(recorder)->metrics) {
            const int count = int(metric->dimensions.size());
            const int end = std::min(row + count, last + 1);
            for (int i = std::max(row, first); i < end; ++i)
                visit(i, *metric, i - row);
            row += count;
        }
    }
}

/*!
    \property FlatSnapshotModel::runtime
    \brief the runtime whose source is shown, or null

    The model does not take ownership, and may outlive the runtime.
*/
MetricsRuntime *FlatSnapshotModel::runtime() const
{
    return d->feed.runtime();
}

void FlatSnapshotModel::setRuntime(MetricsRuntime *runtime)
{
    d->feed.setRuntime(runtime);
}

/*!
    \property FlatSnapshotModel::source
    \brief where the snapshots come from, or null

    The model does not take ownership. If the source is destroyed, the rows are kept and
    \l ended becomes \c true.
*/
SnapshotSource *FlatSnapshotModel::source() const
{
    return d->feed.source();
}

void FlatSnapshotModel::setSource(SnapshotSource *source)
{
    d->feed.setSource(source);
}

/*!
    \property FlatSnapshotModel::refreshInterval
    \brief how often to look for something new, in milliseconds

    The default is 100. An interval below 1 is refused with a warning.
*/
int FlatSnapshotModel::refreshInterval() const
{
    return d->feed.refreshInterval();
}

void FlatSnapshotModel::setRefreshInterval(int milliseconds)
{
    d->feed.setRefreshInterval(milliseconds);
}

/*!
    \property FlatSnapshotModel::paused
    \brief whether the model stays as it is
*/
bool FlatSnapshotModel::isPaused() const
{
    return d->feed.isPaused();
}

void FlatSnapshotModel::setPaused(bool paused)
{
    d->feed.setPaused(paused);
}

/*!
    \property FlatSnapshotModel::ended
    \brief whether the source was destroyed, or no longer answers
*/
bool FlatSnapshotModel::isEnded() const
{
    return d->store.isEnded();
}

/*!
    \property FlatSnapshotModel::stalled
    \brief whether the source has not answered for more than a second, as its thread is stuck

    What is shown is old then, and has no rates. errorString says for how long, and where the thread
    is. It is looked at each refreshInterval.
*/
bool FlatSnapshotModel::isStalled() const
{
    return d->feed.stall().has_value();
}

/*!
    \property FlatSnapshotModel::errorString
    \brief why the model shows nothing, or nothing new, such as \e {"app" has no recorder "worker-3"}

    As SnapshotModel::error. A RecorderSnapshotModel says, too, that its \c entityId is empty or that
    there is no such recorder.
*/
QString FlatSnapshotModel::errorString() const
{
    return d->feed.error();
}

/*!
    \property FlatSnapshotModel::keepRemoved
    \brief whether recorders that the source has no more are kept

    As SnapshotModel::keepRemoved.
*/
bool FlatSnapshotModel::isRemovedKept() const
{
    return d->store.keepsRemoved();
}

void FlatSnapshotModel::setKeepRemoved(bool keep)
{
    if (keep == isRemovedKept())
        return;
    d->store.setKeepRemoved(keep);
    Q_EMIT keepRemovedChanged(keep);
}

/*!
    Returns how many recorders are shown that the source has no more.

    \sa keepRemoved
*/
int FlatSnapshotModel::removedCount() const
{
    return d->store.removedCount();
}

/*!
    Takes away the rows of all recorders that the source has no more.

    \sa keepRemoved
*/
void FlatSnapshotModel::clearRemoved()
{
    d->store.clearRemoved();
}

/*!
    \property FlatSnapshotModel::mark
    \brief what the values are compared with

    As SnapshotModel::mark. A mark of any model of the same source will do.
*/
SnapshotMark FlatSnapshotModel::mark() const
{
    return d->store.mark();
}

void FlatSnapshotModel::setMark(const SnapshotMark &mark)
{
    if (mark == d->store.mark())
        return;
    d->store.setMark(mark);
    Q_EMIT markChanged();
}

/*!
    \property FlatSnapshotModel::bytePrefix
    \brief how many bytes are shown, as SnapshotModel::bytePrefix
*/
BytePrefix FlatSnapshotModel::bytePrefix() const
{
    return d->store.bytePrefix();
}

void FlatSnapshotModel::setBytePrefix(BytePrefix prefix)
{
    if (prefix == d->store.bytePrefix() || !isEnumerator(this, "bytePrefix", prefix))
        return;
    d->store.setBytePrefix(prefix);
    Q_EMIT bytePrefixChanged(prefix);
}

/*!
    Returns a mark of what is shown now, with a \a name.
*/
SnapshotMark FlatSnapshotModel::newMark(const QString &name) const
{
    return Baseline::markOf(d->store, name);
}

/*!
    Asks for an update now, also while paused. The signal updated() tells when it has come.
*/
void FlatSnapshotModel::refresh()
{
    d->feed.refresh();
}

/*!
    \reimp
*/
int FlatSnapshotModel::rowCount(const QModelIndex &parent) const
{
    assertOwnThread(this, "FlatSnapshotModel::rowCount");
    return parent.isValid() ? 0 : d->rows.total();
}

/*!
    \reimp
*/
int FlatSnapshotModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : SnapshotTableModel::ColumnCount - d->firstColumn;
}

/*!
    \reimp
*/
QVariant FlatSnapshotModel::data(const QModelIndex &index, int role) const
{
    assertOwnThread(this, "FlatSnapshotModel::data");
    if (index.model() != this || index.row() >= rowCount()) // anybody may have kept it
        return {};
    const int column = index.column() + d->firstColumn;
    if (role == Qt::TextAlignmentRole) {
        const bool isRight = column == SnapshotTableModel::ValueColumn
                || column == SnapshotTableModel::RateColumn;
        return QVariant::fromValue((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    const NodeData node = d->nodeData(index.row());
    if (role == Qt::ToolTipRole)
        return node.toolTip();
    if (role == Qt::AccessibleTextRole && column == SnapshotTableModel::ValueColumn)
        return node.role(SnapshotModel::TextRole); // with its unit
    if (role != Qt::DisplayRole)
        return node.role(role);
    switch (column) {
    case SnapshotTableModel::EntityColumn:
        return node.role(SnapshotModel::EntityIdRole);
    case SnapshotTableModel::MetricColumn:
        return node.role(SnapshotModel::MetricRole);
    case SnapshotTableModel::DimensionColumn:
        return node.name();
    case SnapshotTableModel::ValueColumn:
        return node.valueText();
    case SnapshotTableModel::UnitColumn:
        return node.unitText();
    default:
        return node.rateText();
    }
}

/*!
    \reimp
*/
QVariant FlatSnapshotModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const int column = section + d->firstColumn;
    if (role == Qt::ToolTipRole && column == SnapshotTableModel::RateColumn)
        return rateToolTip();
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case SnapshotTableModel::EntityColumn:
        return tr("Entity");
    case SnapshotTableModel::MetricColumn:
        return tr("Metric");
    case SnapshotTableModel::DimensionColumn:
        return tr("Dimension");
    case SnapshotTableModel::ValueColumn:
        return tr("Value");
    case SnapshotTableModel::UnitColumn:
        return tr("Unit");
    default:
        return tr("Rate");
    }
}

/*!
    \reimp
*/
QHash<int, QByteArray> FlatSnapshotModel::roleNames() const
{
    return nodeRoleNames(QAbstractTableModel::roleNames());
}

/*!
    \fn void FlatSnapshotModel::aboutToUpdate()

    This signal is emitted before an update is applied, while everything is still as it was. The
    signal updated() follows.

    \sa updated()
*/

/*!
    \fn void FlatSnapshotModel::updated()

    This signal is emitted after an update was applied, also if nothing had changed.
*/

} // namespace Recorders
