// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/totalswatch_p.h"

#include "core/platform/applicationexit_p.h"

#include <QElapsedTimer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace Recorders::Internal {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds pace{ 200 };

// With very many recorders it looks less often, so that its thread is busy with it for at most so
// much of the time.
constexpr int shareOfTime = 20;

} // namespace

TotalsWatch::TotalsWatch(MetricsRuntime *runtime, Tell tell)
    : QObject(runtime)
    , m_runtime(runtime)
    , m_tell(std::move(tell))
{
}

void TotalsWatch::setWatched(bool watched)
{
    if (!watched)
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start(0, this);
}

void TotalsWatch::timerEvent(QTimerEvent *)
{
    look();
}

RuntimeTotals TotalsWatch::shown(bool isConnected)
{
    if (!isConnected || !m_timer.isActive())
        m_shown = m_runtime->totals();
    return m_shown;
}

void TotalsWatch::look()
{
    if (ApplicationExit::isProcessExiting())
        return;
    QElapsedTimer clock;
    clock.start();
    const RuntimeTotals now = m_runtime->totals();
    const std::chrono::milliseconds cost(clock.elapsed());
    m_timer.start(int(std::max(pace, cost * shareOfTime).count()), this);
    if (std::exchange(m_shown, now) != now)
        m_tell(); // last: it may do anything
}

} // namespace Recorders::Internal
