// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QFont>

namespace Recorders::Internal {

// The same in another size, be it measured in points or in pixels. What was not set of it, but for
// the size, goes on to follow the parent's.
inline QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qMax(1, qRound(font.pixelSize() * factor)));
    return font;
}

} // namespace Recorders::Internal
