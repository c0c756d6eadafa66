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

    QStringList ids() const // of the last update
    {
        QStringList ids;
        for (const Recorders::RecorderSnapshot &recorder : updates.constLast().recorders)
            ids += recorder.entityId;
        return ids;
    }

    std::optional<Recorders::SnapshotSubscription> subscription;
    QList<Recorders::SnapshotUpdate> updates;
};

} // namespace Testing
