// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/quiettoolbar_p.h"

#include "widgets/quietcolor_p.h"

#include <QEvent>
#include <QLayout>
#include <QPainter>

namespace Recorders::Internal {

QuietToolBar::QuietToolBar(const QString &title, QWidget *parent)
    : QToolBar(title, parent)
{
    setMovable(false);
    setFloatable(false);
    applyMetrics();
}

void QuietToolBar::changeEvent(QEvent *event)
{
    QToolBar::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

void QuietToolBar::applyMetrics()
{
    const int line = fontMetrics().height();
    setIconSize({ line * 6 / 5, line * 6 / 5 });
    layout()->setContentsMargins(line / 2, line / 3, line / 2, line / 3);
    layout()->setSpacing(line / 3);
}

void QuietToolBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.setPen(QPen(hairline(palette()), 0));
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
}

} // namespace Recorders::Internal
