// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/namespace.h>
#include <recorders/core/sourcestall.h>
#include <recorders/model/snapshotmark.h>
#include <recorders/recorders_export.h>

#include <QAbstractItemModel>

#include <memory>
#include <optional>

Q_MOC_INCLUDE("recorders/core/metricsruntime.h")
Q_MOC_INCLUDE("recorders/core/snapshotsource.h")

namespace Recorders {

namespace Internal {
class ModelContent;
class TreeFilterSource;
} // namespace Internal

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
    Q_PROPERTY(bool stalled READ isStalled NOTIFY stalledChanged)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorStringChanged)
    Q_PROPERTY(bool metricsOnDemand READ areMetricsOnDemand WRITE setMetricsOnDemand NOTIFY
                       metricsOnDemandChanged)
    Q_PROPERTY(bool keepRemoved READ isRemovedKept WRITE setKeepRemoved NOTIFY keepRemovedChanged)
    Q_PROPERTY(
            Recorders::SnapshotMark mark READ mark WRITE setMark RESET resetMark NOTIFY markChanged)
    Q_PROPERTY(Recorders::BytePrefix bytePrefix READ bytePrefix WRITE setBytePrefix NOTIFY
                       bytePrefixChanged)

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
        ErrorTextRole, // QString, what went wrong in a recorder or metric
        DescriptionRole, // QString
        PendingRole, // quint64, of the recorder
        DroppedRole, // quint64, of the recorder: events that were dropped or rejected
        IsMessageRole, // bool, TextRole is a state in words, such as "failed: disk full"
        ExactTextRole, // QString, all digits of ValueRole
        LastChangedRole, // QDateTime, of the update in which it changed last
        RemovedRole, // bool, the source has the recorder no more
        ChangeRole, // Change, since the mark
        DeltaRole, // QVariant, exact, what was added since the mark; invalid if there is none
        DeltaTextRole, // QString, formatted with its unit, or ChangeRole in a word
        DeltaRatioRole, // double, of DeltaRole to what it was; invalid if there is none
        CountRole, // QVariant, exact, of a metric: its dimension "count"; so are the following
        MinimumRole,
        MeanRole,
        MaximumRole,
        P50Role,
        P90Role,
        P99Role,
        P999Role, // of 99.9 %
        RateTextRole, // QString, RateRole formatted with its unit; empty if there is none
        RegisteredRole, // quint64, of the recorder, exact: events that were registered
        HandledRole, // quint64, of the recorder, exact: events that were handled
    };
    Q_ENUM(Role)

    enum class NodeType { Recorder, Metric, Dimension };
    Q_ENUM(NodeType)

    // What became of a row since the mark.
    enum class Change { NotCompared, Unchanged, Changed, New, Gone, Restarted };
    Q_ENUM(Change)

    // Of all recorders together.
    struct Totals
    {
        qsizetype recorders = 0;
        qsizetype metrics = 0;
        quint64 pending = 0;
        quint64 dropped = 0; // or rejected, also by recorders that are gone
        double eventsPerSecond = 0;
        qsizetype failed = 0; // recorders
        qsizetype quarantined = 0; // metrics
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

    bool areMetricsOnDemand() const;
    void setMetricsOnDemand(bool onDemand); // those are asked for that somebody reads
    bool isPartial() const; // some that nobody reads may say something else by now

    bool isEnded() const; // the source went away, what it said last is kept
    bool isStalled() const; // it does not answer for now
    std::optional<SourceStall> stall() const;
    QString errorString() const; // why there is nothing new; empty: there is
    Totals totals() const;

    bool isRemovedKept() const;
    void setKeepRemoved(bool keep); // recorders that the source has no more stay, as ended
    int removedCount() const; // how many are kept, at most 1000

    Q_INVOKABLE Recorders::SnapshotMark newMark(const QString &name = {}) const; // of what is shown
    SnapshotMark mark() const; // what is compared with; null: nothing
    void setMark(const Recorders::SnapshotMark &mark);
    void resetMark() { setMark({}); } // compares nothing
    BytePrefix bytePrefix() const; // of texts, not of values
    void setBytePrefix(Recorders::BytePrefix prefix);

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
    void clearRemoved();

Q_SIGNALS: // a name would hide the property of that name in a handler of QML
    void runtimeChanged(Recorders::MetricsRuntime *);
    void sourceChanged(Recorders::SnapshotSource *);
    void refreshIntervalChanged(int);
    void pausedChanged(bool);
    void endedChanged(bool);
    void stalledChanged(bool);
    void errorStringChanged(const QString &);
    void keepRemovedChanged(bool);
    void markChanged();
    void bytePrefixChanged(Recorders::BytePrefix);
    void metricsOnDemandChanged(bool);
    void aboutToUpdate(); // before an update is applied
    void updated(); // after an update was applied
    void refreshed(); // all that refresh() asked for is shown

private:
    Q_DISABLE_COPY_MOVE(SnapshotModel)
    friend class Internal::TreeFilterSource;
    friend class SnapshotModelPrivate;

    Internal::ModelContent &content() const;
    QString columnText(const QModelIndex &index, int role) const;

    std::unique_ptr<SnapshotModelPrivate> const d;
};

} // namespace Recorders
