// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recorderhooks_p.h"

#include "core/platform/applicationexit_p.h"
#include "core/platform/outofmemory_p.h"

#include <QLoggingCategory>

#include <exception>
#include <typeinfo>

namespace Recorders::Internal {

Q_LOGGING_CATEGORY(lcHooks, "recorders.core.lifecycle", QtWarningMsg)

RecorderHooks::RecorderHooks(Recorder &recorder)
    : m_recorder(&recorder)
{
}

void RecorderHooks::enableIfOverridden() noexcept
{
    m_hasHooks = m_recorder && typeid(*m_recorder) != typeid(Recorder);
}

Error RecorderHooks::callOnStarting(const QString &entityId)
{
    return call(entityId, "onStarting()", [this] { m_recorder->onStarting(); });
}

Error RecorderHooks::callOnStopped(const QString &entityId)
{
    return call(entityId, "onStopped()", [this] { m_recorder->onStopped(); });
}

Error RecorderHooks::callOnMetricChanged(const QString &entityId, const Metric &metric,
                                         const MetricEvent &event)
{
    return call(entityId, "onMetricChanged()", [&] { m_recorder->onMetricChanged(metric, event); });
}

template <typename Hook>
Error RecorderHooks::call(const QString &entityId, const char *name, Hook hook)
{
    if (!m_recorder)
        return {};
    const MarkedCall mark(m_call, name);
    const auto failure = [&entityId, name](const char *what) {
        return Error(ErrorCode::HookFailed, textOf([&] {
                         return QStringLiteral("Recorder \"%1\": %2 threw: %3")
                                 .arg(entityId, QLatin1StringView(name),
                                      QString::fromLocal8Bit(what));
                     }));
    };
    try {
        hook();
        return {};
    } catch (const std::exception &exception) {
        return failure(exception.what());
    } catch (...) {
        return failure("an exception that is not a std::exception");
    }
}

void RecorderHooks::emitStateChanged(const QString &entityId, RecorderState reached)
{
    emitContained(entityId,
                  [reached](Recorder &recorder) { Q_EMIT recorder.stateChanged(reached); });
}

void RecorderHooks::emitFailed(const QString &entityId, const Error &error)
{
    emitContained(entityId, [&error](Recorder &recorder) { Q_EMIT recorder.failed(error); });
}

// What a slot throws must not end the recorder's thread, and a queued slot may find no memory.
template <typename Emit>
void RecorderHooks::emitContained(const QString &entityId, Emit emitTo)
{
    if (!m_recorder || ApplicationExit::isProcessExiting())
        return;
    try {
        emitTo(*m_recorder);
    } catch (...) {
        warn(lcHooks, [&entityId] {
            return QStringLiteral("Recorder \"%1\": a slot connected to its signal threw")
                    .arg(entityId);
        });
    }
}

} // namespace Recorders::Internal
