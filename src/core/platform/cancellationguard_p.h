// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#ifdef Q_OS_UNIX
#  include <pthread.h>
#endif

namespace Recorders::Internal {

// Puts off the end of a thread that is cancelled, by pthread_cancel() or QThread::terminate(), for
// as long as it lives. For calls that registerEvent() makes and that are cancellation points, such
// as to wake a thread or to wait: they would unwind the stack, through what is noexcept, with an
// event admitted that nobody publishes.
class CancellationGuard final
{
public:
#if defined(Q_OS_UNIX) && !defined(Q_OS_ANDROID)
    CancellationGuard() noexcept
    {
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &m_state);
    }
    ~CancellationGuard()
    {
        pthread_setcancelstate(m_state, nullptr);
    }
#else
    CancellationGuard() noexcept = default;
    ~CancellationGuard()
    {
        static_cast<void>(m_state);
    }
#endif

    CancellationGuard(const CancellationGuard &) = delete;
    CancellationGuard &operator=(const CancellationGuard &) = delete;

private:
    int m_state = 0; // before
};

} // namespace Recorders::Internal
