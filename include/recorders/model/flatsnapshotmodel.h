// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/namespace.h>
#include <recorders/model/snapshotmark.h>
#include <recorders/recorders_export.h>

#include <QAbstractTableModel>

#include <functional>
#include <memory>

Q_MOC_INCLUDE("recorders/core/metricsruntime.h")
Q_MOC_INCLUDE("recorders/core/snapshotsource.h")

namespace Recorders {

namespace Internal {
class FlatFilterSource;
class ModelContent;
struct MetricNode;
} // namespace Internal

class FlatSnapshotModelPrivate;
class MetricsRuntime;
class SnapshotSource;

// What the flat models have in common: a row for each dimension of each metric.
class RECORDERS_EXPORT FlatSnapshotModel : public QAbstractTableModel
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
    Q_PROPERTY(bool keepRemoved READ isRemovedKept WRITE setKeepRemoved NOTIFY keepRemovedChanged)
    Q_PROPERTY(
            Recorders::SnapshotMark mark READ mark WRITE setMark RESET resetMark NOTIFY markChanged)
    Q_PROPERTY(Recorders::BytePrefix bytePrefix READ bytePrefix WRITE setBytePrefix NOTIFY
                       bytePrefixChanged)

public:
    ~FlatSnapshotModel() override;

    MetricsRuntime *runtime() const;
    void setRuntime(Recorders::MetricsRuntime *runtime); // the source of that runtime
    SnapshotSource *source() const;
    void setSource(Recorders::SnapshotSource *source); // does not take ownership
    int refreshInterval() const; // ms
    void setRefreshInterval(int milliseconds); // at least 1
    bool isPaused() const;
    void setPaused(bool paused);

    bool isEnded() const; // the source went away, what it said last is kept
    bool isStalled() const; // it does not answer for now
    QString errorString() const; // why there is nothing new; empty: there is

    bool isRemovedKept() const;
    void setKeepRemoved(bool keep); // recorders that the source has no more stay, as ended
    int removedCount() const; // how many are kept, at most 1000

    Q_INVOKABLE Recorders::SnapshotMark newMark(const QString &name = {}) const; // of what is shown
    SnapshotMark mark() const; // what is compared with; null: nothing
    void setMark(const Recorders::SnapshotMark &mark);
    void resetMark() { setMark({}); } // compares nothing
    BytePrefix bytePrefix() const; // of texts, not of values
    void setBytePrefix(Recorders::BytePrefix prefix);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index,
                  int role = Qt::DisplayRole) const override; // roles of SnapshotModel
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
    void aboutToUpdate(); // before an update is applied
    void updated(); // after an update was applied
    void refreshed(); // all that refresh() asked for is shown

protected:
    enum class Scope { AllRecorders, OneRecorder };

    explicit FlatSnapshotModel(Scope scope, QObject *parent);

    void showOnly(const QString &entityId);
    bool hasRecorders() const;

private:
    Q_DISABLE_COPY_MOVE(FlatSnapshotModel)
    friend class FlatSnapshotModelPrivate;
    friend class Internal::FlatFilterSource;

    using Visitor = std::function<void(int row, const Internal::MetricNode &metric, int dimension)>;
    void visitRows(int first, int last, const Visitor &visit) const;
    Internal::ModelContent &content() const;
    QString columnText(const QModelIndex &index, int role) const;

    std::unique_ptr<FlatSnapshotModelPrivate> const d;
};

} // namespace Recorders
