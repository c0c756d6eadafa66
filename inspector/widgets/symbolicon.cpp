// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/symbolicon_p.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPointer>
#include <QWidget>

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

void addChevron(QPainterPath &path, qreal y, qreal height)
{
    path.moveTo(4, y);
    path.lineTo(8, y + height);
    path.lineTo(12, y);
}

// Lines on a grid of 16 by 16.
QPainterPath outline(Symbol symbol)
{
    QPainterPath path;
    switch (symbol) {
    case Symbol::Search:
        path.addEllipse(QPointF(6.5, 6.5), 4, 4);
        path.moveTo(9.5, 9.5);
        path.lineTo(13.5, 13.5);
        break;
    case Symbol::Pause:
        path.moveTo(5.5, 3.5);
        path.lineTo(5.5, 12.5);
        path.moveTo(10.5, 3.5);
        path.lineTo(10.5, 12.5);
        break;
    case Symbol::Resume:
        path.addPolygon(QPolygonF{ { 5, 3 }, { 12.5, 8 }, { 5, 13 }, { 5, 3 } });
        break;
    case Symbol::Refresh:
        path.arcMoveTo(QRectF(3, 3, 10, 10), 60);
        path.arcTo(QRectF(3, 3, 10, 10), 60, 290);
        path.moveTo(13.3, 2.5);
        path.lineTo(12.2, 6.3);
        path.lineTo(8.6, 5);
        break;
    case Symbol::Expand:
        addChevron(path, 4, 3.5);
        addChevron(path, 9, 3.5);
        break;
    case Symbol::Collapse:
        addChevron(path, 7.5, -3.5);
        addChevron(path, 12.5, -3.5);
        break;
    case Symbol::Tree:
        path.moveTo(2.5, 3.5);
        path.lineTo(13.5, 3.5);
        path.moveTo(4.5, 3.5);
        path.lineTo(4.5, 12.5);
        path.moveTo(4.5, 8);
        path.lineTo(13.5, 8);
        path.moveTo(4.5, 12.5);
        path.lineTo(13.5, 12.5);
        break;
    case Symbol::Table:
        path.addRect(QRectF(2.5, 3, 11, 10));
        path.moveTo(2.5, 6.5);
        path.lineTo(13.5, 6.5);
        path.moveTo(6.5, 6.5);
        path.lineTo(6.5, 13);
        break;
    case Symbol::Mark:
        path.moveTo(4, 14);
        path.lineTo(4, 2.5);
        path.lineTo(12.5, 2.5);
        path.lineTo(10, 5.75);
        path.lineTo(12.5, 9);
        path.lineTo(4, 9);
        break;
    case Symbol::Menu:
        for (const qreal y : { 4.0, 8.0, 12.0 }) {
            path.moveTo(3, y);
            path.lineTo(13, y);
        }
        break;
    }
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
