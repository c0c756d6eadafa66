// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsubscription.h>

#include <QList>
#include <QStringList>

#include <chrono>
#include <optional>
#include <utility>

namespace Testing {

inline QStringList idsOf(const Recorders::SnapshotUpdate &update)
{
    QStringList ids;
    for (const Recorders::RecorderSnapshot &recorder : update.recorders)
        ids += recorder.entityId;
    return ids;
}

// A subscription and all that it has said.
struct RecordedSubscription
{
    explicit RecordedSubscription(Recorders::SnapshotSource *source)
        : subscription(std::in_place, source)
    {
        subscription->setInterval(std::chrono::milliseconds(1));
        QObject::connect(
                &*subscription, &Recorders::SnapshotSubscription::updated,
                [this](const Recorders::SnapshotUpdate &update) { updates.append(update); });
    }

    QStringList ids() const { return idsOf(updates.constLast()); } // of the last update

    std::optional<Recorders::SnapshotSubscription> subscription;
    QList<Recorders::SnapshotUpdate> updates;
};

} // namespace Testing
