// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/heldoperations_p.h"
#include "model/recorderrows_p.h"
#include "model/rowguess_p.h"
#include "model/settlequeue_p.h"
#include "model/snapshotnodes_p.h"
#include "model/snapshottotals_p.h"

#include <recorders/model/snapshotmark.h>

#include <QHash>
#include <QList>
#include <QString>
#include <QStringView>

#include <span>
#include <vector>

namespace Recorders::Internal {

// What changed of a recorder's own row, or of a metric's row and a range of its dimensions.
struct NodeChange
{
    RecorderNode *recorder = nullptr;
    MetricNode *metric = nullptr; // null: the recorder's own row
    int firstDimension = 0;
    int lastDimension = -1; // below the first: the metric's own row alone
    bool isRateOnly = false;
    bool isState = false; // or the error, too
    bool isMeaning = false; // units, kinds or the description, too

    bool isInWords() const { return isState || isMeaning; } // that a search finds
};

// Many recorders that come or go between others: those that come are inserted at the end, before all
// are reordered; those that go are moved to the end, before they are removed.
enum class Scattering { None, Coming, Going };

// Is told of changes as a QAbstractItemModel has to tell them: in ranges of adjacent rows, before
// and after rows come and go, or get another order. Recorders are there, and keep what they have,
// while they are reordered.
class SnapshotStoreObserver
{
public:
    SnapshotStoreObserver() = default;
    virtual ~SnapshotStoreObserver() = default;

    virtual void beginReset() = 0;
    virtual void endReset() = 0;
    virtual void beginInsertRecorders(int first, int last) = 0;
    virtual void endInsertRecorders() = 0;
    virtual void beginRemoveRecorders(int first, int last) = 0;
    virtual void endRemoveRecorders() = 0;
    // Of rows that somebody may stay at, or close to: a view does so if its current row goes.
    virtual std::vector<int> heldRecorders() { return {}; }
    virtual void beginReorderRecorders() = 0;
    virtual void endReorderRecorders(const std::vector<int> &newRows) = 0; // by the former ones
    virtual void beginInsertMetric(const RecorderNode &recorder, int row, int dimensions) = 0;
    virtual void endInsertMetric() = 0;
    virtual void beginRemoveMetric(const RecorderNode &recorder, int row) = 0;
    virtual void endRemoveMetric() = 0;
    virtual void beginInsertDimensions(const MetricNode &metric, int first, int last) = 0;
    virtual void endInsertDimensions() = 0;
    virtual void beginRemoveDimensions(const MetricNode &metric, int first, int last) = 0;
    virtual void endRemoveDimensions() = 0;
    virtual void beginUpdate() = 0; // or a look at the rates: changes may follow
    virtual void changed(const std::vector<NodeChange> &changes) = 0; // in the order of the rows
    virtual void freshnessChanged() = 0; // it shows in all rows
    virtual void markChanged() = 0; // likewise
    virtual void bytePrefixChanged() = 0; // likewise

private:
    Q_DISABLE_COPY_MOVE(SnapshotStoreObserver)
};

// The recorders, metrics and dimensions of a source, as of the last update.
//
// A slot that is told of rows may ask for anything, also for other rows. As long as there is a
// hold, and while the store itself tells of something, what would change it is put off.
class SnapshotStore : public HeldOperations
{
public:
    using Time = RateWindow::Time;

    explicit SnapshotStore(SnapshotStoreObserver *observer);
    ~SnapshotStore();

    void clear();
    void apply(const SnapshotUpdate &update);
    void settle(Time now); // lets rates decay; nothing else changed until now
    void setEnded(bool ended);
    void setStalled(bool stalled);
    void setMark(const SnapshotMark &mark);
    void setBytePrefix(BytePrefix prefix);

    bool keepsRemoved() const { return m_keepsRemoved; }
    void setKeepRemoved(bool keep); // those that a source removes, until removedLimit
    void clearRemoved();
    int removedCount() const { return int(m_removed.size()); }

    const SnapshotMark &mark() const { return m_mark; } // what is compared with
    BytePrefix bytePrefix() const { return m_bytePrefix; } // that values are shown with
    bool isEnded() const { return m_isEnded; }
    bool isOld() const { return m_isEnded || m_isStalled; } // what it has, for now or for good
    Scattering scattering() const { return m_scattering; } // right now
    bool isMoving() const { return !m_movingMetrics.isEmpty() || !m_movingRecorders.isEmpty(); }
    bool isPartial() const { return m_behind != 0; } // metrics that there are may be old
    const SnapshotTotals &totals() const { return m_totals; }
    Time now() const { return m_now; } // of the source, as of the last update

    const NodeTable &nodes() const { return m_nodes; }
    int recorderCount() const { return m_recorders.count(); }
    RecorderNode *recorderAt(int row) const { return m_recorders.at(row); }
    int rowOf(const RecorderNode &recorder) const { return m_recorders.rowOf(recorder); }
    const RecorderNode *find(const QString &entityId) const { return m_recorders.find(entityId); }

private:
    Q_DISABLE_COPY_MOVE(SnapshotStore)

