// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "model/noderoles_p.h"
#include "model/snapshotmodel_p.h"

namespace Recorders {

using namespace Internal;

namespace {

NodeColumn columnAt(int section)
{
    switch (section) {
    case SnapshotModel::NameColumn:
        return NodeColumn::Name;
    case SnapshotModel::ValueColumn:
        return NodeColumn::Value;
    case SnapshotModel::UnitColumn:
        return NodeColumn::Unit;
    case SnapshotModel::RateColumn:
        return NodeColumn::Rate;
    default:
        return NodeColumn::Added;
    }
}

} // namespace

/*!
    \class Recorders::SnapshotModel
    \inheaderfile recorders/model/snapshotmodel.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotModel class is a live tree of recorders, their metrics and the dimensions
    of these.

    The model lives in one thread, that of its views and normally that of the GUI, and is to be used
    there only. The first use in another one is warned of, and a debug build asserts. The model never
    waits for its source: a SnapshotSubscription tells it what changed, at most as often as
    refreshInterval says. One question is under way at most, so that a thread that cannot keep up
    gets fewer updates, never a backlog.

    Recorders and metrics are sorted by name, numbers in it by their value. Dimensions keep the
    order that their metric gave them. Rows come and go in ranges; values change in place. Where an
    update has more than 32 ranges of recorders that come, they are inserted as the last rows, and a
    new layout is announced that has them in their places. Where it has as many that go, a new layout
    has them as the last rows before they are removed. Whatever is selected or expanded stays so. A
    view of Qt Quick loses its place with a new layout; a SnapshotFilterModel in between spares it
    that, see SnapshotFilterModel::movesRows.

    \section2 Rates

    Values that only grow have a rate per second, RateRole, measured over the last second:
    counters (MetricKind::Counter), and numbers of unspecified kind as long as they never fell.
    A counter that falls was restarted, and has no rate until it grows again; one that went over the
    end of its type went on. A number of unspecified kind that falls to 0 has a rate again once it
    grew twice, and any that Recorder::resetMetrics() set back has one when it grows again.

    \section2 Marks

    A model can be compared with a mark, which is what it showed at another moment. What has become
    of a row since then is said by ChangeRole: values have changed by DeltaRole, rows and recorders
    are new, or were restarted, as a counter that is below what it was, or a recorder in the place
    of another one. Marks do not touch the recorders: their values go on as they are.

    \code
    model.setMark(model.newMark(tr("before the import")));
    \endcode

    \section2 Roles

    All columns of a row know all roles, by the names \c entityId, \c metric, \c dimension,
    \c value, \c text, \c unit, \c kind, \c rate, \c rateText, \c nodeType, \c state, \c errorText,
    \c description, \c pending, \c dropped, \c isMessage, \c exactText, \c lastChanged, \c removed, \c change,
    \c delta, \c deltaText, \c deltaRatio, \c count, \c minimum, \c mean, \c maximum, \c p50,
    \c p90, \c p99, \c p999, \c registered and \c handled in QML. A change names those
    that it concerns: a new value no unit, a decaying rate no value.

    By their names, roles of values are made for JavaScript, as FormattedValue::forScripts() does it:
    a number only where that is exact. In C++, ValueRole and the others of the enumeration have the
    value itself.

    The figures from CountRole to P999Role are the dimensions of a metric that are called \c count,
    \c min, \c mean, \c max, \c p50, \c p90, \c p99 and \c p99.9, as statistics() and histogram()
    have them. The row of the metric knows them, and so does that of its first dimension.

    LastChangedRole is the time here at which the update came that changed a metric last, also of
    its dimensions, or a recorder with one of its metrics. Of what has not changed since the model
    was attached to its source, it is the time of the first update.

    \section2 Large models

    A change of a row is announced by dataChanged() if somebody has read the row by data() since it
    was announced last: what it displays, its tool tip, its accessible text, or any role of Role.
    Who has not read what was announced has nothing that could be out of date. Reading a dimension
    counts for its metric and all dimensions of that. Of the other rows that somebody has asked for
    an index() of, the first 16 that change in an update are announced, too, no others. So whoever
    wants to know of every update connects to updated(), not to dataChanged().

    A tree in which most recorders are collapsed needs few of their metrics: with \l metricsOnDemand,
    no others are asked for, and the recorders' thread is spared their snapshots.

    \code
    model.setMetricsOnDemand(true); // of what the view has expanded, and has in sight
    \endcode

    Leaves carry Qt::ItemNeverHasChildren. A QTreeView needs \c uniformRowHeights for a large
    model, and a QSortFilterProxyModel needs \c dynamicSortFilter to be off above some 10 000
    rows if it sorts by a column that changes.

    \warning Give the columns of a view fixed or stretched widths. A QHeaderView whose sections are
    resized by QHeaderView::ResizeToContents asks for some 2000 data() at each change, also of a row
    that is out of sight.

    \sa RecorderSnapshotModel
*/

/*!
    \enum SnapshotModel::Column

    \value NameColumn   The entity id, or the name of the metric or dimension.
    \value ValueColumn  The value in its scaled unit, or the state in words.
    \value UnitColumn   The scaled unit.
    \value RateColumn   The growth per second.
    \omitvalue ColumnCount
*/

/*!
    \enum SnapshotModel::Role

    What there is to know of a row. The lead of a row is the dimension that it shows: of a metric
    the first one, of a dimension itself. A recorder has none.

    \value EntityIdRole     The entity id of the recorder. QString.
    \value MetricRole       The name of the metric; empty for a recorder. QString.
    \value DimensionRole    The name of the dimension; empty for recorders and metrics. QString.
    \value ValueRole        The value of the lead, exact; of a recorder, how many metrics it has.
                            QVariant.
    \value TextRole         The value, formatted with its unit, or a state in words. QString.
    \value UnitRole         The UCUM code of the lead's unit. QString.
    \value KindRole         The kind of the lead. MetricKind.
    \value RateRole         The growth per second; of a recorder, the events that it handles per
                            second. Invalid if there is none. \c double.
    \value NodeTypeRole     Whether it is a recorder, a metric or a dimension. NodeType.
    \value StateRole        RecorderState of a recorder, MetricState of the others.
    \value ErrorTextRole    What went wrong in the recorder or metric; empty if nothing did. QString.
    \value DescriptionRole  The description of the metric; empty for a recorder. QString.
    \value PendingRole      How many events of the recorder are pending. \c quint64.
    \value DroppedRole      How many events of the recorder were dropped or rejected. \c quint64.
    \value IsMessageRole    Whether TextRole is a state in words, such as that of a failed recorder.
                            \c bool.
    \value ExactTextRole    ValueRole with all digits. QString.
    \value LastChangedRole  When the update came in which it changed last. QDateTime.
    \value RemovedRole      Whether the source has the recorder no more, and its row is kept.
                            \c bool.
    \value ChangeRole       What became of the row since the mark. Change.
    \value DeltaRole        What was added to the value since the mark, exact; invalid if there is
                            no such thing. QVariant.
    \value DeltaTextRole    DeltaRole formatted with its unit, or ChangeRole in a word. QString.
    \value DeltaRatioRole   The ratio of DeltaRole to what the value was; invalid if there is none.
                            \c double.
    \value CountRole        The dimension \c count of the metric, exact. QVariant, as the following.
    \value MinimumRole      The dimension \c min.
    \value MeanRole         The dimension \c mean.
    \value MaximumRole      The dimension \c max.
    \value P50Role          The dimension \c p50.
    \value P90Role          The dimension \c p90.
    \value P99Role          The dimension \c p99.
    \value P999Role         The dimension \c {p99.9}.
    \value RateTextRole     RateRole formatted with its unit; empty if there is none. A counter that
                            was restarted says so. QString.
    \value RegisteredRole   How many events were registered with the recorder. \c quint64.
    \value HandledRole      How many events the recorder has handled. \c quint64.

    \sa {Roles}
*/

/*!
    \enum SnapshotModel::NodeType

    What a row stands for.

    \value Recorder   A recorder. Its children are its metrics.
    \value Metric     A metric. Its children are its dimensions.
    \value Dimension  A dimension, which has no children.
*/

/*!
    \class SnapshotModel::Totals
    \inheaderfile recorders/model/snapshotmodel.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotModel::Totals struct is what the recorders of a model count, added up.
*/

/*!
    \variable SnapshotModel::Totals::recorders
    \brief how many recorders the source has
*/

/*!
    \variable SnapshotModel::Totals::metrics
    \brief how many metrics they have
*/

/*!
    \variable SnapshotModel::Totals::pending
    \brief how many events are pending
*/

/*!
    \variable SnapshotModel::Totals::dropped
    \brief how many events were dropped or rejected, also by recorders that are gone
*/

/*!
    \variable SnapshotModel::Totals::eventsPerSecond
    \brief how many events are handled per second
*/

/*!
    \variable SnapshotModel::Totals::failed
    \brief how many recorders have failed
*/

/*!
    \variable SnapshotModel::Totals::quarantined
    \brief how many metrics are quarantined
*/

/*!
    \enum SnapshotModel::Change

    What became of a row since the mark.

    \value NotCompared  There is no mark.
    \value Unchanged    It is as it was.
    \value Changed      Its value is another one, or of a recorder, some of its metrics are.
    \value New          It was not there.
    \value Gone         The source has the recorder no more.
    \value Restarted    It is a counter that is below what it was, or belongs to another recorder
                        of the same entity id.
*/

/*!
    Constructs a model without a source, with the given \a parent.
*/
SnapshotModel::SnapshotModel(QObject *parent)
    : QAbstractItemModel(parent)
    , d(std::make_unique<SnapshotModelPrivate>(this))
{
    d->content.forwardSignalsTo(this);
    connect(&d->feed, &SnapshotFeed::onDemandChanged, this, &SnapshotModel::metricsOnDemandChanged);
}

SnapshotModel::~SnapshotModel() = default;

/*!
    \internal
*/
ModelContent &SnapshotModel::content() const
{
    return d->content;
}

/*!
    \internal
*/
QString SnapshotModel::columnText(const QModelIndex &index, int role) const
{
    const std::optional<NodeData> node = d->nodeData(index, role);
    return node ? node->columnText(role) : QString();
}

/*!
    \property SnapshotModel::runtime
    \brief the runtime whose source is shown, or null

    The model does not take ownership, and may outlive the runtime.
*/
MetricsRuntime *SnapshotModel::runtime() const
{
    return d->feed.runtime();
}

void SnapshotModel::setRuntime(MetricsRuntime *runtime)
{
    d->thread.check("SnapshotModel::setRuntime");
    d->feed.setRuntime(runtime);
}

/*!
    \property SnapshotModel::source
    \brief where the snapshots come from, or null

    The model does not take ownership. If the source is destroyed, its rows are kept and
    \l ended becomes \c true. Another source replaces them.
*/
SnapshotSource *SnapshotModel::source() const
{
    return d->feed.source();
}

void SnapshotModel::setSource(SnapshotSource *source)
{
    d->thread.check("SnapshotModel::setSource");
    d->feed.setSource(source);
}

/*!
    \property SnapshotModel::refreshInterval
    \brief how often to look for something new, in milliseconds

    The default is 100. An interval below 1 is refused with a warning.
*/
int SnapshotModel::refreshInterval() const
{
    return d->feed.refreshInterval();
}

void SnapshotModel::setRefreshInterval(int milliseconds)
{
    d->feed.setRefreshInterval(milliseconds);
}

/*!
    \property SnapshotModel::paused
    \brief whether the model stays as it is

    While paused, it costs nothing. Nothing is lost: it catches up at once when it goes on.
*/
bool SnapshotModel::isPaused() const
{
    return d->feed.isPaused();
}

void SnapshotModel::setPaused(bool paused)
{
    d->feed.setPaused(paused);
}

/*!
    \property SnapshotModel::metricsOnDemand
    \brief whether metrics are asked for only of recorders whose metrics somebody reads

    \c false by default: all that changes is asked for, and data() returns what was so at the last
    update. In a tree of many recorders most are collapsed, though, and no one sees their metrics.

    If it is \c true, a recorder's metrics are asked for as long as somebody reads data() of them or of
    their dimensions when changes are announced, as views do of what they show: from the first
    reading on, and until changes have been left unread for a second. Which metrics there are, and
    whether they are quarantined, is known of all recorders, and so is what a recorder says of itself:
    its state, events and losses.

    Rows that nobody has read for a while say what they said last. Who reads them gets that, and is
    told a moment later by dataChanged() what they say now, unless the model is paused; until then there
    are no rates. So do not
    read such a model once in a while, as to write a file: call refresh(), which asks for all metrics,
    and wait for refreshed(). All metrics are asked for as well while there is a \l mark, and while a
    SnapshotFilterModel looks for values. What nobody has seen of a recorder before it ended has no
    value, and is shown as unknown.

    \sa {Large models}
*/
bool SnapshotModel::areMetricsOnDemand() const
{
    return d->feed.isOnDemand();
}

void SnapshotModel::setMetricsOnDemand(bool onDemand)
{
    d->thread.check("SnapshotModel::setMetricsOnDemand");
    d->content.setOnDemand(onDemand);
}

/*!
    Returns whether metrics of recorders that the source has may say something else than the model, since
    they are \l {metricsOnDemand}{on demand} and nobody reads them. When refreshed() is emitted, it is
    \c false.
*/
bool SnapshotModel::isPartial() const
{
    return d->store.isPartial();
}

/*!
    \property SnapshotModel::ended
    \brief whether the source was destroyed, or no longer answers

    The rows then show what the source said last.
*/
bool SnapshotModel::isEnded() const
{
    return d->store.isEnded();
}

/*!
    \property SnapshotModel::stalled
    \brief whether the source has not answered for more than a second, as its thread is stuck

    What is shown is old then, and has no rates. errorString says for how long, and where the thread
    is. It is looked at each refreshInterval.

    \sa stall()
*/
bool SnapshotModel::isStalled() const
{
    return d->feed.stall().has_value();
}

/*!
    Returns since when, and where, if the source is \l stalled.
*/
std::optional<SourceStall> SnapshotModel::stall() const
{
    return d->feed.stall();
}

/*!
    \property SnapshotModel::errorString
    \brief why the model shows nothing, or nothing new, such as \e {"app" has ended}

    It says that there is no runtime and no source, or that the source has ended: its runtime has
    stopped or was destroyed, or it no longer answers; or that it is \l stalled. Otherwise it is empty,
    also while paused.
*/
QString SnapshotModel::errorString() const
{
    return d->feed.error();
}

/*!
    Returns figures of all recorders together, as of the last update. What was dropped stays so when
    its recorder is removed; all other figures are of the recorders that there are.
*/
SnapshotModel::Totals SnapshotModel::totals() const
{
    const SnapshotTotals &totals = d->store.totals();
    return { totals.recorders,       totals.metrics,
             totals.pending,         totals.dropped + totals.droppedByRemoved,
             totals.eventsPerSecond, totals.failed,
             totals.quarantined };
}

/*!
    \property SnapshotModel::keepRemoved
    \brief whether recorders that the source has no more are kept

    By default, the row of a recorder goes with it. If this is \c true it stays, with what it had
    \l {SnapshotUpdate::removedSnapshots}{at last}, also if nobody has seen that before: it has no
    rates, says that it ended, and \c RemovedRole is \c true. It goes on if a recorder comes in its
    place. The last 1000 are kept, until clearRemoved().
*/
bool SnapshotModel::isRemovedKept() const
{
    return d->store.keepsRemoved();
}

void SnapshotModel::setKeepRemoved(bool keep)
{
    d->content.setKeepRemoved(keep);
}

/*!
    Returns how many recorders are shown that the source has no more.

    \sa keepRemoved
*/
int SnapshotModel::removedCount() const
{
    return d->store.removedCount();
}

/*!
    Takes away the rows of all recorders that the source has no more.

    \sa keepRemoved
*/
void SnapshotModel::clearRemoved()
{
    d->content.clearRemoved();
}

/*!
    \property SnapshotModel::mark
    \brief what the values are compared with

    Null by default: nothing is compared. Setting another one costs a look at each row that is
    shown.

    \sa newMark(), SnapshotModel::Change
*/
SnapshotMark SnapshotModel::mark() const
{
    return d->store.mark();
}

void SnapshotModel::setMark(const SnapshotMark &mark)
{
    d->content.setMark(mark);
}

/*!
    \property SnapshotModel::bytePrefix
    \brief how many bytes are shown: as KiB and MiB, or as kB and MB

    It concerns texts: what is displayed, TextRole and DeltaTextRole. Values are in the unit in which
    they were measured.
*/
BytePrefix SnapshotModel::bytePrefix() const
{
    return d->store.bytePrefix();
}

void SnapshotModel::setBytePrefix(BytePrefix prefix)
{
    d->content.setBytePrefix(prefix);
}

/*!
    Returns a mark of what is shown now, with a \a name. To be compared with, it has to be set.
    It takes some 15 ms of the calling thread for 100 000 recorders with three metrics.
*/
SnapshotMark SnapshotModel::newMark(const QString &name) const
{
    return d->content.newMark(name);
}

/*!
    Asks for an update now, also while paused, and with all metrics, also if they are
    \l {metricsOnDemand}{on demand}. The signal refreshed() tells when it has come.
*/
void SnapshotModel::refresh()
{
    d->feed.refresh();
}

/*!
    \reimp
*/
QModelIndex SnapshotModel::index(int row, int column, const QModelIndex &parent) const
{
    d->thread.check("SnapshotModel::index");
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, idOf(d->store.recorderAt(row)->key, RecorderTag));
    if (const RecorderNode *const recorder = d->recorderOf(parent)) {
        recorder->isLookedInto = true;
        return createIndex(row, column, idOf(recorder->metrics[size_t(row)]->key, MetricTag));
    }
    const MetricNode *const metric = d->metricOf(parent); // it has rows, so it is there
    metric->isLookedInto = true;
    return createIndex(row, column, idOf(metric->key, DimensionTag));
}

