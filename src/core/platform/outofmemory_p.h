// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

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

QString unsaidText() noexcept; // of an error for whose text there is no memory

/*
    For what cannot be taken back: tries until there is memory. The call must have changed nothing
    when it throws, and have given back what it took.

    There is no bound, because there is nothing else to do: to give up would lose events that were
    accepted, or the answer that somebody waits for, or leave a thread to objects that are gone. It
    ends as soon as there is as much memory as the call needs, some hundred bytes or a pointer for
    each recorder, and keeps no processor busy until then. A call may be made with a mutex held, but
    with none that registering an event takes in the normal case, so that the application goes on.
    If no memory is ever freed, it never returns.
*/
template <typename Call>
void retryUntilAllocated(Call call)
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
        return unsaidText();
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
