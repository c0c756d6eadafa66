// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/threadcheck_p.h"

#include <QDebug>
#include <QEvent>
#include <QLoggingCategory>
#include <QVariant>

namespace Recorders::Internal {

namespace {

// Of the source of a model, or of the model that a proxy shows; empty if there is none.
QString sourceName(const QObject *object)
{
    const auto *const model = object->property("sourceModel").value<QObject *>();
    const auto *const source = (model ? model : object)->property("source").value<QObject *>();
    return source ? source->property("name").toString() : QString();
}

} // namespace

ThreadCheck::ThreadCheck(QObject *object, const char *category)
    : QObject(object)
    , m_category(category)
{
}

bool ThreadCheck::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange)
        m_owner.store(nullptr, std::memory_order_relaxed);
    return QObject::event(event);
}

bool ThreadCheck::isShared(const QObject *other, const char *function) const
{
    if (!other || other->thread() == thread())
        return true;
    const QLoggingCategory category(m_category, QtWarningMsg);
    qCWarning(category).nospace() << function << ": " << other << " lives in " << other->thread()
                                  << ", but must live where " << parent() << " does, in "
                                  << thread();
    Q_ASSERT_X(false, function, "must be given an object of the same thread");
    return false;
}

void ThreadCheck::look(const char *function) const
{
    if (QThread::currentThread() == thread()) {
        m_owner.store(QThread::currentThreadId(), std::memory_order_relaxed);
        return;
    }
    // Relaxed: nothing is read that another thread wrote before.
    if (!m_hasWarned.exchange(true, std::memory_order_relaxed))
        warn(function);
    Q_ASSERT_X(false, function, "must be called in the thread of the object");
}

void ThreadCheck::warn(const char *function) const
{
    const QLoggingCategory category(m_category, QtWarningMsg);
    const QString source = sourceName(parent());
    QString text;
    QDebug stream(&text);
    stream.nospace() << function << ": must not be called in " << QThread::currentThread()
                     << ", as " << parent();
    if (!source.isEmpty())
        stream << " of the source " << source;
    stream << " lives in " << thread();
    qCWarning(category).noquote() << text;
}

} // namespace Recorders::Internal
