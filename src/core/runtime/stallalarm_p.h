// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/ownthread_p.h"
#include "core/runtime/runtimecontext_p.h"
#include "core/runtime/stallprobe_p.h"
#include "core/runtime/stallwatch_p.h"

#include <recorders/core/sourcestall.h>

#include <QObject>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

namespace Recorders::Internal {

// Sees to it that a StallWatch looks for stalls in the thread of a runtime's object: it is made
// when the dispatcher wakes up for the first time, and made anew when the object moves to another
// thread. It also answers those who ask whether the thread is stuck.
class StallAlarm final
{
public:
    StallAlarm(QObject &runtime, const RuntimeContext &context);

    // any thread
    std::chrono::milliseconds time() const noexcept;
    void setTime(std::chrono::milliseconds time) noexcept;
    void watch() noexcept; // from now on, until the dispatcher is asleep
    std::optional<SourceStall> stall() const;

private:
    void watchHere(); // in the thread of the runtime's object

    QObject &m_runtime;
    const RuntimeContext &m_context;
    const std::shared_ptr<StallProbe> m_probe = std::make_shared<StallProbe>();
    std::atomic<std::chrono::milliseconds> m_time{ std::chrono::milliseconds(5000) }; // 0: never
    // The thread of the runtime's object. That may be destroyed in another one.
    std::unique_ptr<StallWatch, DeleteInOwnThread> m_watch;
};

} // namespace Recorders::Internal
