// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "model/nodedata_p.h"
#include "model/snapshotfeed_p.h"
#include "model/snapshotstore_p.h"

namespace Recorders {

using namespace Internal;

namespace {

/*
    The internal id of an index is the address of its recorder, of its metric, or for a dimension
    of the metric that it belongs to, and in the two low bits which of these. Qt 6 hashes an
    index by little more than the sum of row, column and id: addresses alone, which differ by
    multiples of 16, would collide in long runs. So they are spread by an odd factor, whose upper
    half, the well mixed one, is folded into where the hash table looks; both have inverses.
*/
constexpr quint64 spread = 0x9e3779b97f4a7c15;
constexpr quint64 inverseSpread = 0xf1de83e19937733d;
static_assert(spread * inverseSpread == 1);

enum NodeTag : quintptr { RecorderTag, MetricTag, DimensionTag, TagMask = 3 };

// Mixes the upper half into the lower one. It is its own inverse.
constexpr quintptr folded(quintptr value)
{
    return value ^ (value >> (4 * sizeof(quintptr)));
}

quintptr idOf(const void *node, NodeTag tag)
{
    return folded(folded(reinterpret_cast<quintptr>(node) | tag) * quintptr(spread));
}

quintptr decoded(const QModelIndex &index)
{
    return folded(folded(index.internalId()) * quintptr(inverseSpread));
}

NodeTag tagOf(const QModelIndex &index)
{
    return NodeTag(decoded(index) & TagMask);
}

template <typename Node>
const Node *nodeOf(const QModelIndex &index)
{
    static_assert(alignof(Node) > TagMask);
    return reinterpret_cast<const Node *>(decoded(index) & ~quintptr(TagMask));
}

} // namespace

class SnapshotModelPrivate : public SnapshotStoreObserver
{
public:
    explicit SnapshotModelPrivate(SnapshotModel *model)
        : q(model)
        , store(this)
        , feed(&store, q)
    {
    }

    QModelIndex recorderIndex(const RecorderNode &recorder, int column = 0) const
    {
        return q->createIndex(store.rowOf(recorder), column, idOf(&recorder, RecorderTag));
    }
    QModelIndex metricIndex(const MetricNode &metric, int column = 0) const
    {
        return q->createIndex(metric.row, column, idOf(&metric, MetricTag));
    }

    NodeData nodeData(const QModelIndex &index) const;

    void beginReset() override { q->beginResetModel(); }
    void endReset() override { q->endResetModel(); }
    void beginInsertRecorders(int first, int last) override { q->beginInsertRows({}, first, last); }
    void endInsertRecorders() override { q->endInsertRows(); }
    void beginRemoveRecorders(int first, int last) override { q->beginRemoveRows({}, first, last); }
    void endRemoveRecorders() override { q->endRemoveRows(); }
    void beginInsertMetric(const RecorderNode &recorder, int row, int) override
    {
        q->beginInsertRows(recorderIndex(recorder), row, row);
    }
    void endInsertMetric() override { q->endInsertRows(); }
    void beginRemoveMetric(const RecorderNode &recorder, int row) override
    {
        q->beginRemoveRows(recorderIndex(recorder), row, row);
    }
    void endRemoveMetric() override { q->endRemoveRows(); }
    void beginInsertDimensions(const MetricNode &metric, int first, int last) override
    {
        q->beginInsertRows(metricIndex(metric), first, last);
    }
    void endInsertDimensions() override { q->endInsertRows(); }
    void beginRemoveDimensions(const MetricNode &metric, int first, int last) override
    {
        q->beginRemoveRows(metricIndex(metric), first, last);
    }
    void endRemoveDimensions() override { q->endRemoveRows(); }
    void changed(const std::vector<NodeChange> &changes) override;

    void emitRecorders(const std::vector<NodeChange> &changes) const;
    void emitMetric(const NodeChange &change) const;

