// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QAbstractTableModel>

#include <memory>

Q_MOC_INCLUDE(<recorders / core / metricsruntime.h>)
Q_MOC_INCLUDE(<recorders / core / snapshotsource.h>)

namespace Recorders {

class MetricsRuntime;
class RecorderSnapshotModelPrivate;
class SnapshotSource;

// The values of one recorder, live: a row for each dimension of each metric.
class RECORDERS_EXPORT RecorderSnapshotModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_PROPERTY(
            Recorders::MetricsRuntime *runtime READ runtime WRITE setRuntime NOTIFY runtimeChanged)
    Q_PROPERTY(Recorders::SnapshotSource *source READ source WRITE setSource NOTIFY sourceChanged)
    Q_PROPERTY(QString entityId READ entityId WRITE setEntityId NOTIFY entityIdChanged)
    Q_PROPERTY(int refreshInterval READ refreshInterval WRITE setRefreshInterval NOTIFY
                       refreshIntervalChanged)
    Q_PROPERTY(bool paused READ isPaused WRITE setPaused NOTIFY pausedChanged)
    Q_PROPERTY(bool ended READ isEnded NOTIFY endedChanged)

public:
    enum Column { MetricColumn, DimensionColumn, ValueColumn, UnitColumn, RateColumn, ColumnCount };
    Q_ENUM(Column)

    explicit RecorderSnapshotModel(QObject *parent = nullptr);
    ~RecorderSnapshotModel() override;

    MetricsRuntime *runtime() const;
    void setRuntime(Recorders::MetricsRuntime *runtime); // the source of that runtime
    SnapshotSource *source() const;
    void setSource(Recorders::SnapshotSource *source); // does not take ownership
    QString entityId() const;
    void setEntityId(const QString &entityId); // of a recorder that may come later
    int refreshInterval() const; // ms
    void setRefreshInterval(int milliseconds); // at least 1
    bool isPaused() const;
    void setPaused(bool paused);

    bool isEnded() const; // the source went away, what it said last is kept

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index,
                  int role = Qt::DisplayRole) const override; // roles of SnapshotModel
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

public Q_SLOTS:
    void refresh(); // asks for an update now, also when paused

Q_SIGNALS:
    void runtimeChanged(Recorders::MetricsRuntime *runtime);
    void sourceChanged(Recorders::SnapshotSource *source);
    void entityIdChanged(const QString &entityId);
    void refreshIntervalChanged(int milliseconds);
    void pausedChanged(bool paused);
    void endedChanged(bool ended);
    void updated(); // after an update was applied

private:
    Q_DISABLE_COPY_MOVE(RecorderSnapshotModel)
    friend class RecorderSnapshotModelPrivate;

    std::unique_ptr<RecorderSnapshotModelPrivate> const d;
};

} // namespace Recorders
