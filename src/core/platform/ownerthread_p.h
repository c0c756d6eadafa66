// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QThread>

#include <new>

namespace Recorders::Internal {

// For functions that only the thread of an object may call.
inline void assertOwnThread([[maybe_unused]] const QObject *object,
                            [[maybe_unused]] const char *where)
{
    Q_ASSERT_X(QThread::currentThread() == object->thread(), where,
               "must be called in the thread of the object");
}

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

} // namespace Recorders::Internal
