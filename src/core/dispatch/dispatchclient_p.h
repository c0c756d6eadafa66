// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>
#include <QtGlobal>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <limits>
#include <memory>

namespace Recorders::Internal {

class Dispatcher;

using Clock = std::chrono::steady_clock;

/*
    What a Dispatcher serves: something that has events to handle and operations to go on with.

    The functions of the dispatcher's thread are called while it is attached; that thread is the
    client's own. Each call handles a batch, so that a virtual call costs nothing per event.
*/
class DispatchClient
{
public:
    DispatchClient(const DispatchClient &) = delete;
    DispatchClient &operator=(const DispatchClient &) = delete;

    virtual std::shared_ptr<DispatchClient> share() = 0; // any thread, while it is attached

    // the dispatcher's thread: events
    virtual std::size_t drain(std::size_t maxEvents, Clock::time_point until) = 0; // events handled
    // True: run the heavy fence before tryIdle(), one for all clients.
    virtual bool prepareIdle() noexcept = 0;
    virtual bool tryIdle() noexcept = 0; // true: the next event makes it ready again
    virtual bool awaitsPublication() noexcept = 0; // an event is claimed, but not published yet
    virtual double quarterOfQueue() const noexcept = 0; // events
    virtual bool canProgress() const noexcept = 0; // its events are handled, now or later

    // the dispatcher's thread: operations
    virtual bool advance() = 0; // true: none is left
    virtual void stopLater() = 0;
    virtual bool isInCall() const noexcept = 0; // of a metric or hook
    virtual bool isEntered() const noexcept = 0; // a call of it is further up the stack
    virtual bool isBeingMade() const noexcept = 0;

    // Any thread. Its own thread is that of the dispatcher; it may have been another one when
    // somebody posted to that.
    virtual bool isServedBy(const Dispatcher &dispatcher) const = 0;

    // any thread
    virtual quint64 handled() const noexcept = 0; // events so far
    virtual std::size_t
    callCount() const noexcept = 0; // another one with each call of the user's code
    virtual QString callUnderWay() const = 0; // the metric or hook that is called; empty: none
    virtual void abandon() noexcept = 0; // in a child process made by fork()

    // Any thread. Whether the dispatcher is to advance it; returns what it was.
    bool setScheduled(bool isScheduled) noexcept
    {
        return m_isScheduled.exchange(isScheduled, std::memory_order_acq_rel); // with itself
    }

    // Links, each of one class only.
    DispatchClient *nextReady = nullptr; // ReadyList
    std::size_t attachedAt = 0; // Dispatcher, index
    static constexpr std::size_t notActive = std::numeric_limits<std::size_t>::max();
    std::size_t activeAt = notActive; // Dispatcher, index

protected:
    DispatchClient() = default;
    ~DispatchClient() = default;

private:
    std::atomic<bool> m_isScheduled = false; // in the list of a dispatcher
};

} // namespace Recorders::Internal
