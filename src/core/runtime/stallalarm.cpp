// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/stallalarm_p.h"

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/applicationexit_p.h"

#include <new>

namespace Recorders::Internal {

StallAlarm::StallAlarm(QObject &runtime, const RuntimeContext &context)
    : m_runtime(runtime)
    , m_context(context)
{
}

// Relaxed, both: nothing goes with the number.
std::chrono::milliseconds StallAlarm::time() const noexcept
{
    return m_time.load(std::memory_order_relaxed);
}

void StallAlarm::setTime(std::chrono::milliseconds time) noexcept
{
    m_time.store(time, std::memory_order_relaxed);
    watch();
}

// Without memory it is tried again when the dispatcher wakes up the next time.
void StallAlarm::watch() noexcept
{
    const std::shared_ptr<Dispatcher> dispatcher = m_context.dispatcher();
    if (!dispatcher || ApplicationExit::isProcessExiting())
        return;
    try {
        QMetaObject::invokeMethod(
                &m_runtime, [this] { watchHere(); }, Qt::QueuedConnection);
    } catch (const std::bad_alloc &) {
        dispatcher->setWatched(false);
    }
}

std::optional<SourceStall> StallAlarm::stall() const
{
    const std::shared_ptr<Dispatcher> dispatcher = m_context.dispatcher();
    return dispatcher ? m_probe->look(*dispatcher) : std::nullopt;
}

void StallAlarm::watchHere()
{
    const std::shared_ptr<Dispatcher> dispatcher = m_context.dispatcher();
    if (!dispatcher)
        return;
    if (!m_watch) {
        m_watch.reset(new StallWatch(m_probe, dispatcher, m_context.runtimeName()));
        m_runtime.installEventFilter(m_watch.get());
        QObject::connect(m_watch.get(), &StallWatch::runtimeMoves, m_watch.get(), [this] {
            m_runtime.removeEventFilter(m_watch.get());
            m_watch.release()->deleteLater();
            watch(); // in the other thread
        });
    }
    m_watch->begin(time());
}

} // namespace Recorders::Internal
