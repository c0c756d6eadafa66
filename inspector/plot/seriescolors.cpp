// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/seriescolors_p.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace Recorders::Internal {

namespace {

using Palette = std::array<QRgb, seriesColorCount>;

// Found by search: any two are as far apart as eight colors of that lightness can be, for people
// with protanopia, deuteranopia, tritanopia and none of them.
constexpr Palette onLight{ 0xff0e12a3, 0xffd27a00, 0xff39a06a, 0xff9a78ff,
                           0xff990001, 0xff3c0050, 0xff9a5d98, 0xff5a0020 };
constexpr Palette onDark{ 0xff29c7ff, 0xfffdaf00, 0xff7aa479, 0xffd048a3,
                          0xffa54ff5, 0xfff4e597, 0xffd6fffc, 0xffd9431b };

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

} // namespace

QColor seriesColor(int index, const QColor &background)
{
    // Where black and white have the same contrast.
    constexpr double middle = 0.179;
    const Palette &palette = relativeLuminance(background) > middle ? onLight : onDark;
    return QColor::fromRgb(palette[size_t(index) % palette.size()]);
}

double relativeLuminance(const QColor &color)
{
    const double red = linear(double(color.redF()));
    const double green = linear(double(color.greenF()));
    const double blue = linear(double(color.blueF()));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

double contrast(const QColor &a, const QColor &b)
{
    const double one = relativeLuminance(a);
    const double other = relativeLuminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

} // namespace Recorders::Internal
