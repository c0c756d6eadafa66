// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QThread>

#include <atomic>

namespace Recorders::Internal {

/*
    Notices that a function is called that only the thread of an object may call. The first time,
    there is a warning that names the object and both threads; a debug build asserts, too.

    QThread::currentThread() and QObject::thread() take longer than many a function that is checked.
    So the id of the thread in which the object was used last is kept, and forgotten when the object
    is moved. An id may be that of another thread only if the object's own has ended.
*/
class ThreadCheck final : public QObject
{
    Q_OBJECT

public:
    // The check is a child of the object, to be moved with it. The category is one's name.
    ThreadCheck(QObject *object, const char *category);

    void check(const char *function) const
    {
        // Relaxed, as all: a thread finds what it wrote itself, and any other value is not its own.
        if (m_owner.load(std::memory_order_relaxed) != QThread::currentThreadId()) [[unlikely]]
            look(function);
    }

    // Whether another object, if any, lives in the same thread, as it must to be used with this one.
    bool isShared(const QObject *other, const char *function) const;

protected:
    bool event(QEvent *event) override;

private:
    void look(const char *function) const;
    void warn(const char *function) const;

    const char *const m_category;
    mutable std::atomic<Qt::HANDLE> m_owner = nullptr; // null: not known
    mutable std::atomic<bool> m_hasWarned = false;
};

} // namespace Recorders::Internal
