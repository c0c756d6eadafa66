// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/metricdemand_p.h"
#include "model/snapshotfeed_p.h"
#include "model/snapshotstore_p.h"

#include <QModelIndex>
#include <QObject>

#include <memory>
#include <vector>

namespace Recorders::Internal {

// Rows on top of a model that changed, or something below them.
struct ChangedRows
{
    int first = 0;
    int last = -1;
    ChangeKinds kinds = NoChange;
    bool isOfRecorders = false; // their states and numbers, not those of metrics
    bool isBelow = false;
};

// Of the row that leads to it.
int topRowOf(QModelIndex index);

// What a model of snapshots shows, in whatever order: the store of the recorders, the feed that
// keeps it up to date, and the settings that concern all rows. The properties of a model are those
// of its content; the model itself only knows which node is in which row.
class ModelContent : public QObject
{
    Q_OBJECT

public:
    ModelContent(SnapshotStoreObserver *observer, QObject *model);
    ~ModelContent() override;

    const SnapshotStore &store() const { return m_store; }
    SnapshotFeed &feed() { return m_feed; }
    MetricDemand &demand() { return m_demand; } // of what is shown, if metrics are on demand

    void setOnDemand(bool onDemand);
    // As long as there is one, all metrics are asked for.
    using WholeDemand = std::shared_ptr<const void>;
    WholeDemand demandAll();

    // The model has the signals of its content and of the feed, by the same names.
    template <typename Model>
    void forwardSignalsTo(Model *model) const;

    // A filter searches what nobody has read, so it is told of every change.
    bool isFiltered() const;

    void setKeepRemoved(bool keep);
    void clearRemoved() { m_store.clearRemoved(); }
    void setMark(const SnapshotMark &mark);
    SnapshotMark newMark(const QString &name) const; // of what is shown
    void setBytePrefix(BytePrefix prefix);

Q_SIGNALS:
    void keepRemovedChanged(bool keep);
    void markChanged();
    void bytePrefixChanged(Recorders::BytePrefix prefix);
    void rowsChanged(const Recorders::Internal::ChangedRows &rows); // while isFiltered()
    void heldRowsWanted(std::vector<int> *rows); // on top, that somebody holds in a filter
    // Rows on top have new numbers, by the former ones. A new layout is about to be announced.
    void rowsReordered(const std::vector<int> &newRows);

private:
    SnapshotStore m_store;
    SnapshotFeed m_feed;
    MetricDemand m_demand;
    std::weak_ptr<const void> m_wholeDemand;
    WholeDemand m_demandOfMark;
};

template <typename Model>
void ModelContent::forwardSignalsTo(Model *model) const
{
    connect(&m_feed, &SnapshotFeed::runtimeChanged, model, &Model::runtimeChanged);
    connect(&m_feed, &SnapshotFeed::sourceChanged, model, &Model::sourceChanged);
    connect(&m_feed, &SnapshotFeed::refreshIntervalChanged, model, &Model::refreshIntervalChanged);
    connect(&m_feed, &SnapshotFeed::pausedChanged, model, &Model::pausedChanged);
    connect(&m_feed, &SnapshotFeed::endedChanged, model, &Model::endedChanged);
    connect(&m_feed, &SnapshotFeed::stalledChanged, model, &Model::stalledChanged);
    connect(&m_feed, &SnapshotFeed::errorChanged, model, &Model::errorStringChanged);
    connect(&m_feed, &SnapshotFeed::aboutToUpdate, model, &Model::aboutToUpdate);
    connect(&m_feed, &SnapshotFeed::updated, model, &Model::updated);
    connect(&m_feed, &SnapshotFeed::refreshed, model, &Model::refreshed);
    connect(this, &ModelContent::keepRemovedChanged, model, &Model::keepRemovedChanged);
    connect(this, &ModelContent::markChanged, model, &Model::markChanged);
    connect(this, &ModelContent::bytePrefixChanged, model, &Model::bytePrefixChanged);
}

} // namespace Recorders::Internal
