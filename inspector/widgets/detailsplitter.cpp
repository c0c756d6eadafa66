// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/detailsplitter_p.h"

#include <QEvent>

namespace Recorders::Internal {

namespace {

// In characters: about 900 pixels.
constexpr int narrow = 112;

} // namespace

DetailSplitter::DetailSplitter(QWidget *master, QWidget *detail, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
{
    setObjectName(QStringLiteral("splitter"));
    setChildrenCollapsible(true);
    setHandleWidth(qMax(1, fontMetrics().height() / 4));
    addWidget(master);
    addWidget(detail);
    setStretchFactor(0, 3);
    setStretchFactor(1, 2);
    setCollapsible(0, false);
    connect(this, &QSplitter::splitterMoved, this, [this] {
        m_isDividedByHand = true;
        (orientation() == Qt::Horizontal ? m_beside : m_below) = sizes();
    });
}

void DetailSplitter::resizeEvent(QResizeEvent *event)
{
    turn();
    QSplitter::resizeEvent(event);
    if (!m_isDividedByHand)
        divide();
}

void DetailSplitter::changeEvent(QEvent *event)
{
    QSplitter::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        turn();
}

void DetailSplitter::turn()
{
    const bool isNarrow = width() < narrow * fontMetrics().horizontalAdvance(u'0');
    const Qt::Orientation wanted = isNarrow ? Qt::Vertical : Qt::Horizontal;
    if (orientation() == wanted)
        return;
    setOrientation(wanted);
    divide();
}

void DetailSplitter::divide()
{
    const bool isBeside = orientation() == Qt::Horizontal;
    const QList<int> &shares = isBeside ? m_beside : m_below;
    const int length = isBeside ? width() : height();
    const int total = qMax(1, shares.value(0) + shares.value(1));
    setSizes({ length * shares.value(0) / total, length * shares.value(1) / total });
}

} // namespace Recorders::Internal
