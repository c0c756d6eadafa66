// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/histogramview_p.h"

#include "plot/histogrampainter_p.h"
#include "plot/livedescription_p.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>

#include <algorithm>
#include <utility>

namespace Recorders::Internal {

namespace {

// A value that is in the bar, and in one that includes it.
double valueIn(const HistogramBar &bar)
{
    return bar.to;
}

bool isIn(const HistogramBar &bar, double value)
{
    return value == bar.to || (value > bar.from && value <= bar.to);
}

} // namespace

HistogramView::HistogramView(QWidget *parent)
    : QWidget(parent)
    , m_description(new LiveDescription(this, [this] { return description(); }))
{
    setObjectName(QStringLiteral("histogram"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setAccessibleName(tr("Distribution"));
}

void HistogramView::setDistribution(const DistributionFigures &distribution)
{
    if (m_distribution == distribution)
        return;
    const bool isAnother = m_distribution.part != distribution.part;
    m_distribution = distribution;
    if (isAnother)
        setCursor({});
    m_description->change();
    update();
}

QSize HistogramView::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(u'0') * 48, fontMetrics().height() * 12 };
}

QSize HistogramView::minimumSizeHint() const
{
    return { fontMetrics().horizontalAdvance(u'0') * 24, fontMetrics().height() * 9 };
}

HistogramLayout HistogramView::layoutNow() const
{
    const int margin = fontMetrics().height() / 4;
    return layoutHistogram(m_distribution, rect().adjusted(margin, margin, -margin, -margin),
                           fontMetrics());
}

int HistogramView::cursor(const HistogramLayout &layout) const
{
    if (!m_cursor)
        return -1;
    const auto found =
            std::find_if(layout.bars.begin(), layout.bars.end(),
                         [this](const HistogramBar &bar) { return isIn(bar, *m_cursor); });
    return found == layout.bars.end() ? -1 : int(found - layout.bars.begin());
}

void HistogramView::setCursor(std::optional<double> value)
{
    if (std::exchange(m_cursor, value) != value)
        update();
}

void HistogramView::moveCursor(int key)
{
    const HistogramLayout layout = layoutNow();
    const int last = int(layout.bars.size()) - 1;
    if (last < 0)
        return;
    const int at = cursor(layout);
    int bar = key == Qt::Key_Home ? 0 : last;
    if (key == Qt::Key_Left)
        bar = at < 0 ? last : std::max(0, at - 1);
    else if (key == Qt::Key_Right)
        bar = std::min(last, at + 1);
    m_isHovered = false;
    setCursor(valueIn(layout.bars[size_t(bar)]));
    m_description->tell();
}

bool HistogramView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_cursor) {
        if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape)
            event->accept();
    }
    return QWidget::event(event);
}

void HistogramView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as its axis
    const HistogramLayout layout = layoutNow();
    HistogramPainter(&painter, palette(), m_color).paint(layout, m_distribution, cursor(layout));
    if (hasFocus()) {
        QStyleOptionFocusRect option;
        option.initFrom(this);
        option.backgroundColor = palette().color(QPalette::Base);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
    }
}

void HistogramView::keyPressEvent(QKeyEvent *event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const int key = event->key();
    const bool isMove = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home
            || key == Qt::Key_End;
    if (modifiers == Qt::NoModifier && isMove)
        moveCursor(key);
    else if (key == Qt::Key_Escape && m_cursor)
        setCursor({});
    else
        QWidget::keyPressEvent(event);
}

void HistogramView::mouseMoveEvent(QMouseEvent *event)
{
    const HistogramLayout layout = layoutNow();
    const int bar = layout.barAt(event->position().toPoint());
    if (bar >= 0)
        setCursor(valueIn(layout.bars[size_t(bar)]));
    else if (m_isHovered)
        setCursor({});
    m_isHovered = bar >= 0;
}

void HistogramView::leaveEvent(QEvent *event)
{
    if (std::exchange(m_isHovered, false))
        setCursor({});
    QWidget::leaveEvent(event);
}

// The bar at the cursor that was moved by hand, else all that is known.
QString HistogramView::description() const
{
    const HistogramLayout layout = layoutNow();
    const int bar = m_isHovered ? -1 : cursor(layout);
    if (bar >= 0)
        return barText(layout.bars[size_t(bar)], m_distribution).join(tr(", "));
    QStringList texts{ m_distribution.summary() };
    for (const Percentile &percentile : m_distribution.percentiles)
        texts.append(percentile.name + u' ' + m_distribution.text(percentile.value));
    return texts.join(u'\n');
}

} // namespace Recorders::Internal
