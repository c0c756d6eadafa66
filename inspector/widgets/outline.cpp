// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/outline_p.h"

#include "plot/seriescolors_p.h"
#include "widgets/quietcolor_p.h"

#include <QWidget>

namespace Recorders::Internal {

void keepOutline(QWidget *control)
{
    constexpr int darker = 140; // what Fusion makes of it, in percent
    constexpr double seen = 1.8;
    const QWidget *parent = control->parentWidget();
    const QPalette around = parent ? parent->palette() : QPalette();
    const QColor outline = around.color(QPalette::Window).darker(darker);
    QPalette own;
    if (contrast(outline, around.color(QPalette::Base)) < seen)
        own.setColor(QPalette::Window, quietText(around).lighter(darker));
    const bool isKept = control->palette().isBrushSet(QPalette::Active, QPalette::Window)
            && control->palette().color(QPalette::Window) == own.color(QPalette::Window);
    if (!isKept)
        control->setPalette(own);
}

} // namespace Recorders::Internal
