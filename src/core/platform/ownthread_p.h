// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QtGlobal>
#include <QThread>

#include <atomic>
#include <new>
#include <utility>

namespace Recorders::Internal {

// For what has timers: no other thread can stop them.
struct DeleteInOwnThread
{
    void operator()(QObject *object) const noexcept
    {
        if (object->thread() == QThread::currentThread()) {
            delete object;
            return;
        }
        try {
            object->deleteLater();
        } catch (const std::bad_alloc &) { // it stays
        }
    }
};

// Members that only one thread uses, from enter() to leave(): a debug build asserts that. Otherwise
// who may use them is for the caller to see to.
template <typename Members>
class OwnThread final
{
public:
    template <typename... Arguments>
    explicit OwnThread(Arguments &&...arguments)
        : m_members{ std::forward<Arguments>(arguments)... }
    {
    }

    Members *operator->() noexcept
    {
        assertHere();
        return &m_members;
    }
    const Members *operator->() const noexcept
    {
        assertHere();
        return &m_members;
    }
    const Members &ofAnyThread() const noexcept { return m_members; } // for what is atomic

#ifdef QT_NO_DEBUG
    void enter() noexcept { }
    void leave() noexcept { }
    bool isHere() const noexcept
    {
        return true;
    }
#else
    // Relaxed, all: a thread finds what it wrote itself, and any other value is not its own.
    void enter() noexcept
    {
        assertHere();
        m_thread.store(QThread::currentThreadId(), std::memory_order_relaxed);
    }
    void leave() noexcept
    {
        assertHere();
        m_thread.store(nullptr, std::memory_order_relaxed);
    }
    bool isHere() const noexcept // or nowhere
    {
        const Qt::HANDLE thread = m_thread.load(std::memory_order_relaxed);
        return !thread || thread == QThread::currentThreadId();
    }

#endif

private:
    void assertHere() const noexcept
    {
        Q_ASSERT_X(isHere(), "OwnThread", "used by another thread than the one that has entered");
    }

#ifndef QT_NO_DEBUG
    std::atomic<Qt::HANDLE> m_thread = nullptr;
#endif
    Members m_members;
};

} // namespace Recorders::Internal
