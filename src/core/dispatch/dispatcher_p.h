// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/activeclients_p.h"
#include "core/dispatch/calllookout_p.h"
#include "core/dispatch/dispatchclient_p.h"
#include "core/dispatch/eventloopwaker_p.h"
#include "core/dispatch/eventmemoryreturn_p.h"
#include "core/dispatch/fencedtasks_p.h"
#include "core/dispatch/scheduledclients_p.h"
#include "core/dispatch/turnpacer_p.h"
#include "core/dispatch/turnrecord_p.h"
#include "core/platform/forkclient_p.h"
#include "core/platform/lockorder_p.h"
#include "core/platform/ownthread_p.h"

#include <QString>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

QT_BEGIN_NAMESPACE
class QThread;
QT_END_NAMESPACE

namespace Recorders::Internal {

/*
    Serves all clients, that is recorders, of one event-loop thread.

    Producers put a client that was quiet on the ready list; the one that finds the dispatcher asleep
    wakes it by the EventLoopWaker, a queued signal without payload. The dispatcher then takes turns:
    each one drains the active clients in slices, answers calls from other threads in between, and
    ends after sliceTime, so that the event loop stays responsive. While events flow it ticks, at
    the drain interval or faster where queues would overflow in that time; when none has come for
    some time (see TurnPacer) it goes to sleep, and nothing wakes its thread until the next event.

    Messages, the calls and operations of other threads, are posted under the mutex, and nobody rings
    the doorbell for one during a turn. The thread looks for them once more at the end of it, under
    the mutex, and takes back there that it will: so either the one who posts sees that it looks, or
    it finds the message. Before that it looks for some microseconds without the mutex if it has
    answered a call, as many of them come in a row (see CallLookout).

    What a turn cannot do for lack of memory it leaves where it is, and the next one tries again.
*/
class Dispatcher final : public std::enable_shared_from_this<Dispatcher>,
                         public ForkClient,
                         public EventLoopWaker::Client
{
public:
    static constexpr std::chrono::milliseconds defaultDrainInterval{ 10 };
    static constexpr std::chrono::milliseconds sliceTime{ 2 };

    Dispatcher(QThread *thread, std::chrono::milliseconds drainInterval);
    ~Dispatcher();

    // Called in the dispatcher's thread when it wakes up and nobody watches. Before enter().
    using Listener = std::function<void()>;
    void setWakeListener(Listener listener) { m_wakeListener = std::move(listener); }
    // Any thread: see StallWatch for the orders of these.
    void setWatched(bool watched) noexcept
    {
        m_isWatched.store(watched, std::memory_order_seq_cst);
    }
    bool isAwake() const noexcept { return m_isAwake.load(std::memory_order_seq_cst); }

    // the dispatcher's thread: the life of the dispatcher
    void enter(); // before the event loop runs
    void finish(); // stops all recorders, answers all calls, and closes
    void leave() noexcept; // finished: the thread ends, and its id may become another one's
    void finishIfDue(); // what was asked for within a call of a metric or hook

    // any thread
    bool isCurrentThread() const noexcept;
    bool isClosed() const noexcept { return m_isClosed.load(std::memory_order_acquire); }
    void activate(DispatchClient &client) noexcept; // between claim and publication of an event
    void requestDrain() noexcept; // somebody waits for room in a queue
    bool attach(DispatchClient &client); // false: it is closed

    // Any thread. The task runs between two events: once the recorder has handled as many events
    // as the fence says, or when the dispatcher closes. If it throws std::bad_alloc it runs again
    // later. False: it is closed.
    using Task = std::function<void()>;
    bool post(Task task, std::shared_ptr<DispatchClient> client = nullptr, quint64 fence = 0);
    // Any thread. Advances the recorder until it has settled. Keeps the handle alive until then.
    bool scheduleOperations(std::shared_ptr<DispatchClient> client, std::shared_ptr<void> handle);

    // Any thread. Somebody has waited in vain for a turn that has not come since. It is a hint.
    void noteHeldUp() noexcept { m_record.noteHeldUp(); }
    bool isHeldUp() const noexcept { return m_record.isHeldUp(); }

    // Any thread: "busy", and if it is known, with which metric or hook.
    QString occupation() const;

    // Any thread. Since when a turn has been due, or lasts; nothing: none is due.
    std::optional<Clock::time_point> turnDueSince() const noexcept { return m_record.dueSince(); }
    // Any thread. Where its thread is: if that is the same twice, the thread has not moved on.
    struct Whereabouts
    {
        unsigned turn = 0;
        const DispatchClient *client = nullptr; // compared, not used
        quint64 handled = 0;
        std::size_t calls = 0;

        friend bool operator==(const Whereabouts &, const Whereabouts &) = default;
    };
    Whereabouts whereabouts() const;
    QString callUnderWay() const; // the metric or hook that it is in; empty: not known
    void noteWork(const DispatchClient &client) noexcept // the dispatcher's thread
    {
        m_record.noteWork(client.attachedAt);
    }

    // Any thread. The process exits, and parts of Qt are gone: the thread stays in the dispatcher
    // for ever when it returns from the call that it is in.
    void strand() noexcept { m_isStranded.store(true, std::memory_order_relaxed); } // a hint
    void stayIfStranded() const noexcept; // the dispatcher's thread

    bool hasClients() const { return attached(0) != nullptr; } // any thread

    // the dispatcher's thread
    void processTurn() override;
    void forget(DispatchClient &client) noexcept;

private:
    TurnProgress work(Clock::time_point began, Clock::duration slice = sliceTime);
    void wakeUp(Clock::time_point began);
    void wakeOnce() noexcept; // needs m_mutex
    TurnProgress workFrom(Clock::time_point began, Clock::duration slice);
    bool takeMessages(); // false: there were none
    void answerMore(TurnProgress &progress, Clock::time_point turnBegan);
    bool awaitMessages(const TurnProgress &progress);
    bool endTurn(); // true: messages are left
    void schedule(const TurnProgress &progress, Clock::time_point turnBegan, bool hasMessages);
    bool tryIdle();
    bool close();
    std::shared_ptr<DispatchClient> attached(std::size_t index) const; // null: there are no more

    void rememberThread() noexcept override; // this one is the dispatcher's
    bool isEntered() const;
    void finishAllOperations();
    void stopOthers();
    bool advanceOthers(std::size_t &handled);

    void holdForFork() override { m_mutex.std::mutex::lock(); } // beside others
    void releaseAfterFork() override { m_mutex.std::mutex::unlock(); }
    void abandon() noexcept override;

    QThread *const m_thread; // compared, not used
    std::atomic<std::thread::id> m_threadId; // written by the dispatcher's thread

    // any thread
    ActiveClients m_active;
    TurnRecord m_record;
    std::atomic<bool> m_isStranded = false;
    std::atomic<bool> m_isPatient = false; // a tick is some time off: requestDrain() wakes

    // written by the dispatcher's thread, and by its watch
    std::atomic<bool> m_isAwake = false;
    std::atomic<bool> m_isWatched = false;
    Listener m_wakeListener; // constant from enter() on

    // guarded by m_mutex
    mutable OrderedMutex<LockLevel::Dispatcher> m_mutex;
    FencedTasks m_tasks; // those that are posted
    ScheduledClients m_scheduled; // likewise
    std::vector<DispatchClient *> m_attached; // a client knows its place
    std::atomic<bool> m_hasMessages = false; // in m_tasks or m_scheduled; also read without it
    bool m_willLook = false; // for messages, before the thread returns to its event loop
    bool m_isFinishing = false; // written by the dispatcher's thread
    std::atomic<bool> m_isClosed = false; // also read without the mutex

    // the dispatcher's thread
    std::unique_ptr<EventLoopWaker> m_waker; // made and deleted when nobody can wake it
    struct OwnMembers
    {
        TurnPacer pacer;
        EventMemoryReturn memory{};
        CallLookout lookout{};
        bool isInTurn = false;
    };
    OwnThread<OwnMembers> m_own; // the dispatcher's
};

} // namespace Recorders::Internal
