// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>

namespace Recorders::Internal {

// How often to refresh so that the GUI thread keeps up. A tick that takes longer than its interval
// makes the next ones come at twice the interval. When the thread has been calm for some ticks,
// half of it is tried again.
class RefreshPace
{
public:
    using Duration = std::chrono::nanoseconds;

    static constexpr std::chrono::milliseconds slowest{ 2000 };

    std::chrono::milliseconds wanted() const { return m_wanted; }
    void setWanted(std::chrono::milliseconds interval);
    std::chrono::milliseconds interval() const { return m_interval; }
    bool isSlowed() const { return m_interval > m_wanted; }

    void restart(Duration now, Duration work); // the last tick was now
    void tick(Duration now, Duration work); // all work that was done until now

private:
    void slowDown();
    void speedUp();

    std::chrono::milliseconds m_wanted{ 100 };
    std::chrono::milliseconds m_interval{ 100 };
    Duration m_lastTick{};
    Duration m_lastWork{};
    int m_calmTicks = 0;
};

} // namespace Recorders::Internal
