// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <mutex>

namespace Recorders::Internal {

/*
    The order in which a thread locks the mutexes of recorders and their runtime. It may leave out
    some, but never goes back; so no two threads wait for each other. No code of the user is called
    while one of them is locked.

    Who needs two of them, and for what:
     - The link between a runtime and what outlives it is locked while the runtime is used.
     - The table of a runtime asks its recorders, and takes them off the journal.
     - A recorder that starts or stops opens or closes its inbox, which has a mutex for blocked
       producers, forgets what was published, attaches to its dispatcher and enters the journal.
     - A removal of a metric is listed and posted to the dispatcher as one.
     - A blocked producer asks the dispatcher for room.

    Those of the process (see ProcessFork) come between a recorder's and a dispatcher's. The mutexes
    of replies are not among them: nothing else is locked while they are.
*/
enum class LockLevel : unsigned char {
    RuntimeLink,
    Runtime,
    RecorderTable,
    Recorder,
    Metrics,
    BlockedProducers,
    Dispatcher,
    Journal
};

// The levels that this thread has locked, a bit for each. Release builds keep no account of them.
class HeldLocks final
{
public:
#ifdef QT_NO_DEBUG
    static bool allow(LockLevel) noexcept
    {
        return true;
    }
    static void add(LockLevel) noexcept { }
    static void remove(LockLevel) noexcept { }
#else
    static bool allow(LockLevel level) noexcept
    {
        return (s_held >> bit(level)) == 0;
    }
    static void add(LockLevel level) noexcept
    {
        s_held |= 1U << bit(level);
    }
    static void remove(LockLevel level) noexcept
    {
        s_held &= ~(1U << bit(level));
    }

private:
    static constexpr unsigned bit(LockLevel level)
    {
        return static_cast<unsigned>(level);
    }

    inline static constinit thread_local unsigned s_held = 0;
#endif
};

// A mutex that checks the order in debug builds. Locked as a std::mutex, by a lock that a condition
// variable takes, it checks nothing.
template <LockLevel level, typename Mutex = std::mutex>
class OrderedMutex final : public Mutex
{
public:
    void lock()
    {
        Q_ASSERT_X(HeldLocks::allow(level), "OrderedMutex::lock",
                   "must be locked before the mutexes of the levels that follow, see LockLevel");
        Mutex::lock();
        HeldLocks::add(level);
    }
    void unlock()
    {
        HeldLocks::remove(level);
        Mutex::unlock();
    }
    bool try_lock() = delete;
};

} // namespace Recorders::Internal
