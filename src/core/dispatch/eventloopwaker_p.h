// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QBasicTimer>
#include <QObject>

#include <atomic>
#include <chrono>

QT_BEGIN_NAMESPACE
class QAbstractEventDispatcher;
QT_END_NAMESPACE

namespace Recorders::Internal {

/*
    Lets its client take a turn in the event loop of a thread: once when it is woken, by any thread,
    and again and again while it ticks.

        any thread                    the event loop
        wake()
          emit wakeRequested() ------> queued call: client.processTurn()
          out of memory? a flag, and
          the event dispatcher's
          wakeUp() ------------------> awake(): the flag is set: client.processTurn()
                                       tickEvery(10 ms): timer: client.processTurn(), ...
                                       stopTicking(): nothing until the next wake()

    It does not count: that one call of wake() suffices until the next turn is for the client to see to.
*/
class EventLoopWaker final : public QObject
{
    Q_OBJECT

public:
    class Client
    {
        Q_DISABLE_COPY_MOVE(Client)

    public:
        virtual void rememberThread() noexcept = 0; // in the thread, once its event loop is there
        virtual void processTurn() = 0; // likewise, each time

    protected:
        Client() = default;
        ~Client() = default;
    };

    explicit EventLoopWaker(Client &client);

    void listen(); // its thread has an event dispatcher
    void wake() noexcept; // any thread
    // the thread of the event loop
    void tickEvery(std::chrono::milliseconds interval); // 0: at every turn of the event loop
    void stopTicking();
    void turnLater(std::chrono::milliseconds delay); // instead of ticking

Q_SIGNALS:
    void wakeRequested();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void processTurn();
    void turnIfMissed();
    void wakeWithoutMemory() noexcept;

    Client &m_client;
    std::atomic<QAbstractEventDispatcher *> m_eventDispatcher = nullptr; // null: not yet
    QBasicTimer m_timer;
    std::chrono::milliseconds m_interval{ -1 }; // of m_timer, while it is active
    std::atomic<bool> m_hasMissed = false; // an event or a timer could not be allocated
};

} // namespace Recorders::Internal
