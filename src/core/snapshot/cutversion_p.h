// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

namespace Recorders::Internal {

/*
    The version of a complete update that was cut is marked: who goes on from there is told all there
    is of the other recorders, not only what changed of them since.
*/
class CutVersion final
{
public:
    static constexpr quint64 plain(quint64 version) { return version & ~mark; }
    static constexpr bool isOfAll(quint64 since) { return since == 0 || plain(since) != since; }

    // Once the update is made.
    static void markIfCut(SnapshotUpdate &update, bool isOfAll)
    {
        if (update.hasMore && isOfAll)
            update.version |= mark;
    }

private:
    static constexpr quint64 mark = quint64(1) << 63;
};

} // namespace Recorders::Internal