/*!
    \reimp
*/
QModelIndex SnapshotModel::parent(const QModelIndex &index) const
{
    d->thread.check("SnapshotModel::parent");
    const MetricNode *const metric = d->metricOf(index);
    if (!metric)
        return {};
    return tagOf(index.internalId()) == MetricTag ? d->recorderIndex(*metric->recorder)
                                                  : d->metricIndex(*metric);
}

/*!
    \reimp
*/
int SnapshotModel::rowCount(const QModelIndex &parent) const
{
    d->thread.check("SnapshotModel::rowCount");
    if (!parent.isValid())
        return d->store.recorderCount();
    if (parent.column() > 0)
        return 0;
    if (const RecorderNode *const recorder = d->recorderOf(parent))
        return int(recorder->metrics.size());
    const MetricNode *const metric = d->metricOf(parent);
    const bool hasRows = metric && tagOf(parent.internalId()) == MetricTag;
    return hasRows ? int(metric->dimensions.size()) : 0;
}

/*!
    \reimp
*/
int SnapshotModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent);
    d->thread.check("SnapshotModel::columnCount");
    return ColumnCount;
}

/*!
    \reimp
*/
bool SnapshotModel::hasChildren(const QModelIndex &parent) const
{
    d->thread.check("SnapshotModel::hasChildren");
    return rowCount(parent) > 0;
}

