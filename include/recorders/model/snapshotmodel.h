// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QAbstractItemModel>

#include <memory>

Q_MOC_INCLUDE(<recorders / core / metricsruntime.h>)
Q_MOC_INCLUDE(<recorders / core / snapshotsource.h>)

namespace Recorders {

class MetricsRuntime;
class SnapshotModelPrivate;
class SnapshotSource;

// A live tree of recorders, their metrics and the dimensions of these.
class RECORDERS_EXPORT SnapshotModel : public QAbstractItemModel
{
    Q_OBJECT
    Q_PROPERTY(
            Recorders::MetricsRuntime *runtime READ runtime WRITE setRuntime NOTIFY runtimeChanged)
    Q_PROPERTY(Recorders::SnapshotSource *source READ source WRITE setSource NOTIFY sourceChanged)
    Q_PROPERTY(int refreshInterval READ refreshInterval WRITE setRefreshInterval NOTIFY
                       refreshIntervalChanged)
    Q_PROPERTY(bool paused READ isPaused WRITE setPaused NOTIFY pausedChanged)
    Q_PROPERTY(bool ended READ isEnded NOTIFY endedChanged)

public:
    enum Column { NameColumn, ValueColumn, UnitColumn, RateColumn, ColumnCount };
    Q_ENUM(Column)

    enum Role {
        EntityIdRole = Qt::UserRole + 1, // QString
        MetricRole, // QString, the name of the metric
        DimensionRole, // QString
        ValueRole, // QVariant, exact; of a metric its first dimension's
        TextRole, // QString, formatted with its unit
        UnitRole, // QString, the UCUM code
        KindRole, // MetricKind
        RateRole, // double, per second; invalid if there is none
        NodeTypeRole, // NodeType
        StateRole, // RecorderState of a recorder, MetricState of others
        ErrorRole, // QString, what went wrong in a recorder or metric
        DescriptionRole, // QString
        PendingRole, // quint64, of the recorder
        DroppedRole, // quint64, of the recorder: events that were dropped or rejected
        IsMessageRole, // bool, TextRole is a state in words, such as "failed: disk full"
    };
    Q_ENUM(Role)

    enum class NodeType { Recorder, Metric, Dimension };
    Q_ENUM(NodeType)

    // Of all recorders together.
    struct Totals
    {
        qsizetype recorders = 0;
        qsizetype metrics = 0;
        quint64 pending = 0;
        quint64 dropped = 0; // or rejected
        double eventsPerSecond = 0;
    };

    explicit SnapshotModel(QObject *parent = nullptr);
    ~SnapshotModel() override;

    MetricsRuntime *runtime() const;
    void setRuntime(Recorders::MetricsRuntime *runtime); // the source of that runtime
    SnapshotSource *source() const;
    void setSource(Recorders::SnapshotSource *source); // does not take ownership
    int refreshInterval() const; // ms
    void setRefreshInterval(int milliseconds); // at least 1
    bool isPaused() const;
    void setPaused(bool paused);

    bool isEnded() const; // the source went away, what it said last is kept
    Totals totals() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

public Q_SLOTS:
    void refresh(); // asks for an update now, also when paused

Q_SIGNALS:
    void runtimeChanged(Recorders::MetricsRuntime *runtime);
    void sourceChanged(Recorders::SnapshotSource *source);
    void refreshIntervalChanged(int milliseconds);
    void pausedChanged(bool paused);
    void endedChanged(bool ended);
    void updated(); // after an update was applied

private:
    Q_DISABLE_COPY_MOVE(SnapshotModel)
    friend class SnapshotModelPrivate;

    std::unique_ptr<SnapshotModelPrivate> const d;
};

} // namespace Recorders
