// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/recorder.h>

#include <chrono>
#include <memory>

namespace Recorders::Internal {

// That anybody waits. Adding it to the present time does not overflow.
constexpr std::chrono::hours longestTime{ 24 * 365 };

// Why a recorder with that id and those options cannot start; empty: it can.
Error configurationError(const QString &id, const RecorderOptions &options);

// None of its times is longer than the longest one.
RecorderOptions withBoundedTimes(RecorderOptions options);

// The options of one recorder. Most have the default ones, which they share.
class KeptOptions final
{
public:
    explicit KeptOptions(const RecorderOptions &options);

    const RecorderOptions &operator*() const noexcept { return m_own ? *m_own : s_defaults; }
    const RecorderOptions *operator->() const noexcept { return &**this; }

private:
    static constexpr RecorderOptions s_defaults{};

    std::unique_ptr<const RecorderOptions> m_own; // null: the default ones
};

} // namespace Recorders::Internal
