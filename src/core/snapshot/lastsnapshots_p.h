// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <cstddef>
#include <deque>
#include <memory>

namespace Recorders::Internal {

/*
    What recorders had at last, of those that were removed last: by the version of the removal. There
    are some of them only, so that memory does not grow with what is gone.

    A plugin may be unloaded when its recorders are gone. So metrics with values of its types are
    left out, and the rest is not complete then.
*/
class LastSnapshots final
{
public:
    using Pointer = std::shared_ptr<const RecorderSnapshot>;

    static constexpr std::size_t maxCount = 1000;
    static constexpr qsizetype maxMetrics = 10'000; // of all of them

    static RecorderSnapshot keepable(RecorderSnapshot snapshot);
    static RecorderSnapshot withDetail(const RecorderSnapshot &snapshot, SnapshotDetail detail);

    // Of a keepable one, with a later version than the others. All or nothing.
    void add(quint64 version, Pointer snapshot);
    Pointer find(quint64 version) const; // null: there is none

private:
    struct Kept
    {
        quint64 version;
        Pointer snapshot;
    };

    std::deque<Kept> m_kept; // oldest first
    qsizetype m_metrics = 0;
};

} // namespace Recorders::Internal
