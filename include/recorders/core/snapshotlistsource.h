// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>
#include <recorders/recorders_export.h>

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>

namespace Recorders {

class SnapshotListSourcePrivate;

// A source that says what it was given: for tests of what shows snapshots, and for demonstrations.
class RECORDERS_EXPORT SnapshotListSource : public SnapshotSource
{
    Q_OBJECT

public:
    explicit SnapshotListSource(QObject *parent = nullptr);
    explicit SnapshotListSource(QString name, QObject *parent = nullptr);
    ~SnapshotListSource() override;

    QString name() const override;
    RuntimeState state() const override;
    void setState(RuntimeState state);
    std::chrono::nanoseconds time() const; // steady clock
    void setTime(std::chrono::nanoseconds time); // it stands still from then on
    void advance(std::chrono::nanoseconds time);
    bool isEnded() const;
    void setEnded(bool ended); // it answers nothing
    qsizetype maxUpdateSize() const;
    void setMaxUpdateSize(qsizetype recorders); // more in the next update; 0: no limit

    QStringList recorderIds() const; // sorted
    RecorderSnapshot recorder(const QString &entityId) const; // without an id: there is none

    // Each adds the recorder if there is none.
    bool setRecorder(const RecorderSnapshot &recorder);
    bool setRecorder(const QString &entityId, const QList<MetricSnapshot> &metrics);
    bool setRecorderState(const QString &entityId, RecorderState state, const Error &error = {});
    bool setStatistics(const QString &entityId, const RecorderStatistics &statistics);
    bool setMetric(const QString &entityId, const MetricSnapshot &metric); // adds or replaces it
    bool removeMetric(const QString &entityId, const QString &name);
    bool removeRecorder(const QString &entityId);

    quint64 version() const override;
    QFuture<SnapshotUpdate> changesSince(const SnapshotRequest &request) override;

private:
    Q_DISABLE_COPY_MOVE(SnapshotListSource)

    std::unique_ptr<SnapshotListSourcePrivate> const d;
};

} // namespace Recorders
