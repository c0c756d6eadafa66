// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/core/namespace.h>
#include <recorders/core/recorderstatistics.h>
#include <recorders/core/sourcestall.h>
#include <recorders/recorders_export.h>

#include <QFuture>
#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Recorders {

// What changed of one recorder, at one moment between two of its events.
struct RecorderSnapshot
{
    QString entityId;
    quint64 generation = 0; // another one: the id was removed and is in use again
    RecorderState state = RecorderState::Created;
    RecorderStatistics statistics;
    Error error; // the recorder's last one
    quint64 resets = 0; // of its metrics by resetMetrics(); not told without them
    QList<MetricSnapshot> metrics;
    bool isComplete = false; // metrics that it does not mention are gone; not told without them
    SnapshotDetail detail = SnapshotDetail::Metrics; // less: metrics may say something else by now
};

// What somebody wants to know.
struct SnapshotRequest
{
    SnapshotRequest(quint64 version = 0) // implicit: all that changed since that version
        : since(version)
    {
    }

    bool wants(const QString &id) const { return entityIds.isEmpty() || entityIds.contains(id); }
    SnapshotDetail detailOf(const QString &id) const
    {
        return detailedIds.contains(id) ? SnapshotDetail::Metrics : detail;
    }

    quint64 since; // version of the last update; 0: everything
    SnapshotDetail detail = SnapshotDetail::Metrics;
    QSet<QString> entityIds; // of the only recorders to tell of; empty: all recorders
    QSet<QString> detailedIds; // of those to tell of with all metrics, whatever the detail
};

// What changed since a version, as far as it was asked for.
struct SnapshotUpdate
{
    quint64 version = 0; // to ask for the next changes with
    std::chrono::nanoseconds time{}; // steady clock, when it was taken
    bool isComplete = false; // recorders that it does not mention are gone
    bool hasMore = false; // it was cut to keep it short: ask again at once
    QList<RecorderSnapshot> recorders;
    QStringList removed; // entity ids; those of recorders, too, that are in use again
    // Of all recorders that were removed so far, added up. Null: the source does not know.
    std::optional<RecorderStatistics> removedStatistics;
    // What those that were removed, and are not in use again, had at last, as far as it is known.
    QList<RecorderSnapshot> removedSnapshots;
};

// Where snapshots come from: a runtime, a file, a socket. Subscriptions and models know only this.
class RECORDERS_EXPORT SnapshotSource : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString name READ name CONSTANT)
    Q_PROPERTY(Recorders::RuntimeState state READ state NOTIFY stateChanged)

public:
    explicit SnapshotSource(QObject *parent = nullptr);
    ~SnapshotSource() override;

    virtual QString name() const = 0;
    virtual RuntimeState state() const = 0; // any thread

    virtual quint64 version() const = 0; // any thread, another one whenever something changed
    virtual QFuture<SnapshotUpdate> changesSince(const SnapshotRequest &request) = 0; // any thread

    // Any thread. Nothing: it answers, or does not know why it does not.
    virtual std::optional<SourceStall> stall() const;

Q_SIGNALS: // a name would hide the property of that name in a handler of QML
    void stateChanged(Recorders::RuntimeState);

private:
    Q_DISABLE_COPY_MOVE(SnapshotSource)
};

} // namespace Recorders
