// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/recordersnapshotmodel.h>

#include "model/nodedata_p.h"
#include "model/snapshotfeed_p.h"
#include "model/snapshotstore_p.h"

#include <recorders/model/snapshotmodel.h>

#include <utility>

namespace Recorders {

using namespace Internal;

class RecorderSnapshotModelPrivate : public SnapshotStoreObserver
{
public:
    explicit RecorderSnapshotModelPrivate(RecorderSnapshotModel *model)
        : q(model)
        , store(this)
        , feed(&store, q)
    {
        store.setOnly(QStringLiteral(""));
    }

    const RecorderNode *recorder() const
    {
        return isShown && store.recorderCount() > 0 ? store.recorderAt(0) : nullptr;
    }
    int rowsBefore(const RecorderNode &recorder, int metric) const;
    int rowOf(const MetricNode &metric) const { return rowsBefore(*metric.recorder, metric.row); }
    NodeData nodeData(int row) const;

    void beginReset() override { q->beginResetModel(); }
    void endReset() override { q->endResetModel(); }
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

    void beginInsert(int first, int count);
    void endInsert();
    void beginRemove(int first, int count);
    void endRemove();

    RecorderSnapshotModel *const q;
    QString entityId;
    bool isShown = true; // not while the whole recorder is about to come
    bool isChanging = false; // between begin and end, unless there are no rows in it
    SnapshotStore store;
    SnapshotFeed feed;
};

// A metric without dimensions has no row.
int RecorderSnapshotModelPrivate::rowsBefore(const RecorderNode &recorder, int metric) const
{
    int rows = 0;
    for (int i = 0; i < metric; ++i)
        rows += int(recorder.metrics[size_t(i)]->dimensions.size());
    return rows;
}

NodeData RecorderSnapshotModelPrivate::nodeData(int row) const
{
    auto metric = recorder()->metrics.cbegin();
    while (row >= int((*metric)->dimensions.size()))
        row -= int((*metric++)->dimensions.size());
    return NodeData::ofDimension(**metric, row, store.isEnded());
}

void RecorderSnapshotModelPrivate::beginInsert(int first, int count)
{
    isChanging = count > 0;
    if (isChanging)
        q->beginInsertRows({}, first, first + count - 1);
}

void RecorderSnapshotModelPrivate::endInsert()
{
    if (std::exchange(isChanging, false))
        q->endInsertRows();
}

void RecorderSnapshotModelPrivate::beginRemove(int first, int count)
{
    isChanging = count > 0;
    if (isChanging)
        q->beginRemoveRows({}, first, first + count - 1);
}

void RecorderSnapshotModelPrivate::endRemove()
{
    if (std::exchange(isChanging, false))
        q->endRemoveRows();
}

// The rows of a recorder that comes are known only once it is there.
void RecorderSnapshotModelPrivate::beginInsertRecorders(int, int)
{
    isShown = false;
}

void RecorderSnapshotModelPrivate::endInsertRecorders()
{
    const RecorderNode *added = store.recorderAt(0);
    beginInsert(0, rowsBefore(*added, int(added->metrics.size())));
    isShown = true;
    endInsert();
}

void RecorderSnapshotModelPrivate::beginRemoveRecorders(int, int)
{
    beginRemove(0, q->rowCount());
    isShown = false;
}

void RecorderSnapshotModelPrivate::endRemoveRecorders()
{
    endRemove();
    isShown = true;
}

void RecorderSnapshotModelPrivate::beginInsertMetric(const RecorderNode &recorder, int row,
                                                     int dimensions)
{
    beginInsert(rowsBefore(recorder, row), dimensions);
}

void RecorderSnapshotModelPrivate::beginRemoveMetric(const RecorderNode &recorder, int row)
{
    beginRemove(rowsBefore(recorder, row), int(recorder.metrics[size_t(row)]->dimensions.size()));
}

void RecorderSnapshotModelPrivate::beginInsertDimensions(const MetricNode &metric, int first,
                                                         int last)
{
    beginInsert(rowOf(metric) + first, last - first + 1);
}

void RecorderSnapshotModelPrivate::beginRemoveDimensions(const MetricNode &metric, int first,
                                                         int last)
{
    beginRemove(rowOf(metric) + first, last - first + 1);
}

// The recorder's and the metrics' states show in all rows of theirs.
void RecorderSnapshotModelPrivate::changed(const std::vector<NodeChange> &changes)
{
    const auto publish = [this](int first, int last, const QList<int> &roles) {
        if (first <= last) {
            Q_EMIT q->dataChanged(q->index(first, 0),
                                  q->index(last, RecorderSnapshotModel::RateColumn), roles);
        }
    };
    for (const NodeChange &change : changes) {
        if (!change.metric) {
            static const QList<int> roles{ SnapshotModel::PendingRole, SnapshotModel::DroppedRole };
            publish(0, q->rowCount() - 1, roles);
            continue;
        }
        const int first = rowOf(*change.metric);
        if (change.isRateOnly)
            publish(first + change.firstDimension, first + change.lastDimension,
                    valueRoles(change));
        else
            publish(first, first + int(change.metric->dimensions.size()) - 1, valueRoles(change));
    }
}

/*!
    \class Recorders::RecorderSnapshotModel
    \inheaderfile recorders/model/recordersnapshotmodel.h
    \inmodule Recorders
    \brief The RecorderSnapshotModel class is the values of one recorder, live: a row for each
    dimension of each metric.

    The model lives in one thread, normally that of the GUI, and is to be used there only. Its
    roles, its rates and how it is refreshed are those of SnapshotModel.

    The recorder is named by its \l entityId. It may come later and go again: without it, the
    model is empty.

    \sa SnapshotModel
*/

/*!
    \enum RecorderSnapshotModel::Column

    \value MetricColumn     The name of the metric.
    \value DimensionColumn  The name of the dimension.
    \value ValueColumn      The value in its scaled unit.
    \value UnitColumn       The scaled unit.
    \value RateColumn       The growth per second.
    \omitvalue ColumnCount
*/

/*!
    Constructs a model without a source, with the given \a parent.
*/
RecorderSnapshotModel::RecorderSnapshotModel(QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<RecorderSnapshotModelPrivate>(this))
{
    connect(&d->feed, &SnapshotFeed::runtimeChanged, this, &RecorderSnapshotModel::runtimeChanged);
    connect(&d->feed, &SnapshotFeed::sourceChanged, this, &RecorderSnapshotModel::sourceChanged);
    connect(&d->feed, &SnapshotFeed::refreshIntervalChanged, this,
            &RecorderSnapshotModel::refreshIntervalChanged);
    connect(&d->feed, &SnapshotFeed::pausedChanged, this, &RecorderSnapshotModel::pausedChanged);
    connect(&d->feed, &SnapshotFeed::endedChanged, this, &RecorderSnapshotModel::endedChanged);
    connect(&d->feed, &SnapshotFeed::updated, this, &RecorderSnapshotModel::updated);
}

RecorderSnapshotModel::~RecorderSnapshotModel() = default;

/*!
    \property RecorderSnapshotModel::runtime
    \brief the runtime whose recorder is shown, or null

    The model does not take ownership, and may outlive the runtime.
*/
MetricsRuntime *RecorderSnapshotModel::runtime() const
{
    return d->feed.runtime();
}

void RecorderSnapshotModel::setRuntime(MetricsRuntime *runtime)
{
    d->feed.setRuntime(runtime);
}

/*!
    \property RecorderSnapshotModel::source
    \brief where the snapshots come from, or null

    The model does not take ownership. If the source is destroyed, the rows are kept and
    \l ended becomes \c true.
*/
SnapshotSource *RecorderSnapshotModel::source() const
{
    return d->feed.source();
}

void RecorderSnapshotModel::setSource(SnapshotSource *source)
{
    d->feed.setSource(source);
}

/*!
    \property RecorderSnapshotModel::entityId
    \brief the recorder that is shown
*/
QString RecorderSnapshotModel::entityId() const
{
    return d->entityId;
}

void RecorderSnapshotModel::setEntityId(const QString &entityId)
{
    if (d->entityId == entityId)
        return;
    d->entityId = entityId;
    d->store.setOnly(entityId.isNull() ? QStringLiteral("") : entityId);
    d->feed.restart();
    Q_EMIT entityIdChanged(entityId);
}

/*!
    \property RecorderSnapshotModel::refreshInterval
    \brief how often to look for something new, in milliseconds

    The default is 100. An interval below 1 is refused with a warning.
*/
int RecorderSnapshotModel::refreshInterval() const
{
    return d->feed.refreshInterval();
}

void RecorderSnapshotModel::setRefreshInterval(int milliseconds)
{
    d->feed.setRefreshInterval(milliseconds);
}

/*!
    \property RecorderSnapshotModel::paused
    \brief whether the model stays as it is
*/
bool RecorderSnapshotModel::isPaused() const
{
    return d->feed.isPaused();
}

void RecorderSnapshotModel::setPaused(bool paused)
{
    d->feed.setPaused(paused);
}

/*!
    \property RecorderSnapshotModel::ended
    \brief whether the source was destroyed, or no longer answers
*/
bool RecorderSnapshotModel::isEnded() const
{
    return d->store.isEnded();
}

/*!
    Asks for an update now, also while paused. The signal updated() tells when it has come.
*/
void RecorderSnapshotModel::refresh()
{
    d->feed.refresh();
}

/*!
    \reimp
*/
int RecorderSnapshotModel::rowCount(const QModelIndex &parent) const
{
    const RecorderNode *recorder = d->recorder();
    if (parent.isValid() || !recorder)
        return 0;
    return d->rowsBefore(*recorder, int(recorder->metrics.size()));
}

/*!
    \reimp
*/
int RecorderSnapshotModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

/*!
    \reimp
*/
QVariant RecorderSnapshotModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const NodeData node = d->nodeData(index.row());
    const int column = index.column();
    if (role == Qt::TextAlignmentRole) {
        const bool isRight = column == ValueColumn || column == RateColumn;
        return QVariant::fromValue((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole)
        return node.toolTip();
    if (role != Qt::DisplayRole)
        return node.role(role);
    switch (column) {
    case MetricColumn:
        return node.role(SnapshotModel::MetricRole);
    case DimensionColumn:
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
QVariant RecorderSnapshotModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::ToolTipRole && section == RateColumn)
        return rateToolTip();
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MetricColumn:
        return tr("Metric");
    case DimensionColumn:
        return tr("Dimension");
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
QHash<int, QByteArray> RecorderSnapshotModel::roleNames() const
{
    return nodeRoleNames(QAbstractTableModel::roleNames());
}

/*!
    \fn void RecorderSnapshotModel::updated()

    This signal is emitted after an update was applied, also if nothing had changed.
*/

} // namespace Recorders
