// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

namespace Recorders::Internal {

/*
    The version of an update that was cut is marked. Who goes on from there knows the other recorders
    as of the version that was asked about, which is an earlier one: metrics of them may have changed
    in between.
*/
class CutVersion final
{
public:
    static constexpr quint64 plain(quint64 version) { return version & ~mark; }
    static constexpr bool isMarked(quint64 version) { return plain(version) != version; }
    static void markIfCut(SnapshotUpdate &update) // once it is made
    {
        if (update.hasMore)
            update.version |= mark;
    }

private:
    static constexpr quint64 mark = quint64(1) << 63;
};

} // namespace Recorders::Internal
