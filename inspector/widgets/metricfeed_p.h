// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsubscription.h>

#include <QObject>
#include <QTimer>

#include <optional>

namespace Recorders::Internal {

// Tells all that there is to know of one metric of one recorder, again and again.
class MetricFeed : public QObject
{
    Q_OBJECT

public:
    explicit MetricFeed(QObject *parent = nullptr);

    void setSource(SnapshotSource *source); // does not take ownership
    void watch(const QString &entityId, const QString &metric); // empty: nothing
    void tellAgain(); // what was told last
    void refresh(); // once, while it is paused
    void setPaused(bool paused); // still tells of what is watched anew, once
    void setActive(bool active); // else it asks for nothing

Q_SIGNALS:
    void told(const Recorders::MetricSnapshot &metric);
    void gone(); // there is no such metric, or nobody tells of it

private:
    void receive(const SnapshotUpdate &update);
    const RecorderSnapshot *find(const QList<RecorderSnapshot> &recorders) const;
    bool take(const RecorderSnapshot &recorder);
    void lose();
    void pause();

    SnapshotSubscription m_subscription;
    QTimer m_patience; // until what was told of another one is to go
    QString m_entityId;
    QString m_metric;
    std::optional<MetricSnapshot> m_last;
    bool m_isPaused = false;
    bool m_isActive = true;
};

} // namespace Recorders::Internal
