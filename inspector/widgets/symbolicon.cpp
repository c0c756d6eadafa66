// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/symbolicon_p.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPointer>
#include <QPolygonF>
#include <QWidget>

#include <initializer_list>
#include <utility>

namespace Recorders::Internal {

namespace {

QString themeName(Symbol symbol)
{
    switch (symbol) {
    case Symbol::Search:
        return QStringLiteral("edit-find-symbolic");
    case Symbol::Pause:
        return QStringLiteral("media-playback-pause");
    case Symbol::Resume:
        return QStringLiteral("media-playback-start");
    case Symbol::Refresh:
        return QStringLiteral("view-refresh");
    case Symbol::Expand:
        return QStringLiteral("expand-all");
    case Symbol::Collapse:
        return QStringLiteral("collapse-all");
    case Symbol::Tree:
        return QStringLiteral("view-list-tree");
    case Symbol::Table:
        return QStringLiteral("view-list-details");
    case Symbol::Mark:
        return QStringLiteral("flag-symbolic");
    case Symbol::Menu:
        return QStringLiteral("open-menu-symbolic");
    }
    return {};
}

// Lines from point to point, on a grid of 16 by 16.
using Strokes = QList<QPolygonF>;

QPolygonF stroke(std::initializer_list<QPointF> points)
{
    return QPolygonF(QList<QPointF>(points));
}

QPolygonF chevron(qreal y, qreal height)
{
    return stroke({ { 4, y }, { 8, y + height }, { 12, y } });
}

Strokes strokesOf(Symbol symbol)
{
    switch (symbol) {
    case Symbol::Search:
        return { stroke({ { 9.5, 9.5 }, { 13.5, 13.5 } }) };
    case Symbol::Pause:
        return { stroke({ { 5.5, 3.5 }, { 5.5, 12.5 } }),
                 stroke({ { 10.5, 3.5 }, { 10.5, 12.5 } }) };
    case Symbol::Resume:
        return { stroke({ { 5, 3 }, { 12.5, 8 }, { 5, 13 }, { 5, 3 } }) };
    case Symbol::Refresh:
        return { stroke({ { 13.3, 2.5 }, { 12.2, 6.3 }, { 8.6, 5 } }) };
    case Symbol::Expand:
        return { chevron(4, 3.5), chevron(9, 3.5) };
    case Symbol::Collapse:
        return { chevron(7.5, -3.5), chevron(12.5, -3.5) };
    case Symbol::Tree:
        return { stroke({ { 2.5, 3.5 }, { 13.5, 3.5 } }), stroke({ { 4.5, 3.5 }, { 4.5, 12.5 } }),
                 stroke({ { 4.5, 8 }, { 13.5, 8 } }), stroke({ { 4.5, 12.5 }, { 13.5, 12.5 } }) };
    case Symbol::Table:
        return { stroke({ { 2.5, 6.5 }, { 13.5, 6.5 } }), stroke({ { 6.5, 6.5 }, { 6.5, 13 } }) };
    case Symbol::Mark:
        return { stroke(
                { { 4, 14 }, { 4, 2.5 }, { 12.5, 2.5 }, { 10, 5.75 }, { 12.5, 9 }, { 4, 9 } }) };
    case Symbol::Menu:
        return { stroke({ { 3, 4 }, { 13, 4 } }), stroke({ { 3, 8 }, { 13, 8 } }),
                 stroke({ { 3, 12 }, { 13, 12 } }) };
    }
    return {};
}

QPainterPath outline(Symbol symbol)
{
    QPainterPath path;
    if (symbol == Symbol::Search) {
        path.addEllipse(QPointF(6.5, 6.5), 4, 4);
    } else if (symbol == Symbol::Refresh) {
        path.arcMoveTo(QRectF(3, 3, 10, 10), 60);
        path.arcTo(QRectF(3, 3, 10, 10), 60, 290);
    } else if (symbol == Symbol::Table) {
        path.addRect(QRectF(2.5, 3, 11, 10));
    }
    for (const QPolygonF &stroke : strokesOf(symbol))
        path.addPolygon(stroke);
    return path;
}

class SymbolEngine : public QIconEngine
{
public:
    SymbolEngine(Symbol symbol, const QWidget *widget)
        : m_symbol(symbol)
        , m_widget(widget)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPalette palette = m_widget ? m_widget->palette() : QPalette();
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const qreal scale = qMin(rect.width(), rect.height()) / 16.0;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.center() + QPointF(0.5, 0.5));
        painter->scale(scale, scale);
        if (m_symbol == Symbol::Tree && m_widget && m_widget->isRightToLeft())
            painter->scale(-1, 1); // as the tree itself
        painter->translate(-8, -8);
        painter->setPen(QPen(palette.color(group, QPalette::WindowText), 1.5, Qt::SolidLine,
                             Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(outline(m_symbol));
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, pixmap.rect(), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new SymbolEngine(m_symbol, m_widget); }

private:
    Q_DISABLE_COPY_MOVE(SymbolEngine)

    const Symbol m_symbol;
    const QPointer<const QWidget> m_widget;
};

} // namespace

QIcon symbolIcon(Symbol symbol, const QWidget *widget)
{
    if (QIcon::hasThemeIcon(themeName(symbol)))
        return QIcon::fromTheme(themeName(symbol));
    return QIcon(new SymbolEngine(symbol, widget));
}

} // namespace Recorders::Internal