/*!
    \reimp
*/
Qt::ItemFlags SnapshotModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return tagOf(index.internalId()) == DimensionTag ? flags | Qt::ItemNeverHasChildren : flags;
}

/*!
    \reimp
*/
QVariant SnapshotModel::data(const QModelIndex &index, int role) const
{
    d->thread.check("SnapshotModel::data");
    const std::optional<NodeData> node = d->nodeData(index, role);
    return node ? node->data(columnAt(index.column()), role) : QVariant();
}

/*!
    \reimp
*/
QVariant SnapshotModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const NodeColumn column = columnAt(section);
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role == Qt::ToolTipRole && column == NodeColumn::Rate)
        return rateToolTip();
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case ValueColumn:
        return tr("Value");
    case UnitColumn:
        return tr("Unit");
    default:
        return tr("Rate");
    }
}

/*!
    \reimp
*/
QHash<int, QByteArray> SnapshotModel::roleNames() const
{
    return nodeRoleNames(QAbstractItemModel::roleNames());
}

/*!
    \fn void SnapshotModel::aboutToUpdate()

    This signal is emitted before an update is applied, while everything is still as it was. The
    signal updated() follows.

    \sa updated()
*/

/*!
    \fn void SnapshotModel::updated()

    This signal is emitted after an update was applied, also if nothing had changed, and whether or
    not changes of rows were announced.

    \sa {Large models}
*/

/*!
    \fn void SnapshotModel::refreshed()

    This signal is emitted when all is shown that refresh() asked for, after the last updated() of it. It
    is not if the source does not answer, or if another one is set meanwhile.
*/

} // namespace Recorders
