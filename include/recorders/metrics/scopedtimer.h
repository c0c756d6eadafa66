// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsrecorder.h>

#include <chrono>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace Recorders {

namespace Internal {

// What a duration becomes in another type: the greatest or the least of that, if it is beyond.
template <typename Duration>
Duration nearest(std::chrono::nanoseconds time) noexcept
{
    using Real = std::chrono::duration<long double, typename Duration::period>;
    if constexpr (!std::is_floating_point_v<typename Duration::rep>) {
        const Real real = time;
        if (real >= Real(Duration::max()))
            return Duration::max();
        if (real <= Real(Duration::min()))
            return Duration::min();
    }
    return std::chrono::duration_cast<Duration>(time);
}

} // namespace Internal

// Emits an event when its scope is left, however that happens, with the time that it took. Tests may
// choose another clock.
template <typename Event, typename Clock = std::chrono::steady_clock>
class ScopedTimer
{
    static_assert(Clock::is_steady, "A clock that can be set measures no time");
    static_assert(std::is_nothrow_move_constructible_v<Event>,
                  "An event must be movable without throwing");

public:
    // The recorder: a shared pointer, or a pointer to one that outlives the timer. It may be null.
    // elapsed: a member of the event. If that inherits it, the type of the event must be given, or an
    // event.
    template <typename RecorderPointer, typename Rep, typename Period, typename Base,
              std::enable_if_t<std::is_base_of_v<Base, Event>, bool> = true>
    ScopedTimer(const RecorderPointer &recorder, std::chrono::duration<Rep, Period> Base::*elapsed,
                Event event = {});
    ~ScopedTimer() { stop(); }
    ScopedTimer(const ScopedTimer &) = delete;
    ScopedTimer &operator=(const ScopedTimer &) = delete;

    Event *operator->() noexcept { return &m_event; } // to set an outcome on the way
    Event &event() noexcept { return m_event; }

    std::chrono::nanoseconds elapsed() const noexcept; // 0 without a recorder
    RegisterResult stop() noexcept; // emits the event now, and no other one
    void cancel() noexcept { m_recorder.reset(); } // emits nothing

private:
    template <typename Recorder>
    static std::shared_ptr<MetricsRecorder> held(const std::shared_ptr<Recorder> &recorder) noexcept
    {
        return recorder;
    }
    static std::shared_ptr<MetricsRecorder> held(MetricsRecorder *recorder) noexcept
    {
        return std::shared_ptr<MetricsRecorder>(std::shared_ptr<void>(), recorder); // not owned
    }

    std::shared_ptr<MetricsRecorder> m_recorder;
    std::function<void(Event &, std::chrono::nanoseconds)> m_setElapsed;
    Event m_event;
    const typename Clock::time_point m_begin;
};

template <typename RecorderPointer, typename Rep, typename Period, typename Event>
ScopedTimer(const RecorderPointer &, std::chrono::duration<Rep, Period> Event::*)
        -> ScopedTimer<Event>;
template <typename RecorderPointer, typename Rep, typename Period, typename Base, typename Event>
ScopedTimer(const RecorderPointer &, std::chrono::duration<Rep, Period> Base::*, Event)
        -> ScopedTimer<Event>;

template <typename Event, typename Clock>
template <typename RecorderPointer, typename Rep, typename Period, typename Base,
          std::enable_if_t<std::is_base_of_v<Base, Event>, bool>>
ScopedTimer<Event, Clock>::ScopedTimer(const RecorderPointer &recorder,
                                       std::chrono::duration<Rep, Period> Base::*elapsed,
                                       Event event)
    : m_recorder(held(recorder))
    , m_setElapsed([elapsed](Event &timed, std::chrono::nanoseconds time) {
        timed.*elapsed = Internal::nearest<std::chrono::duration<Rep, Period>>(time);
    })
    , m_event(std::move(event))
    , m_begin(m_recorder ? Clock::now() : typename Clock::time_point())
{
}

template <typename Event, typename Clock>
std::chrono::nanoseconds ScopedTimer<Event, Clock>::elapsed() const noexcept
{
    return m_recorder ? Clock::now() - m_begin : std::chrono::nanoseconds(0);
}

template <typename Event, typename Clock>
RegisterResult ScopedTimer<Event, Clock>::stop() noexcept
{
    if (!m_recorder)
        return RegisterResult::NotRunning;
    m_setElapsed(m_event, elapsed());
    const std::shared_ptr<MetricsRecorder> recorder = std::move(m_recorder);
    return recorder->registerEvent(std::move(m_event));
}

} // namespace Recorders
