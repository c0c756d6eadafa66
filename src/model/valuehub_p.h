// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotstore_p.h"
#include "model/sourceclock_p.h"

#include <recorders/core/snapshotsubscription.h>

#include <QHash>
#include <QObject>
#include <QSet>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Recorders::Internal {

// Is told that a metric may have changed, come or gone, and which it is if it is there and known.
class MetricObserver
{
public:
    MetricObserver() = default;
    virtual ~MetricObserver() = default;

    virtual void update(const MetricNode *metric) = 0;

private:
    Q_DISABLE_COPY_MOVE(MetricObserver)
};

// What all observers of one source, in one thread and at one pace, have in common.
class ValueHub : public QObject,
                 public std::enable_shared_from_this<ValueHub>,
                 private SnapshotStoreObserver
{
    Q_OBJECT

public:
    using Interval = std::chrono::milliseconds;

    static std::shared_ptr<ValueHub> of(SnapshotSource *source, Interval interval);
    ValueHub(SnapshotSource *source, Interval interval);
    ~ValueHub() override;

    void add(const QString &entityId, const QString &metric, MetricObserver *observer);
    void remove(const QString &entityId, const QString &metric, MetricObserver *observer);

    SnapshotSource *source() const { return m_subscription.source(); } // null: it was destroyed
    bool isEnded() const { return m_store.isEnded(); }
    std::optional<SourceStall> stall() const { return m_subscription.stall(); }
    bool knows(const QString &entityId) const; // or that there is none
    const RecorderNode *recorder(const QString &entityId) const { return m_store.find(entityId); }

private:
    using Observers = std::vector<MetricObserver *>;
    struct Entity
    {
        QHash<QString, Observers> metrics;
        bool isKnown = false; // what there is of it, or that there is nothing
    };
    using Entities = std::unordered_map<QString, Entity>;

    void updateScopeLater();
    void updateScope();
    void receive(const SnapshotUpdate &update);
    SnapshotUpdate watchedPartOf(const SnapshotUpdate &update);
    QStringList unmentioned();
    bool learn(const QString &entityId);
    void settle();
    void setEnded(bool ended);

    void beginReset() override { }
    void endReset() override { }
    void beginInsertRecorders(int first, int last) override;
    void endInsertRecorders() override;
    void beginRemoveRecorders(int first, int last) override;
    void endRemoveRecorders() override { }
    void beginReorderRecorders() override { } // it knows them by their ids
    void endReorderRecorders(const std::vector<int> &) override { }
    void beginInsertMetric(const RecorderNode &recorder, int row, int dimensions) override;
    void endInsertMetric() override { }
    void beginRemoveMetric(const RecorderNode &recorder, int row) override;
    void endRemoveMetric() override { }
    void beginInsertDimensions(const MetricNode &metric, int, int) override { mark(metric); }
    void endInsertDimensions() override { }
    void beginRemoveDimensions(const MetricNode &metric, int, int) override { mark(metric); }
    void endRemoveDimensions() override { }
    void beginUpdate() override { }
    void changed(const std::vector<NodeChange> &changes) override;
    void freshnessChanged() override { markAll(); }
    void markChanged() override { } // it compares nothing
    void bytePrefixChanged() override { } // its values have none of their own

    void mark(const MetricNode &metric);
    void mark(const QString &entityId);
    void markAll();
    void tell();

    SnapshotStore m_store{ this };
    SnapshotSubscription m_subscription;
    Entities m_entities;
    struct Mark
    {
        MetricObserver *observer;
        quintptr metric; // the key of its node; of none: it is to look for it
        // NOLINTNEXTLINE(modernize-use-nullptr): it takes the 0 that is compared with for a pointer
        auto operator<=>(const Mark &) const = default;
    };
    std::vector<Mark> m_marks; // of whom is to be told
    std::pair<int, int> m_inserted; // rows
    bool m_isScopeStale = false;
    bool m_isCompleting = false; // a part of all there is has come
    QSet<QString> m_mentioned; // by what has come of it
    SourceClock m_clock;
};

} // namespace Recorders::Internal
