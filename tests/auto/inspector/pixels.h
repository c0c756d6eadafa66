// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QColor>
#include <QImage>

#include <algorithm>
#include <cmath>
#include <map>

namespace Testing {

// As in WCAG 2.
inline double luminance(QRgb color)
{
    const auto linear = [](int channel) {
        const double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color))
            + 0.0722 * linear(qBlue(color));
}

inline double contrast(QRgb a, QRgb b)
{
    const auto [dark, light] = std::minmax({ luminance(a), luminance(b) });
    return (light + 0.05) / (dark + 0.05);
}

// How often each color is there.
inline std::map<QRgb, int> colorsOf(const QImage &picture)
{
    const QImage image = picture.convertToFormat(QImage::Format_RGB32);
    std::map<QRgb, int> colors;
    for (int y = 0; y < image.height(); ++y) {
        const auto *pixel = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        const QRgb *const end = pixel + image.width();
        while (pixel < end) { // most of them are as the one before
            const QRgb *const next = std::find_if(
                    pixel, end, [color = *pixel](QRgb other) { return other != color; });
            colors[*pixel] += int(next - pixel);
            pixel = next;
        }
    }
    return colors;
}

// Of what stands out most to what there is most of: of text to what is behind it. 1: there is none.
inline double textContrast(const QImage &image)
{
    const std::map<QRgb, int> colors = colorsOf(image);
    const auto background =
            std::max_element(colors.begin(), colors.end(),
                             [](const auto &a, const auto &b) { return a.second < b.second; });
    double most = 1;
    for (const auto &[color, count] : colors)
        most = std::max(most, contrast(color, background->first));
    return most;
}

// The part of a picture that is not as its first pixel.
inline QImage ink(const QImage &image)
{
    QRect inked;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != image.pixel(0, 0))
                inked |= QRect(x, y, 1, 1);
        }
    }
    return image.copy(inked);
}

// The part of a picture that a rectangle of the window is.
inline QImage part(const QImage &image, const QRect &rect)
{
    const double ratio = image.devicePixelRatio();
    return image.copy(QRect((QPointF(rect.topLeft()) * ratio).toPoint(), rect.size() * ratio));
}

} // namespace Testing
