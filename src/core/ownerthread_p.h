// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QThread>

namespace Recorders::Internal {

// For functions that only the thread of an object may call.
inline void assertOwnThread([[maybe_unused]] const QObject *object,
                            [[maybe_unused]] const char *where)
{
    Q_ASSERT_X(QThread::currentThread() == object->thread(), where,
               "must be called in the thread of the object");
}

} // namespace Recorders::Internal
