// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/flatsnapshotmodel.h>

#include "model/flatsnapshotmodel_p.h"

#include <recorders/model/snapshottablemodel.h>

#include <algorithm>

namespace Recorders {

using namespace Internal;

namespace {

NodeColumn columnAt(int section) // of a SnapshotTableModel
{
    switch (section) {
    case SnapshotTableModel::EntityColumn:
        return NodeColumn::Entity;
    case SnapshotTableModel::MetricColumn:
        return NodeColumn::Metric;
    case SnapshotTableModel::DimensionColumn:
        return NodeColumn::Name;
    case SnapshotTableModel::ValueColumn:
        return NodeColumn::Value;
    case SnapshotTableModel::UnitColumn:
        return NodeColumn::Unit;
    case SnapshotTableModel::RateColumn:
        return NodeColumn::Rate;
    default:
        return NodeColumn::Added;
    }
}

} // namespace

/*!
    \class Recorders::FlatSnapshotModel
    \inheaderfile recorders/model/flatsnapshotmodel.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The FlatSnapshotModel class is what RecorderSnapshotModel and SnapshotTableModel have
    in common: a row for each dimension of each metric.

    The model lives in one thread, that of its views and normally that of the GUI, and is to be used
    there only. The first use in another one is warned of, and a debug build asserts. Its roles, its
    rates and how it is refreshed are those of SnapshotModel. Its rows are in the order of that
    model, too, and come and go as those do.

    Changes are announced as those of a SnapshotModel, see \l {Large models}: of the rows of a
    metric or recorder of which somebody has read a row by data() since they were announced last. Of
    the others, the rows of the first 16 metrics and of the first 16 recorders that change in an
    update are announced, too. The signal updated() tells of every update.
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
    d->content.forwardSignalsTo(this);
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
ModelContent &FlatSnapshotModel::content() const
{
    return d->content;
}

/*!
    \internal
*/
QString FlatSnapshotModel::columnText(const QModelIndex &index, int role) const
{
    return d->nodeData(index.row(), role).columnText(role);
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
    d->thread.check("FlatSnapshotModel::setRuntime");
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
    d->thread.check("FlatSnapshotModel::setSource");
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
    d->content.setKeepRemoved(keep);
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
    d->content.clearRemoved();
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
    d->content.setMark(mark);
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
    d->content.setBytePrefix(prefix);
}

/*!
    Returns a mark of what is shown now, with a \a name.
*/
SnapshotMark FlatSnapshotModel::newMark(const QString &name) const
{
    return d->content.newMark(name);
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
    d->thread.check("FlatSnapshotModel::rowCount");
    return parent.isValid() ? 0 : d->rows.total();
}

/*!
    \reimp
*/
int FlatSnapshotModel::columnCount(const QModelIndex &parent) const
{
    d->thread.check("FlatSnapshotModel::columnCount");
    return parent.isValid() ? 0 : SnapshotTableModel::ColumnCount - d->firstColumn;
}

/*!
    \reimp
*/
QVariant FlatSnapshotModel::data(const QModelIndex &index, int role) const
{
    d->thread.check("FlatSnapshotModel::data");
    if (index.model() != this || index.row() >= rowCount()) // anybody may have kept it
        return {};
    return d->nodeData(index.row(), role).data(columnAt(index.column() + d->firstColumn), role);
}

/*!
    \reimp
*/
QVariant FlatSnapshotModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const NodeColumn column = columnAt(section + d->firstColumn);
    if (role == Qt::ToolTipRole && column == NodeColumn::Rate)
        return rateToolTip();
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case NodeColumn::Entity:
        return tr("Entity");
    case NodeColumn::Metric:
        return tr("Metric");
    case NodeColumn::Name:
        return tr("Dimension");
    case NodeColumn::Value:
        return tr("Value");
    case NodeColumn::Unit:
        return tr("Unit");
    case NodeColumn::Rate:
    case NodeColumn::Added:
        break;
    }
    return tr("Rate");
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

    This signal is emitted after an update was applied, also if nothing had changed, and whether or
    not changes of rows were announced.
*/

/*!
    \fn void FlatSnapshotModel::refreshed()

    This signal is emitted when all is shown that refresh() asked for, after the last updated() of it. It
    is not if the source does not answer, or if another one is set meanwhile.
*/

} // namespace Recorders
