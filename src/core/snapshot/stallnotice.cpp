// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/stallnotice_p.h"

namespace Recorders::Internal {

namespace {

constexpr std::chrono::seconds patience{ 1 }; // with a source that does not answer

} // namespace

bool StallNotice::update(const std::optional<SourceStall> &ofSource,
                         std::optional<std::chrono::nanoseconds> askedAt,
                         std::chrono::nanoseconds now)
{
    std::optional<SourceStall> found;
    if (ofSource && now - ofSource->since >= patience)
        found = ofSource;
    else if (askedAt && now - *askedAt >= patience)
        found = SourceStall{ *askedAt, {} }; // it goes from call to call, and never answers
    const auto lasts = found ? std::chrono::floor<std::chrono::seconds>(now - found->since)
                             : std::chrono::seconds(0);
    if (found == m_stall && lasts == m_told)
        return false;
    m_stall = found;
    m_told = lasts;
    return true;
}

} // namespace Recorders::Internal
