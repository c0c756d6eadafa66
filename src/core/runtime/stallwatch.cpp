// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/runtime/stallwatch_p.h"

#include "core/platform/applicationexit_p.h"
#include "core/platform/outofmemory_p.h"
#include "core/platform/steadytime_p.h"

#include <QEvent>
#include <QLoggingCategory>

#include <algorithm>
#include <optional>
#include <utility>

namespace Recorders {

Q_DECLARE_LOGGING_CATEGORY(lcRuntime)

namespace Internal {

using namespace std::chrono_literals;

StallWatch::StallWatch(std::shared_ptr<StallProbe> probe, std::shared_ptr<Dispatcher> dispatcher,
                       QString runtimeName)
    : m_probe(std::move(probe))
    , m_dispatcher(std::move(dispatcher))
    , m_runtimeName(std::move(runtimeName))
{
}

void StallWatch::begin(std::chrono::milliseconds patience)
{
    m_patience = patience;
    m_timer.stop();
    if (patience <= 0ms)
        return; // the dispatcher takes itself for watched, so that it does not ask for it again
    m_pace = std::clamp<std::chrono::milliseconds>(patience / 4, 10ms, 1h);
    m_lateLook.begin(steadyTime());
    m_timer.start(static_cast<int>(m_pace.count()), this);
}

bool StallWatch::eventFilter(QObject *runtime, QEvent *event)
{
    if (event->type() == QEvent::ThreadChange) {
        m_timer.stop();
        Q_EMIT runtimeMoves();
    }
    return QObject::eventFilter(runtime, event);
}

void StallWatch::timerEvent(QTimerEvent *)
{
    if (ApplicationExit::isProcessExiting() || m_dispatcher->isClosed())
        m_timer.stop();
    else
        look();
}

void StallWatch::look()
{
    const std::chrono::nanoseconds now = steadyTime();
    const bool isLate = m_lateLook.isLate(now, 2 * m_pace);
    const std::optional<SourceStall> stall = m_probe->look(*m_dispatcher);
    if (stall && !isLate) {
        const auto lasts = std::chrono::floor<std::chrono::milliseconds>(now - stall->since);
        if (lasts >= m_patience && std::exchange(m_warnedOf, stall->since) != stall->since)
            warn(*stall, lasts);
    }
    if (stall || m_dispatcher->isAwake())
        return;
    m_dispatcher->setWatched(false);
    if (m_dispatcher->isAwake())
        m_dispatcher->setWatched(true);
    else
        m_timer.stop();
}

void StallWatch::warn(const SourceStall &stall, std::chrono::milliseconds lasts) const
{
    Internal::warn(lcRuntime, [&] {
        const QString where = stall.where.isEmpty() ? QStringLiteral("not answered")
                                                    : QStringLiteral("been in %1").arg(stall.where);
        return QStringLiteral("MetricsRuntime \"%1\": its thread has %2 for %3 ms; nothing else is "
                              "handled meanwhile")
                .arg(m_runtimeName, where, QString::number(lasts.count()));
    });
}

} // namespace Internal

} // namespace Recorders
