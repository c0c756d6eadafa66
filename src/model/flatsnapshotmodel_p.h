// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/threadcheck_p.h"
#include "model/announcements_p.h"
#include "model/modelcontent_p.h"
#include "model/nodedata_p.h"
#include "model/noderoles_p.h"
#include "model/rowcounts_p.h"

#include <recorders/model/flatsnapshotmodel.h>

namespace Recorders {

// Translates what the store tells of recorders, metrics and dimensions to the rows of a flat model.
class FlatSnapshotModelPrivate : public Internal::SnapshotStoreObserver
{
public:
    explicit FlatSnapshotModelPrivate(FlatSnapshotModel *model, int hiddenColumns)
        : q(model)
        , thread(model, "recorders.model")
        , firstColumn(hiddenColumns)
        , content(this, model)
    {
    }

    static int rowsBefore(const Internal::RecorderNode &recorder, int metric);
    int rowOf(const Internal::RecorderNode &recorder) const
    {
        return rows.firstRowOf(store.rowOf(recorder));
    }
    int rowOf(const Internal::MetricNode &metric) const
    {
        return rowOf(*metric.recorder) + rowsBefore(*metric.recorder, metric.row);
    }
    Internal::NodeData nodeData(int row, int role) const; // to read the role

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
    std::vector<int> heldRecorders() override;
    void beginReorderRecorders() override
    {
        Q_EMIT q->layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    }
    void endReorderRecorders(const std::vector<int> &newBlocks) override;
    void beginInsertMetric(const Internal::RecorderNode &recorder, int row,
                           int dimensions) override;
    void endInsertMetric() override { endInsert(); }
    void beginRemoveMetric(const Internal::RecorderNode &recorder, int row) override;
    void endRemoveMetric() override { endRemove(); }
    void beginInsertDimensions(const Internal::MetricNode &metric, int first, int last) override;
    void endInsertDimensions() override { endInsert(); }
    void beginRemoveDimensions(const Internal::MetricNode &metric, int first, int last) override;
    void endRemoveDimensions() override { endRemove(); }
    void beginUpdate() override
    {
        recorderGate.beginUpdate();
        metricGate.beginUpdate();
    }
    void changed(const std::vector<Internal::NodeChange> &changes) override;
    void freshnessChanged() override
    {
        publishEverywhere(Internal::RateChange, Internal::rateRoles());
    }
    void markChanged() override
    {
        publishEverywhere(Internal::ComparisonChange, Internal::comparisonRoles());
    }
    void bytePrefixChanged() override
    {
        publishEverywhere(Internal::TextChange, Internal::textRoles());
    }

    void beginInsert(const Internal::RecorderNode &recorder, int first, int added);
    void endInsert();
    void beginRemove(const Internal::RecorderNode &recorder, int first, int removed);
    void endRemove();
    void tellFilters(const Internal::ChangedRows &changed);
    void changeRecorder(const Internal::NodeChange &change);
    void changeMetric(const Internal::NodeChange &change);
    void publish(int first, int last, const QList<int> &roles) const;
    void publishEverywhere(Internal::ChangeKinds kinds, const QList<int> &roles);

    FlatSnapshotModel *const q;
    const Internal::ThreadCheck thread;
    Internal::AnnouncementGate recorderGate; // so that values are told of besides numbers of events
    Internal::AnnouncementGate metricGate;
    const int firstColumn; // of SnapshotTableModel's
    Internal::RowCounts rows; // of the recorders, as they were last announced
    int block = 0; // of rows, that is about to change
    int lastBlock = 0;
    int count = 0; // of rows that come or go; none: nothing was announced
    Internal::ModelContent content;
    const Internal::SnapshotStore &store = content.store();
    Internal::SnapshotFeed &feed = content.feed();
};

} // namespace Recorders
