// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/eventmemoryreturn_p.h"

#include "core/dispatch/eventmemory_p.h"
#include "core/platform/applicationexit_p.h"

namespace Recorders::Internal {

bool EventMemoryReturn::giveBack(Use use, TimePoint now) noexcept
{
    if (use == Use::Handled) {
        m_isOwing = true;
        m_lastHandled = now;
    }
    const std::chrono::milliseconds interval = EventMemory::interval();
    const std::chrono::milliseconds earliest = interval - interval / 8; // a timer may be early
    if (m_isOwing && use == Use::None && now - m_lastHandled >= earliest) {
        m_isOwing = false;
        m_bytesLeft = EventMemory::excess();
    } else if (m_bytesLeft == 0 && EventMemory::isDue(now)) {
        m_bytesLeft = EventMemory::mostOfExcess();
    }
    EventMemory::giveBack(m_bytesLeft);
    return m_bytesLeft > 0;
}

// It may have ticked on for a while after its last event, and that counts.
std::optional<std::chrono::milliseconds> EventMemoryReturn::nextTurn(TimePoint now) const noexcept
{
    if (!m_isOwing || EventMemory::excess() == 0)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::milliseconds>(m_lastHandled + EventMemory::interval()
                                                        - now);
}

// Also if there are other dispatchers: they may all be asleep.
void EventMemoryReturn::giveBackAll() noexcept
{
    if (ApplicationExit::isProcessExiting())
        return; // all goes in a moment
    std::size_t bytes = EventMemory::excess();
    while (bytes > 0)
        EventMemory::giveBack(bytes);
}

} // namespace Recorders::Internal
