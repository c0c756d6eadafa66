// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/metrics/textstate.h>

namespace Recorders::Internal {

bool TextState::add(const TextValue &value, const Occasion &occasion)
{
    const bool isSame = m_lastEvent != 0 && value.text == m_text;
    // In a breakdown another part may have been the last one.
    const bool wasLast = m_lastEvent + 1 == occasion.number;
    m_lastEvent = occasion.number;
    m_text = value.text;
    return !isSame || !wasLast;
}

void TextState::merge(const TextState &other)
{
    if (other.m_lastEvent <= m_lastEvent)
        return;
    m_text = other.m_text;
    m_lastEvent = other.m_lastEvent;
}

void TextState::write(FigureWriter &writer, const Occasion &occasion) const
{
    Q_UNUSED(occasion)
    writer.add(QStringLiteral("value"), m_lastEvent == 0 ? QVariant() : QVariant(m_text),
               MetricKind::Text);
}

} // namespace Recorders::Internal
