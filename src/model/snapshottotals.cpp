// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/snapshottotals_p.h"

#include "model/snapshotnodes_p.h"

#include <iterator>

namespace Recorders::Internal {

namespace {

qsizetype failedOf(const RecorderNode &recorder)
{
    return recorder.state == RecorderState::Failed ? 1 : 0;
}

} // namespace

quint64 lostEvents(const RecorderStatistics &statistics)
{
    return statistics.dropped + statistics.rejected;
}

void SnapshotTotals::add(const RecorderNode &recorder)
{
    ++recorders;
    metrics += std::ssize(recorder.metrics);
    pending += recorder.statistics.pending;
    dropped += lostEvents(recorder.statistics);
    failed += failedOf(recorder);
}

void SnapshotTotals::subtract(const RecorderNode &recorder)
{
    --recorders;
    metrics -= std::ssize(recorder.metrics);
    pending -= recorder.statistics.pending;
    dropped -= lostEvents(recorder.statistics);
    failed -= failedOf(recorder);
}

} // namespace Recorders::Internal
