// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/sourcestall.h>

#include <chrono>
#include <optional>

namespace Recorders::Internal {

// The stall of a source that a subscription tells of: one that has lasted for more than a second.
class StallNotice final
{
public:
    const std::optional<SourceStall> &stall() const noexcept { return m_stall; }

    // What the source says, and since when a question was not answered. Returns whether there is
    // something to tell: it began or ended, or lasts for another second.
    bool update(const std::optional<SourceStall> &ofSource,
                std::optional<std::chrono::nanoseconds> askedAt, std::chrono::nanoseconds now);

private:
    std::optional<SourceStall> m_stall;
    std::chrono::seconds m_told{}; // that it lasts for so long
};

} // namespace Recorders::Internal
