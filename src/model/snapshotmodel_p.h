// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/threadcheck_p.h"
#include "model/announcements_p.h"
#include "model/modelcontent_p.h"
#include "model/nodedata_p.h"
#include "model/nodeid_p.h"

#include <recorders/model/snapshotmodel.h>

namespace Recorders {

// Translates what the store tells of recorders, metrics and dimensions to the indexes of a tree.
class SnapshotModelPrivate : public Internal::SnapshotStoreObserver
{
public:
    explicit SnapshotModelPrivate(SnapshotModel *model)
        : q(model)
        , thread(model, "recorders.model")
        , content(this, model)
    {
    }

    QModelIndex recorderIndex(const Internal::RecorderNode &recorder, int column = 0) const
    {
        return q->createIndex(store.rowOf(recorder), column,
                              Internal::idOf(recorder.key, Internal::RecorderTag));
    }
    QModelIndex metricIndex(const Internal::MetricNode &metric, int column = 0) const
    {
        return q->createIndex(metric.row, column, Internal::idOf(metric.key, Internal::MetricTag));
    }

    // Null: it is not of this model, or its row has gone.
    const Internal::RecorderNode *recorderOf(const QModelIndex &index) const;
    const Internal::MetricNode *metricOf(const QModelIndex &index) const; // also of a dimension
    // To read the role.
    std::optional<Internal::NodeData> nodeData(const QModelIndex &index, int role);

    void beginReset() override
    {
        content.demand().clear();
        q->beginResetModel();
    }
    void endReset() override { q->endResetModel(); }
    void beginInsertRecorders(int first, int last) override { q->beginInsertRows({}, first, last); }
    void endInsertRecorders() override { q->endInsertRows(); }
    void beginRemoveRecorders(int first, int last) override;
    void endRemoveRecorders() override { q->endRemoveRows(); }
    std::vector<int> heldRecorders() override;
    void beginReorderRecorders() override
    {
        Q_EMIT q->layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    }
    void endReorderRecorders(const std::vector<int> &newRows) override;
    void beginInsertMetric(const Internal::RecorderNode &recorder, int row, int) override
    {
        q->beginInsertRows(recorderIndex(recorder), row, row);
    }
    void endInsertMetric() override { q->endInsertRows(); }
    void beginRemoveMetric(const Internal::RecorderNode &recorder, int row) override
    {
        q->beginRemoveRows(recorderIndex(recorder), row, row);
    }
    void endRemoveMetric() override { q->endRemoveRows(); }
    void beginInsertDimensions(const Internal::MetricNode &metric, int first, int last) override
    {
        q->beginInsertRows(metricIndex(metric), first, last);
    }
    void endInsertDimensions() override { q->endInsertRows(); }
    void beginRemoveDimensions(const Internal::MetricNode &metric, int first, int last) override
    {
        q->beginRemoveRows(metricIndex(metric), first, last);
    }
    void endRemoveDimensions() override { q->endRemoveRows(); }
    void beginUpdate() override { gate.beginUpdate(); }
    void changed(const std::vector<Internal::NodeChange> &changes) override;
    void freshnessChanged() override;
    void markChanged() override;
    void bytePrefixChanged() override;

    void tellFilters(const std::vector<Internal::NodeChange> &changes);
    void askWhoReads(const Internal::RecorderNode &recorder);
    void emitRecorders(const std::vector<Internal::NodeChange> &changes);
    void emitStatisticsBelow(const Internal::RecorderNode &recorder) const;
    void emitMetric(const Internal::NodeChange &change, Internal::ChangeKinds kinds) const;

    // What shows in all rows.
    struct Everywhere
    {
        Internal::ChangeKinds ofRecorders = Internal::NoChange;
        QList<int> recorderRoles;
        Internal::ChangeKinds ofValues = Internal::NoChange;
        QList<int> valueRoles;
    };
    void emitEverywhere(const Everywhere &change);
    void emitBelow(const Internal::RecorderNode &recorder, const Everywhere &change);
    void emitDimensions(const Internal::MetricNode &metric, int first, int last,
                        const QList<int> &roles) const;

    SnapshotModel *const q;
    const Internal::ThreadCheck thread;
    Internal::AnnouncementGate gate;
    Internal::ModelContent content;
    const Internal::SnapshotStore &store = content.store();
    Internal::SnapshotFeed &feed = content.feed();
};

} // namespace Recorders