    SnapshotModel *const q;
    SnapshotStore store;
    SnapshotFeed feed;
};

NodeData SnapshotModelPrivate::nodeData(const QModelIndex &index) const
{
    switch (tagOf(index)) {
    case RecorderTag:
        return NodeData::ofRecorder(*nodeOf<RecorderNode>(index), store.isEnded());
    case MetricTag:
        return NodeData::ofMetric(*nodeOf<MetricNode>(index), store.isEnded());
    default:
        return NodeData::ofDimension(*nodeOf<MetricNode>(index), index.row(), store.isEnded());
    }
}

// From top to bottom, and adjacent rows at once: views look up ascending rows much faster.
void SnapshotModelPrivate::changed(const std::vector<NodeChange> &changes)
{
    emitRecorders(changes);
    for (const NodeChange &change : changes) {
        if (change.metric)
            emitMetric(change);
    }
}

void SnapshotModelPrivate::emitRecorders(const std::vector<NodeChange> &changes) const
{
    const RecorderNode *first = nullptr;
    const RecorderNode *last = nullptr;
    const auto publish = [&] {
        if (first) {
            Q_EMIT q->dataChanged(recorderIndex(*first),
                                  recorderIndex(*last, SnapshotModel::RateColumn), recorderRoles());
        }
    };
    for (const NodeChange &change : changes) {
        if (change.metric)
            continue;
        if (!last || store.rowOf(*change.recorder) != store.rowOf(*last) + 1) {
            publish();
            first = change.recorder;
        }
        last = change.recorder;
    }
    publish();
}

void SnapshotModelPrivate::emitMetric(const NodeChange &change) const
{
    const QList<int> roles = valueRoles(change);
    Q_EMIT q->dataChanged(metricIndex(*change.metric),
                          metricIndex(*change.metric, SnapshotModel::RateColumn), roles);
    if (change.lastDimension < change.firstDimension)
        return;
    const quintptr id = idOf(change.metric, DimensionTag);
    Q_EMIT q->dataChanged(q->createIndex(change.firstDimension, 0, id),
                          q->createIndex(change.lastDimension, SnapshotModel::RateColumn, id),
                          roles);
}

/*!
    \class Recorders::SnapshotModel
    \inheaderfile recorders/model/snapshotmodel.h
    \inmodule Recorders
    \brief The SnapshotModel class is a live tree of recorders, their metrics and the dimensions
    of these.

    The model lives in one thread, normally that of the GUI, and is to be used there only. It
    never waits for its source: while not paused, a timer compares the version of the source with
    that of the last update, and asks for what changed if they differ. One question is under way
    at most, so that a thread that cannot keep up gets fewer updates, never a backlog.

    Recorders and metrics are sorted by name, numbers in it by their value. Dimensions keep the
    order that their metric gave them. Rows come and go in ranges and are never moved; values
    change in place. Whatever is selected or expanded stays so.

    \section2 Rates

    Values that only grow have a rate per second, RateRole, measured over the last second:
    counters (MetricKind::Counter), and numbers of unspecified kind as long as they never fell.
    A counter that falls was restarted, and has no rate until it grows again.

    \section2 Large models

    Leaves carry Qt::ItemNeverHasChildren. A QTreeView needs \c uniformRowHeights for a large
    model, and a QSortFilterProxyModel needs \c dynamicSortFilter to be off above some 10 000
    rows if it sorts by a column that changes.

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
    Constructs a model without a source, with the given \a parent.
*/
SnapshotModel::SnapshotModel(QObject *parent)
    : QAbstractItemModel(parent)
    , d(std::make_unique<SnapshotModelPrivate>(this))
{
    connect(&d->feed, &SnapshotFeed::runtimeChanged, this, &SnapshotModel::runtimeChanged);
    connect(&d->feed, &SnapshotFeed::sourceChanged, this, &SnapshotModel::sourceChanged);
    connect(&d->feed, &SnapshotFeed::refreshIntervalChanged, this,
            &SnapshotModel::refreshIntervalChanged);
    connect(&d->feed, &SnapshotFeed::pausedChanged, this, &SnapshotModel::pausedChanged);
    connect(&d->feed, &SnapshotFeed::endedChanged, this, &SnapshotModel::endedChanged);
    connect(&d->feed, &SnapshotFeed::updated, this, &SnapshotModel::updated);
}

SnapshotModel::~SnapshotModel() = default;

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
    \property SnapshotModel::ended
    \brief whether the source was destroyed, or no longer answers

    The rows then show what the source said last.
*/
bool SnapshotModel::isEnded() const
{
    return d->store.isEnded();
}

/*!
    Returns figures of all recorders together, as of the last update.
*/
SnapshotModel::Totals SnapshotModel::totals() const
{
    const SnapshotTotals &totals = d->store.totals();
    return { totals.recorders, totals.metrics, totals.pending, totals.dropped,
             totals.eventsPerSecond };
}

/*!
    Asks for an update now, also while paused. The signal updated() tells when it has come.
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
    if (!hasIndex(row, column, parent))
        return {};
    if (!parent.isValid())
        return createIndex(row, column, idOf(d->store.recorderAt(row), RecorderTag));
    if (tagOf(parent) == RecorderTag) {
        const auto &metrics = nodeOf<RecorderNode>(parent)->metrics;
        return createIndex(row, column, idOf(metrics[size_t(row)].get(), MetricTag));
    }
    return createIndex(row, column, idOf(nodeOf<MetricNode>(parent), DimensionTag));
}

/*!
    \reimp
*/
QModelIndex SnapshotModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || tagOf(index) == RecorderTag)
        return {};
    const auto *metric = nodeOf<MetricNode>(index);
    return tagOf(index) == MetricTag ? d->recorderIndex(*metric->recorder)
                                     : d->metricIndex(*metric);
}

/*!
    \reimp
*/
int SnapshotModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return d->store.recorderCount();
    if (parent.column() > 0)
        return 0;
    switch (tagOf(parent)) {
    case RecorderTag:
        return int(nodeOf<RecorderNode>(parent)->metrics.size());
    case MetricTag:
        return int(nodeOf<MetricNode>(parent)->dimensions.size());
    default:
        return 0;
    }
}

/*!
    \reimp
*/
int SnapshotModel::columnCount(const QModelIndex &parent) const
{
    Q_UNUSED(parent);
    return ColumnCount;
}

/*!
    \reimp
*/
bool SnapshotModel::hasChildren(const QModelIndex &parent) const
{
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
    return tagOf(index) == DimensionTag ? flags | Qt::ItemNeverHasChildren : flags;
}

/*!
    \reimp
*/
QVariant SnapshotModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const NodeData node = d->nodeData(index);
    if (role == Qt::TextAlignmentRole)
        return index.column() == ValueColumn || index.column() == RateColumn
                ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                : QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return node.toolTip();
    if (role != Qt::DisplayRole)
        return node.role(role);
    switch (index.column()) {
    case NameColumn:
        return node.name();
    case ValueColumn:
        return node.valueText();
    case UnitColumn:
        return node.unitText();
    default:
        return node.rateText();
    }
}

/*!
    \reimp
*/
QVariant SnapshotModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool isRight = section == ValueColumn || section == RateColumn;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == RateColumn)
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
    \fn void SnapshotModel::updated()

    This signal is emitted after an update was applied, also if nothing had changed.
*/

} // namespace Recorders
