// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

namespace Recorders::Internal {

// Whether who wants outlines is told all there is of a recorder that changed. It is, each time, of
// one that has stopped: these are its last values, and it may soon be gone.
inline bool isToldWhole(RecorderState state, quint64 restructuredAt, quint64 knownSince)
{
    return knownSince == 0 || restructuredAt > knownSince || state == RecorderState::Stopped
            || state == RecorderState::Failed;
}

} // namespace Recorders::Internal
