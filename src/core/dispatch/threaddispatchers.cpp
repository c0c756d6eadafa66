// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/threaddispatchers_p.h"

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/applicationexit_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/processfork_p.h"
#include "core/platform/processwide_p.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>
#include <QThread>

#include <chrono>
#include <functional>
#include <future>
#include <map>
#include <mutex>

namespace Recorders::Internal {

namespace {

// What other threads get to stop their recorders when the application object is destroyed, and
// when the process exits: then their event loops may wait for the thread that exits.
constexpr std::chrono::seconds applicationExitTimeout{ 6 };
constexpr std::chrono::seconds processExitTimeout{ 1 };

struct Registry
{
    std::mutex &mutex = ProcessFork::instance().threadRegistryMutex;
    std::map<QThread *, std::shared_ptr<Dispatcher>> dispatchers; // guarded by mutex
};

Registry &registry()
{
    return ProcessWide<Registry>::instance();
}

// Whether the thread delivers what is posted to it, or will in a moment: a QThread that was started
// just now makes its event dispatcher before anything else. A thread that Qt did not start has
// none unless it has one already; the object that stands for it lives in that thread. (So does a
// QThread that was moved to itself: it is known for what it is once it has its event dispatcher.)
bool hasEventDispatcher(QThread &thread)
{
    if (QAbstractEventDispatcher::instance(&thread))
        return true;
    const bool isOfQt = thread.thread() != &thread;
    return isOfQt && thread.isRunning() && &thread != QThread::currentThread();
}

// Runs call in the event loop of another thread, and waits for its end, but not for longer than that.
void callInEventLoop(QThread *thread, const std::function<void()> &call,
                     std::chrono::milliseconds timeout)
{
    std::shared_ptr<std::promise<void>> done;
    retryUntilAllocated([&] {
        done = std::make_shared<std::promise<void>>();
        auto owned = std::make_unique<QObject>();
        QObject *const agent = owned.get();
        agent->moveToThread(thread);
        QMetaObject::invokeMethod(
                agent,
                [agent, call, done] {
                    call();
                    delete agent; // later may be after the end of the application object: never
                    done->set_value();
                },
                Qt::QueuedConnection);
        static_cast<void>(owned.release()); // it may be gone already
    });
    done->get_future().wait_for(timeout);
}

void endInThread(const std::shared_ptr<Dispatcher> &dispatcher, QThread *thread)
{
    {
        Registry &all = registry();
        const std::lock_guard lock(all.mutex);
        const auto entry = all.dispatchers.find(thread);
        if (entry != all.dispatchers.end() && entry->second == dispatcher)
            all.dispatchers.erase(entry);
    }
    dispatcher->finish();
    if (dispatcher->isClosed()) // else it is within a call of a metric or hook, and goes on
        dispatcher->leave();
}

// In the thread that destroys the application object or exits.
void endWithin(std::chrono::milliseconds timeout, const std::shared_ptr<Dispatcher> &dispatcher,
               QThread *thread)
{
    const auto end = [dispatcher, thread] {
        endInThread(dispatcher, thread);
    };
    if (dispatcher->isClosed())
        return;
    if (dispatcher->isCurrentThread())
        end();
    else if (QCoreApplication::instance() && dispatcher->hasClients())
        callInEventLoop(thread, end, timeout);
}

/*
    The thread is not ours and may end at any time. That is seen by QThread::finished(), which is
    emitted in that thread while it still can work, or, for the main thread, by the end of the
    application object.

    A thread that is finishing may have emitted the signal already. That it is not finishing after
    the connection was made tells that the signal is still to come; and the end then waits for the
    mutex that ofThread() holds until the dispatcher has entered the thread.
*/
bool watchThread(const std::shared_ptr<Dispatcher> &dispatcher, QThread *thread, Error *error)
{
    const std::weak_ptr<Dispatcher> weak = dispatcher;
    const auto connection = QObject::connect(thread, &QThread::finished, [weak, thread] {
        if (const std::shared_ptr<Dispatcher> self = weak.lock())
            endInThread(self, thread);
    });
    if (!thread->isRunning()) {
        QObject::disconnect(connection);
        *error = Error(ErrorCode::NoEventDispatcher, QStringLiteral("its thread has ended"));
        return false;
    }
    const bool isInTime = ApplicationExit::instance().callAtEnd(
            dispatcher.get(), [weak, thread](ApplicationExit::Occasion occasion) {
                const bool isPatient = occasion == ApplicationExit::Occasion::ApplicationGoes;
                if (const std::shared_ptr<Dispatcher> self = weak.lock())
                    endWithin(isPatient ? applicationExitTimeout : processExitTimeout, self,
                              thread);
            });
    if (!isInTime) {
        QObject::disconnect(connection);
        *error = Error(ErrorCode::NoApplication,
                       QStringLiteral("the QCoreApplication object is being destroyed"));
    }
    return isInTime;
}

} // namespace

std::shared_ptr<Dispatcher> ThreadDispatchers::ofThread(QThread *thread, Error *error)
{
    if (!QCoreApplication::instance()) {
        *error = Error(ErrorCode::NoApplication,
                       QStringLiteral("there is no QCoreApplication object"));
        return nullptr;
    }
    if (!thread || !hasEventDispatcher(*thread)) {
        *error = Error(ErrorCode::NoEventDispatcher,
                       QStringLiteral("its thread has no event dispatcher; it needs one with a "
                                      "running event loop, such as a QThread or the main thread"));
        return nullptr;
    }

    Registry &all = registry();
    const std::lock_guard lock(all.mutex);
    std::shared_ptr<Dispatcher> &known = all.dispatchers[thread];
    if (known && !known->isClosed())
        return known;
    auto dispatcher = std::make_shared<Dispatcher>(thread, Dispatcher::defaultDrainInterval);
    if (!watchThread(dispatcher, thread, error)) {
        all.dispatchers.erase(thread);
        return nullptr;
    }
    dispatcher->enter(); // from here on nothing fails
    known = dispatcher;
    return dispatcher;
}

} // namespace Recorders::Internal
