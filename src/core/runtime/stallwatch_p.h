// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatcher_p.h"
#include "core/platform/latelook_p.h"
#include "core/runtime/stallprobe_p.h"

#include <QBasicTimer>
#include <QObject>
#include <QString>

#include <chrono>
#include <memory>

namespace Recorders::Internal {

/*
    Warns, once each time, when a runtime's thread has not come back from a metric or hook for some
    time. It lives in the thread of the runtime's object: the other one is stuck.

    It looks now and then while the dispatcher is awake, and not while that sleeps. Who of them saw
    the other asleep last is a store-load pair on both sides, so all four are sequentially consistent:
    either the dispatcher sees that nobody looks, or the watch sees that it woke up.
*/
class StallWatch : public QObject
{
    Q_OBJECT

public:
    StallWatch(std::shared_ptr<StallProbe> probe, std::shared_ptr<Dispatcher> dispatcher,
               QString runtimeName);

    void begin(std::chrono::milliseconds patience); // 0: looks for nothing

    bool eventFilter(QObject *runtime, QEvent *event) override;

Q_SIGNALS:
    void runtimeMoves(); // to another thread; this is the old one

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void look();
    void warn(const SourceStall &stall, std::chrono::milliseconds lasts) const;

    const std::shared_ptr<StallProbe> m_probe;
    const std::shared_ptr<Dispatcher> m_dispatcher;
    const QString m_runtimeName;
    QBasicTimer m_timer;
    std::chrono::milliseconds m_patience{};
    std::chrono::milliseconds m_pace{};
    LateLook m_lateLook;
    std::chrono::nanoseconds m_warnedOf{}; // since when that stall lasts
};

} // namespace Recorders::Internal
