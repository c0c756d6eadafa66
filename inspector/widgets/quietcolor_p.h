// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QColor>
#include <QPalette>

namespace Recorders::Internal {

// Text that steps back: between the palette's text and what is behind it.
inline QColor quietText(const QPalette &palette, QPalette::ColorRole text = QPalette::Text,
                        QPalette::ColorRole background = QPalette::Base)
{
    constexpr float share = 0.62F;
    const QColor front = palette.color(text);
    const QColor back = palette.color(background);
    const auto mix = [](float a, float b) {
        return a * share + b * (1 - share);
    };
    return QColor::fromRgbF(mix(front.redF(), back.redF()), mix(front.greenF(), back.greenF()),
                            mix(front.blueF(), back.blueF()));
}

// What is behind a row that needs attention: the palette's background with some of its accent.
inline QColor alertTint(const QPalette &palette)
{
    constexpr float share = 0.22F;
    QColor tint = palette.color(QPalette::Highlight);
    tint.setAlphaF(share);
    return tint;
}

// A line that divides without being a box.
inline QColor hairline(const QPalette &palette)
{
    constexpr float share = 0.16F;
    QColor line = palette.color(QPalette::WindowText);
    line.setAlphaF(share);
    return line;
}

} // namespace Recorders::Internal
