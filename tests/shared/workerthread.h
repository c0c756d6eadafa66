// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/gate.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <utility>

namespace Testing {

// A thread with a running event loop.
class WorkerThread
{
public:
    WorkerThread()
    {
        m_context = std::make_unique<QObject>();
        m_context->moveToThread(&m_thread);
        m_thread.start();
    }

    ~WorkerThread()
    {
        m_thread.quit();
        m_thread.wait();
    }

    WorkerThread(const WorkerThread &) = delete;
    WorkerThread &operator=(const WorkerThread &) = delete;

    // Calls function in the thread, later.
    template <typename Function>
    void post(Function function)
    {
        QMetaObject::invokeMethod(m_context.get(), std::move(function), Qt::QueuedConnection);
    }

    // Calls function in the thread and waits for its end. False: the thread did not get to it.
    template <typename Function>
    bool run(Function function)
    {
        const auto done = std::make_shared<Latch>();
        post([done, &function] {
            function();
            done->set();
        });
        return done->wait(std::chrono::seconds(30));
    }

    QThread *thread() { return &m_thread; }

private:
    std::unique_ptr<QObject> m_context;
    QThread m_thread;
};

// An object that lives in a thread of its own and dies there.
template <typename Object>
class Hosted
{
public:
    template <typename... Args>
    explicit Hosted(Args &&...args)
    {
        m_worker.run([&] { m_object = std::make_unique<Object>(std::forward<Args>(args)...); });
    }
    ~Hosted()
    {
        m_worker.run([this] { m_object.reset(); });
    }

    Hosted(const Hosted &) = delete;
    Hosted &operator=(const Hosted &) = delete;

    Object *operator->() { return m_object.get(); }
    Object &operator*() { return *m_object; }
    Object *get() { return m_object.get(); }
    WorkerThread &worker() { return m_worker; }

private:
    WorkerThread m_worker;
    std::unique_ptr<Object> m_object;
};

} // namespace Testing