    void doClear();
    void doApply(const SnapshotUpdate &update);
    void doClearRemoved();

    void removeRecorders(const SnapshotUpdate &update);
    void beginRound(const SnapshotUpdate &update);
    using GoneSnapshots = QHash<QStringView, const RecorderSnapshot *>; // of what is gone, by id
    std::vector<int> goneRows(const SnapshotUpdate &update, const GoneSnapshots &last) const;
    void updateForTheLastTime(const std::vector<int> &rows, const GoneSnapshots &last);
    void noteRemoval(const RecorderNode &recorder);
    void removeRows(std::vector<int> rows);
    void removeRange(int first, int last);
    std::vector<int> removeHeld(std::vector<int> rows);
    void removeScattered(const std::vector<int> &rows);
    void keepRows(std::vector<int> rows);
    void keep(RecorderNode &recorder);
    void takeUpAgain(RecorderNode &recorder);
    void publishState(RecorderNode &recorder);
    void setBehind(RecorderNode &recorder, bool behind);
    void forget(RecorderNode &recorder);
    void forget(MetricNode &metric);
    void insertRecorders(RecorderRows::Nodes added);
    void insertScattered(RecorderRows::Nodes added, const std::vector<RecorderRows::Place> &places);
    void addToTotals(std::span<const RecorderRows::Nodes::value_type> added);
    void reorder(const std::vector<int> &newRows, int tail);

    struct RecorderUpdate
    {
        RecorderNode *recorder;
        const RecorderSnapshot *snapshot;
        int row; // as soon as it is known
    };
    void updateRecorders(std::vector<RecorderUpdate> updates);
    void updateGroup(std::span<const RecorderUpdate> updates);
    static void fetchIdsAhead(const QList<RecorderSnapshot> &recorders, qsizetype index);
    static void fetch(const RecorderNode &recorder);
    void fetchToldRecorders(std::span<const RecorderUpdate> updates) const;
    static void fetchRecordersOf(const std::vector<MetricNode *> &metrics);
    static void fetchForSettling(std::span<MetricNode *const> next);
    static void fetchForSettling(std::span<RecorderNode *const> next);
    void fetchPlacesOfMetrics(const RecorderUpdate &update) const;
    void fetchMetrics(const RecorderUpdate &update) const;
    void fetchValuesAhead(std::span<const RecorderUpdate> updates, std::size_t index) const;
    void updateMetrics(RecorderNode &recorder, const RecorderSnapshot &snapshot);
    void takeMetrics(RecorderNode &recorder, const QList<MetricSnapshot> &metrics);
    void updateOwnValues(RecorderNode &recorder, const RecorderSnapshot &snapshot);
    void updateOwnRate(RecorderNode &recorder, quint64 handled);
    void restart(RecorderNode &recorder);
    void stopRates(RecorderNode &recorder);
    void stopMetricRates(RecorderNode &recorder);
    void insertMetric(RecorderNode &recorder, const MetricSnapshot &snapshot, size_t row);
    void removeMetric(RecorderNode &recorder, size_t row);
    void removeMissingMetrics(RecorderNode &recorder, const QList<MetricSnapshot> &kept);

    void updateMetric(MetricNode &metric, const MetricSnapshot &told);
    void updateDimensionRows(MetricNode &metric, const QList<Dimension> &dimensions);
    void removeDimensions(MetricNode &metric, DimensionRows rows);
    void insertDimensions(MetricNode &metric, DimensionRows rows, const QList<Dimension> &coming);
    void updateValues(MetricNode &metric, const MetricSnapshotData &snapshot, NodeChange *change);
    void updateRate(MetricNode &metric, int row, const DimensionView &after);

    void settleRates();
    void settleMetric(MetricNode &metric);
    void settleRecorder(RecorderNode &recorder);
    Time referenceTime(Time since) const;
    quint64 placeOf(const RecorderNode &recorder, const MetricNode *metric) const;
    void publishChanges();

    SnapshotStoreObserver *const m_observer;
    bool m_isEnded = false;
    bool m_isStalled = false;
    Time m_now{}; // of the source, when it was last seen to be as it is here
    Time m_before{}; // the same, one update earlier
    quint32 m_round = 0; // number of complete updates that have begun
    bool m_isRoundOpen = false; // of which more is to come
    qint64 m_wallTime = 0; // of the last update, here
    NodeTable m_nodes;
    RecorderRows m_recorders;
    Scattering m_scattering = Scattering::None;
    RowGuess m_metricRows;
    std::vector<RecorderNode *> m_removed; // and kept, the longest gone first
    bool m_keepsRemoved = false;
    int m_behind = 0; // recorders of the source whose metrics are
    SettleQueue<MetricNode> m_movingMetrics;
    SettleQueue<RecorderNode> m_movingRecorders;
    std::vector<NodeChange> m_changes;
    bool m_isToldOfLosses = false; // by the source: of recorders that it has no more
    std::vector<int> m_changedRows; // of the metric that is updated; a member to keep its memory
    SnapshotTotals m_totals;
    SnapshotMark m_mark;
    BytePrefix m_bytePrefix = BytePrefix::Binary;
};

} // namespace Recorders::Internal
