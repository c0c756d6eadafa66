// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotlistsource.h>
#include <recorders/core/snapshotsubscription.h>

#include <QSignalSpy>
#include <QTest>

#include <chrono>

namespace Testing {

// Waits until a subscription at that pace has looked at a source of its own some times. Any other
// one in this thread has had the occasion meanwhile: what it did not do by then, it does not do.
[[nodiscard]] inline bool waitForPolls(std::chrono::milliseconds interval, int count = 5)
{
    Recorders::SnapshotListSource source(QStringLiteral("witness"));
    Recorders::SnapshotSubscription witness(&source);
    witness.setInterval(interval);
    const QSignalSpy polls(&witness, &Recorders::SnapshotSubscription::unchanged);
    return QTest::qWaitFor([&polls, count] { return polls.count() >= count; });
}

} // namespace Testing
