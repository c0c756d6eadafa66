// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/recorderstatistics.h>

#include <QtGlobal>

namespace Recorders::Internal {

struct RecorderNode;

// What all recorders of a SnapshotStore are together.
struct SnapshotTotals
{
    qsizetype recorders = 0;
    qsizetype metrics = 0;
    quint64 pending = 0;
    quint64 dropped = 0; // or rejected
    quint64 droppedByRemoved = 0; // likewise, by recorders that the source has no more
    double eventsPerSecond = 0;
    qsizetype failed = 0;
    qsizetype quarantined = 0;

    // All but the rate, and what is quarantined.
    void add(const RecorderNode &recorder);
    void subtract(const RecorderNode &recorder);
};

quint64 lostEvents(const RecorderStatistics &statistics); // dropped or rejected

} // namespace Recorders::Internal
