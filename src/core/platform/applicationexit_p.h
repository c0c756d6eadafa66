// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/processfork_p.h"
#include "core/platform/processwide_p.h"

#include <QtGlobal>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace Recorders::Internal {

/*
    Calls back when it is time to end, so that nothing is accepted and then forgotten.

    That is when the application object is destroyed, while queued signals are still delivered:
    afterwards what is posted to an object on a QThread is thrown away.

    And it is when the process exits, by exit() in any thread or by a return from main(), or when
    the library is unloaded: for what is still there then because nobody destroyed it, or because
    nobody destroyed the application object. Static objects that were made before the first call to
    callAtEnd() are alive then. It is not when a child exits that was forked: the threads are its
    parent's.
*/
class ApplicationExit
{
public:
    enum class Occasion { ApplicationGoes, ProcessExits };
    using Call = std::function<void(Occasion)>;

    static ApplicationExit &instance();

    // Any thread. The call is made in the thread that ends the application, and maybe several
    // times. An owner has one call: another one is not added. False: the application object is
    // being destroyed already.
    [[nodiscard]] bool callAtEnd(const void *owner, Call call);
    // Any thread. Not when the application object goes. An owner has one call, as above.
    void callAtProcessExit(const void *owner, std::function<void()> call);
    // Any thread. When this returns no other thread makes the owner's call.
    void forget(const void *owner);

    // Any thread. The objects of the application may be gone, and what Qt needs for them: nothing
    // of the application is called any more but metrics and hooks, for the events that are left.
    static bool isProcessExiting() noexcept
    {
        // Relaxed: a hint for other threads; the thread that exits has set it itself.
        return s_isProcessExiting.load(std::memory_order_relaxed);
    }

private:
    friend class ProcessWide<ApplicationExit>;

    struct Entry
    {
        const void *owner;
        Call call;
        qint64 process; // it would wait for threads of this one
        std::vector<std::thread::id> callers{};
    };
    struct ProcessExit
    {
        Q_DISABLE_COPY_MOVE(ProcessExit)
        ProcessExit();
        ~ProcessExit();
    };

    using Entries = std::vector<std::shared_ptr<Entry>>;

    ApplicationExit() = default;

    static void watchProcess(); // needs m_mutex
    void add(const void *owner, Call call); // needs m_mutex
    Entries::iterator find(const void *owner); // of this process; needs m_mutex
    void end(Occasion occasion);
    static void applicationStarts();
    static void applicationExits();

    static const bool s_isListening; // from when the library is loaded
    static std::atomic<bool> s_isProcessExiting;

    std::mutex &m_mutex = ProcessFork::instance().applicationExitMutex; // guards all below
    std::condition_variable m_called;
    Entries m_entries;
    bool m_isInstalled = false; // for the application object that exists now
    bool m_isOver = false; // that object or the process goes
};

} // namespace Recorders::Internal
