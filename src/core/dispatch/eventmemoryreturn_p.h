// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace Recorders::Internal {

// What one dispatcher gives back of the memory of events, and when: see EventMemory. Its thread's.
class EventMemoryReturn final
{
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    // What the clients of the dispatcher did with it in a turn: without events, some may keep theirs.
    enum class Use { None, Kept, Handled };

    // In each turn. Gives back a little; true: there is more to give back.
    bool giveBack(Use use, TimePoint now) noexcept;
    // It becomes idle: when it wants another turn; nothing: never.
    std::optional<std::chrono::milliseconds> nextTurn(TimePoint now) const noexcept;
    // It ends: gives back all at once. A quarter of a gigabyte takes about 0.15 s.
    static void giveBackAll() noexcept;

private:
    TimePoint m_lastHandled{};
    bool m_isOwing = false; // it has handled events, and was not idle for long since then
    std::size_t m_bytesLeft = 0; // to give back
};

} // namespace Recorders::Internal
