// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>

#include <QLoggingCategory>
#include <QString>

#include <chrono>
#include <new>
#include <thread>

/*
    What to do when there is no memory. A call that has changed nothing yet says so, or throws
    std::bad_alloc to one that does. What has begun already goes on: it waits for memory, or does
    without what is not needed, such as the text of an error. Nothing here allocates.
*/
namespace Recorders::Internal {

inline Error outOfMemory()
{
    return { ErrorCode::OutOfMemory, QStringLiteral("there is not enough memory") };
}

// For what cannot be taken back: tries until there is memory. The call must have changed nothing
// when it throws.
template <typename Call>
void insist(Call call)
{
    for (;;) {
        try {
            call();
            return;
        } catch (const std::bad_alloc &) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
}

// The text that compose() returns, or one that says less.
template <typename Compose>
QString textOf(Compose compose) noexcept
{
    try {
        return compose();
    } catch (...) {
        return QStringLiteral("there is not enough memory to say what happened");
    }
}

// Not by the stream: it writes the message in its destructor, which must not throw.
template <typename Compose>
void warn(const QLoggingCategory &(*category)(), Compose compose) noexcept
{
    try {
        qCWarning(category, "%s", qUtf8Printable(compose()));
    } catch (...) {
        // There is no memory to say it.
    }
}

} // namespace Recorders::Internal
