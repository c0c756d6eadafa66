// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatchclient_p.h"
#include "core/dispatch/eventloopwaker_p.h"
#include "core/dispatch/turnpacer_p.h"
#include "core/platform/forkclient_p.h"
#include "core/queue/readylist_p.h"

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
    the drain interval or faster where queues would overflow in that time; after an interval
    without any it goes to sleep, and nothing wakes its thread until the next event.

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
    void noteHeldUp() noexcept;
    bool isHeldUp() const noexcept;

    // Any thread: "busy", and if it is known, with which metric or hook.
    QString occupation() const;

    // Any thread. Since when a turn has been due, or lasts; nothing: none is due.
    std::optional<Clock::time_point> turnDueSince() const noexcept;
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
    void noteWork(const DispatchClient &client) noexcept; // the dispatcher's thread

    bool hasClients() const { return attached(0) != nullptr; } // any thread

    // the dispatcher's thread
    void processTurn() override;
    void forget(DispatchClient &client) noexcept;

private:
    struct FencedTask
    {
        Task run;
        std::shared_ptr<DispatchClient> client;
        quint64 fence;
    };
    struct ScheduledClient
    {
        std::shared_ptr<DispatchClient> client;
        std::shared_ptr<void> handle;
    };
    struct Progress
    {
        std::size_t handled = 0;
        double load = 0; // quarters of its queue that the busiest recorder handled
        bool isCut = false; // the slice ended before the queues did
        bool isStarved = false; // something had to be left for lack of memory
    };

    Progress work(Clock::time_point began);
    void wakeUp(Clock::time_point began);
    void wakeOnce() noexcept; // needs m_mutex
    void noteTurnDue(Clock::time_point when) noexcept;
    Progress work();
    void takeMessages();
    bool runTasks();
    bool advanceScheduled();
    static bool advance(DispatchClient &client, Progress &progress);
    void takeActive() noexcept;
    bool collectActive();
    Progress drainActive();
    std::size_t drain(DispatchClient &client, Clock::time_point until, Progress &progress);
    void retireSilent(Progress &progress);
    void closeGaps() noexcept;
    void forgetTaken(DispatchClient &client) noexcept;
    void schedule(const Progress &progress, Clock::time_point turnBegan);
    bool hasMessages() const;
    bool tryIdle();
    bool giveMemoryBack(const Progress &progress, Clock::time_point now);
    static void giveMemoryBackAtOnce() noexcept;
    bool close();
    std::shared_ptr<DispatchClient> attached(std::size_t index) const; // null: there are no more

    void rememberThread() noexcept override; // this one is the dispatcher's
    bool isEntered() const;
    void finishAllOperations();
    void stopOthers();

    void holdForFork() override { m_mutex.lock(); }
    void releaseAfterFork() override { m_mutex.unlock(); }
    void abandon() noexcept override;

    QThread *const m_thread; // compared, not used
    std::atomic<std::thread::id> m_threadId; // written by the dispatcher's thread

    // producers
    ReadyList<DispatchClient> m_readyList;
    std::atomic<bool> m_isPatient = false; // a tick is some time off: requestDrain() wakes

    // A turn, and the last one that somebody has waited for the end of in vain. Relaxed, both: a
    // wrong hint costs a short wait, or a look that is a little old.
    std::atomic<unsigned> m_turn = 1; // written by the dispatcher's thread
    std::atomic<unsigned> m_heldUpTurn = 0;

    // For who wants to know why there is no answer. Relaxed, both: a thread that is stuck wrote them
    // long ago, and who sees them a little late looks again.
    std::atomic<Clock::rep> m_turnDue = 0; // any thread; or when the present one began; 0: none
    std::atomic<std::size_t> m_workedAt = 0; // in m_attached, of the client that was called last

    // written by the dispatcher's thread, and by its watch
    std::atomic<bool> m_isAwake = false;
    std::atomic<bool> m_isWatched = false;
    Listener m_wakeListener; // constant from enter() on

    // guarded by m_mutex
    mutable std::mutex m_mutex;
    std::vector<FencedTask> m_newTasks;
    std::vector<ScheduledClient> m_newScheduled;
    std::vector<DispatchClient *> m_attached; // a client knows its place
    bool m_hasWoken = false; // for m_newTasks and m_newScheduled
    bool m_isFinishing = false; // written by the dispatcher's thread
    std::atomic<bool> m_isClosed = false; // also read without the mutex

    // the dispatcher's thread
    std::unique_ptr<EventLoopWaker> m_waker; // made and deleted when nobody can wake it
    std::vector<FencedTask> m_tasks;
    std::vector<ScheduledClient> m_scheduled;
    DispatchClient *m_taken = nullptr; // from m_readyList, by nextReady; not in m_active yet
    std::vector<DispatchClient *>
            m_active; // a client knows its place; null: forgotten during a turn
    TurnPacer m_pacer;
    std::size_t m_drainFrom = 0; // in m_active, modulo its size
    std::vector<std::size_t> m_handledInTurn; // of m_active; a member to keep its memory
    Clock::time_point m_lastHandled{};
    bool m_owesMemory = false; // it has handled events, and was not idle for long since then
    std::size_t m_memoryToGiveBack = 0; // bytes
    bool m_isInTurn = false;
};

} // namespace Recorders::Internal
