// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/recorder.h>

namespace Recorders::Internal {

// Why a recorder with that id and those options cannot start; empty: it can.
Error configurationError(const QString &id, const RecorderOptions &options);

// Adding one of its times to the present one does not overflow.
RecorderOptions withBoundedTimes(RecorderOptions options);

} // namespace Recorders::Internal
