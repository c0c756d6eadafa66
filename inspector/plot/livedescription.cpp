// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/livedescription_p.h"

#include <QWidget>

namespace Recorders::Internal {

LiveDescription::LiveDescription(QWidget *widget, std::function<QString()> text)
    : QObject(widget)
    , m_widget(widget)
    , m_text(std::move(text))
{
    using namespace std::chrono_literals;
    setObjectName(QStringLiteral("liveDescription"));
    m_timer.setInterval(2s);
    m_timer.setSingleShot(true);
}

void LiveDescription::setInterval(int milliseconds)
{
    m_timer.setInterval(milliseconds);
}

void LiveDescription::change()
{
    if (!m_timer.isActive())
        tell();
}

void LiveDescription::tell()
{
    m_timer.start();
    const QString text = m_text();
    if (text != m_widget->accessibleDescription())
        m_widget->setAccessibleDescription(text); // assistive technology is told
}

void LiveDescription::restart()
{
    tell();
    m_timer.stop();
}

} // namespace Recorders::Internal
