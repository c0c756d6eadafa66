// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QApplication>
#include <QPalette>
#include <QStyle>
#include <QTest>

namespace Testing {

enum class Theme { Light, Dark, HighContrast };

inline QPalette paletteOf(Theme theme)
{
    if (theme == Theme::Light)
        return QApplication::style()->standardPalette();
    const bool isDark = theme == Theme::Dark;
    const QColor window = isDark ? QColor(0x2b, 0x2d, 0x30) : QColor(Qt::black);
    const QColor base = isDark ? QColor(0x1e, 0x1f, 0x22) : QColor(Qt::black);
    const QColor text = isDark ? QColor(0xdf, 0xe1, 0xe5) : QColor(Qt::white);
    QPalette palette(text, window, window.lighter(150), window.darker(150), window.lighter(120),
                     text, base);
    palette.setColor(QPalette::Button, window);
    palette.setColor(QPalette::Highlight, isDark ? QColor(0x2e, 0x5c, 0x9a) : QColor(Qt::yellow));
    palette.setColor(QPalette::HighlightedText, isDark ? Qt::white : Qt::black);
    palette.setColor(QPalette::PlaceholderText, isDark ? QColor(0x9a, 0x9d, 0xa3) : text);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, isDark ? QColor(0x80, 0x82, 0x86) : text);
    return palette;
}

// Rows of a test, named by what they show.
inline void addThemes(const char *what)
{
    QTest::addColumn<int>("theme");

    QTest::addRow("%s, light", what) << int(Theme::Light);
    QTest::addRow("%s, dark", what) << int(Theme::Dark);
    QTest::addRow("%s, high contrast", what) << int(Theme::HighContrast);
}

} // namespace Testing
