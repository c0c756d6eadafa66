// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QColor>

namespace Recorders::Internal {

inline constexpr int seriesColorCount = 8;

// The color of the series with that number, on that background. They differ in lightness as well
// as in hue, so that people who see fewer hues tell them apart.
QColor seriesColor(int index, const QColor &background);

double relativeLuminance(const QColor &color); // as in WCAG 2
double contrast(const QColor &a, const QColor &b); // 1 to 21

} // namespace Recorders::Internal
