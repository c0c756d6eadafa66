// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>

#include <QObject>
#include <QTimer>

#include <functional>

namespace Recorders::Internal {

// Adds up what a runtime's recorders count, again and again while somebody watches, and tells when
// it is something else. In the thread of the runtime, whose child it is.
class TotalsWatch : public QObject
{
public:
    using Tell = std::function<void()>;

    TotalsWatch(MetricsRuntime *runtime, Tell tell);

    void setWatched(bool watched);
    RuntimeTotals shown(bool isConnected); // what was told last, while somebody is connected

private:
    void look();

    MetricsRuntime *const m_runtime;
    const Tell m_tell;
    QTimer m_timer;
    RuntimeTotals m_shown; // to whoever asked last, so that it can be told what changed since
};

} // namespace Recorders::Internal
