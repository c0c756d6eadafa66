// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/recorder/callmark_p.h"

#include <recorders/core/error.h>
#include <recorders/core/recorder.h>

#include <QString>

namespace Recorders::Internal {

/*
    Calls the hooks of a Recorder and emits its signals, on its thread, and contains what they throw.
    Does nothing when the QObject is being destroyed.

    Other threads that have waited in vain can ask whether a hook is under way.
*/
class RecorderHooks final
{
public:
    explicit RecorderHooks(Recorder &recorder);

    Recorder *recorder() const noexcept { return m_recorder; } // null: it is being destroyed
    void detach() noexcept { m_recorder = nullptr; }
    void disable() noexcept { m_hasHooks = false; } // it is known to have none
    void enableIfOverridden() noexcept; // its constructors have run
    bool isEnabled() const noexcept { return m_hasHooks && m_recorder; }

    // The recorder's thread. Return what a hook threw, as an error.
    Error callOnStarting(const QString &entityId);
    Error callOnStopped(const QString &entityId);
    Error callOnMetricChanged(const QString &entityId, const Metric &metric,
                              const MetricEvent &event);

    // Any thread: tryRequest() may end an operation at once.
    void emitStateChanged(const QString &entityId, RecorderState reached);
    void emitFailed(const QString &entityId, const Error &error);

    // any thread
    const char *callUnderWay() const noexcept { return m_call.call(); } // its name; null: none
    unsigned callCount() const noexcept { return m_call.count(); }

private:
    template <typename Hook>
    Error call(const QString &entityId, const char *name, Hook hook);
    template <typename Emit>
    void emitContained(const QString &entityId, Emit emitTo);

    Recorder *m_recorder;
    [[no_unique_address]] CallMark<char> m_call; // the name of the hook that has been called
    bool m_hasHooks = true;
};

} // namespace Recorders::Internal
