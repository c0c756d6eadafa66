// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/recorder.h>

#include <chrono>

namespace Recorders::Internal {

// That anybody waits. Adding it to the present time does not overflow.
constexpr std::chrono::hours longestTime{ 24 * 365 };

// Why a recorder with that id and those options cannot start; empty: it can.
Error configurationError(const QString &id, const RecorderOptions &options);

// None of its times is longer than the longest one.
RecorderOptions withBoundedTimes(RecorderOptions options);

} // namespace Recorders::Internal
