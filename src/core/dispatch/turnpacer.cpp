// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/turnpacer_p.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <utility>

namespace Recorders::Internal {

using namespace std::chrono_literals;

namespace {

// Work that cannot be done, because a producer was suspended between claim and publication, must
// not keep a processor busy.
constexpr int maxFruitlessTurns = 64;
// What a dispatcher finds when it was woken came in about this time.
constexpr std::chrono::microseconds wakeLatency{ 50 };

// Relaxed: nothing else depends on it.
constinit std::atomic<TurnPacer::Milliseconds> currentQuietTime = TurnPacer::defaultQuietTime;

// A power of two, so that a steady load does not change the timer at every turn.
std::chrono::milliseconds wholeTick(std::chrono::duration<double, std::nano> time)
{
    const double count = std::min(time.count() / 1e6, 1e6);
    return std::chrono::milliseconds(std::bit_floor(static_cast<unsigned>(count)));
}

} // namespace

TurnPacer::Milliseconds TurnPacer::quietTime() noexcept
{
    return currentQuietTime.load(std::memory_order_relaxed);
}

void TurnPacer::setQuietTime(Milliseconds time) noexcept
{
    currentQuietTime.store(time, std::memory_order_relaxed);
}

TurnPacer::TurnPacer(Milliseconds interval)
    : m_interval(interval)
    , m_quietTime(quietTime())
{
}

void TurnPacer::wakeUp(Time now)
{
    m_wokeAt = now;
    m_lastTurn = now - wakeLatency;
}

TurnPacer::Milliseconds TurnPacer::next(const Turn &turn)
{
    const auto elapsed = turn.began - std::exchange(m_lastTurn, turn.began);
    if (turn.hasHandled)
        m_lastHandled = turn.began;
    m_fruitlessTurns = turn.hasHandled ? 0 : m_fruitlessTurns + 1;
    if (turn.hasWork && !turn.isStarved)
        return m_fruitlessTurns < maxFruitlessTurns ? 0ms : 1ms;
    if (turn.load > 0)
        return std::min(m_interval, wholeTick(elapsed / turn.load));
    return m_interval;
}

bool TurnPacer::maySleep(Time now) const
{
    const bool isQuiet = !m_lastHandled || now - *m_lastHandled >= m_quietTime;
    return isQuiet && now - m_wokeAt >= m_interval;
}

} // namespace Recorders::Internal
