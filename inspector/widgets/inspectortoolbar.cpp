// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectortoolbar_p.h"

#include "widgets/inspectoractions_p.h"
#include "widgets/refreshmenu_p.h"
#include "widgets/searchfield_p.h"
#include "widgets/symbolicon_p.h"
#include "widgets/viewswitch_p.h"

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace Recorders::Internal {

namespace {

// Whichever of the texts it shows, the buttons beside it stay where they are.
void reserveWidth(QToolButton *button, const QStringList &texts)
{
    const QFontMetrics metrics = button->fontMetrics();
    const auto widthOf = [&metrics](QString text) {
        return metrics.horizontalAdvance(text.remove(u'&'));
    };
    int widest = 0;
    for (const QString &text : texts)
        widest = std::max(widest, widthOf(text));
    button->setFixedWidth(button->sizeHint().width() - widthOf(button->text()) + widest);
}

} // namespace

InspectorToolBar::InspectorToolBar(const InspectorActions &actions, RefreshMenu *refreshRates,
                                   QMenu *marks, const QList<QMenu *> &menus, QWidget *parent)
    : QuietToolBar(tr("Tools"), parent)
    , m_searchField(new SearchField(this))
    , m_hits(new QLabel(this))
    , m_viewSwitch(new ViewSwitch(actions.table, this))
    , m_refreshRates(refreshRates)
{
    m_searchField->setObjectName(QStringLiteral("search"));
    m_hits->setObjectName(QStringLiteral("hits"));

    addWidget(m_searchField);
    addWidget(m_hits);
    addSpace();
    addWidget(m_viewSwitch);
    m_pause = addButton(actions.pause);
    addMarks(actions.setMark, marks);
    addRates();
    addAllMenus(menus);
    applyMetrics();
}

void InspectorToolBar::setHits(const QString &text, const QString &details)
{
    m_hits->setText(text);
    m_hits->setToolTip(details);
    m_hits->setAccessibleDescription(details);
}

void InspectorToolBar::changeEvent(QEvent *event)
{
    QuietToolBar::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

QToolButton *InspectorToolBar::addButton(QAction *action)
{
    addAction(action);
    auto *button = qobject_cast<QToolButton *>(widgetForAction(action));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QToolButton *InspectorToolBar::addMenuButton(QMenu *menu)
{
    auto *button = new QToolButton(this);
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    addWidget(button);
    return button;
}

void InspectorToolBar::addSpace()
{
    auto *space = new QWidget(this);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    addWidget(space);
}

// A click sets one, the arrow beside it has the others.
void InspectorToolBar::addMarks(QAction *setMark, QMenu *marks)
{
    QToolButton *button = addButton(setMark);
    button->setObjectName(QStringLiteral("mark"));
    button->setMenu(marks);
    button->setPopupMode(QToolButton::MenuButtonPopup);
    button->setAccessibleName(tr("Set mark"));
}

void InspectorToolBar::addRates()
{
    m_rate = addMenuButton(m_refreshRates);
    m_rate->setObjectName(QStringLiteral("rate"));
    m_rate->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_rate->setToolTip(tr("How often what is shown is updated"));
    const auto showRate = [this] {
        m_rate->setText(m_refreshRates->text());
        m_rate->setAccessibleName(tr("Refresh rate: %1").arg(m_refreshRates->text()));
    };
    connect(m_refreshRates, &RefreshMenu::intervalChanged, m_rate, showRate);
    showRate();
}

// A dock has no menu bar, and nothing shall be out of reach there.
void InspectorToolBar::addAllMenus(const QList<QMenu *> &menus)
{
    auto *all = new QMenu(this);
    for (QMenu *menu : menus)
        all->addMenu(menu);
    QToolButton *button = addMenuButton(all);
    button->setObjectName(QStringLiteral("menu"));
    button->setIcon(symbolIcon(Symbol::Menu, this));
    button->setAccessibleName(tr("Menu"));
    button->setToolTip(tr("All that can be done"));
}

void InspectorToolBar::applyMetrics()
{
    m_searchField->setMaximumWidth(m_searchField->sizeHint().width() * 3 / 2);
    m_hits->setContentsMargins(m_hits->fontMetrics().height() / 2, 0, 0, 0);
    m_viewSwitch->setIconSize(iconSize());
    reserveWidth(m_pause, InspectorActions::pauseTexts());
    reserveWidth(m_rate, m_refreshRates->texts());
}

} // namespace Recorders::Internal
