// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>
#include <recorders/recorders_export.h>

#include <QObject>
#include <QSet>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace Recorders {

class SnapshotSubscriptionPrivate;

// What changes in a source, told again and again: at most so often, and never faster than the
// subscriber takes it.
class RECORDERS_EXPORT SnapshotSubscription : public QObject
{
    Q_OBJECT

public:
    explicit SnapshotSubscription(SnapshotSource *source, QObject *parent = nullptr);
    ~SnapshotSubscription() override;

    SnapshotSource *source() const;
    void setSource(SnapshotSource *source); // does not take ownership
    std::chrono::milliseconds interval() const;
    void setInterval(std::chrono::milliseconds interval); // at least 1 ms
    SnapshotDetail detail() const;
    void setDetail(SnapshotDetail detail);
    QSet<QString> detailedIds() const;
    void setDetailedIds(const QSet<QString> &ids); // all metrics of these, whatever the detail
    QSet<QString> entityIds() const;
    void setEntityIds(const QSet<QString> &ids); // of the only recorders to tell of; empty: all
    void setEntityId(const QString &entityId); // of the only one; empty: all
    bool isPaused() const;
    void setPaused(bool paused);

    bool isEnded() const; // the source was destroyed, or no longer answers
    std::optional<SourceStall> stall() const; // for more than a second

public Q_SLOTS:
    void refresh(); // asks for an update now, also when paused

Q_SIGNALS:
    void updated(const Recorders::SnapshotUpdate &update);
    void unchanged();
    void refreshed(); // all that refresh() asked for was told
    void refreshFailed(); // the source does not answer
    void sourceChanged(Recorders::SnapshotSource *source);
    void endedChanged(bool ended);
    void stallChanged(); // also once a second while it lasts

private:
    Q_DISABLE_COPY_MOVE(SnapshotSubscription)

    std::unique_ptr<SnapshotSubscriptionPrivate> const d;
};

} // namespace Recorders
