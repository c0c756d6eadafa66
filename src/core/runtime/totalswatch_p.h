// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>

#include <QBasicTimer>
#include <QObject>

#include <functional>

namespace Recorders::Internal {

// Adds up what a runtime's recorders count, again and again while somebody watches, and tells when
// it is something else. In the thread of the runtime, whose child it is, and made when somebody asks:
// what a constructor connects takes locks that a process which was forked may find taken.
class TotalsWatch : public QObject
{
public:
    using Tell = std::function<void()>;

    TotalsWatch(MetricsRuntime *runtime, Tell tell);

    void setWatched(bool watched);
    RuntimeTotals shown(bool isConnected); // what was told last, while somebody is connected

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void look();

    MetricsRuntime *const m_runtime;
    const Tell m_tell;
    QBasicTimer m_timer;
    RuntimeTotals m_shown; // told last; compared with the present ones
};

} // namespace Recorders::Internal
