// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/pauseclock_p.h"

#include <QFontMetrics>
#include <QGuiApplication>

#include <chrono>

namespace Recorders::Internal {

PauseClock::PauseClock(QObject *parent)
    : QObject(parent)
{
    setObjectName(QStringLiteral("pauseClock"));
    m_timer.setInterval(std::chrono::seconds(1));
    connect(&m_timer, &QTimer::timeout, this, &PauseClock::ticked);
}

void PauseClock::start()
{
    m_since.start();
    m_advance = 0;
    m_timer.start();
}

void PauseClock::stop()
{
    m_since.invalidate();
    m_timer.stop();
}

void PauseClock::setTicking(bool ticking)
{
    if (!ticking)
        m_timer.stop();
    else if (m_since.isValid())
        m_timer.start();
}

QString PauseClock::text() const
{
    // Few fonts have the sign for it. Two bars look the same.
    const bool hasSign = QFontMetrics(QGuiApplication::font()).inFont(QChar(0x23f8));
    const QString glyph = hasSign ? QString(QChar(0x23f8)) : QString(2, QChar(0x275a));
    constexpr qint64 second = 1000;
    constexpr qint64 minute = 60 * second;
    const qint64 behind = m_since.isValid() ? m_since.elapsed() + m_advance : 0;
    if (behind < 2 * minute)
        return tr("%1 paused, %2 s behind").arg(glyph).arg(behind / second);
    return tr("%1 paused, %2 min behind").arg(glyph).arg(behind / minute);
}

void PauseClock::advance(int seconds)
{
    m_advance += qint64(seconds) * 1000;
}

} // namespace Recorders::Internal
