// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLabel>
#include <QPalette>

namespace Recorders::Internal {

// Whatever role its text has from what is behind it.
inline void setTextColor(QLabel *label, const QColor &color)
{
    if (label->palette().color(QPalette::Text) == color
        && label->palette().color(QPalette::WindowText) == color)
        return;
    QPalette palette;
    palette.setColor(QPalette::Text, color);
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

} // namespace Recorders::Internal
