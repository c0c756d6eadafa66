// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/gomenu_p.h"

#include <algorithm>

namespace Recorders::Internal {

namespace {

bool takesKeys(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus);
}

void goTo(QWidget *part)
{
    if (!part->isVisible())
        return;
    const QList<QWidget *> inIt = part->findChildren<QWidget *>();
    const auto first = std::find_if(inIt.cbegin(), inIt.cend(), takesKeys);
    if (takesKeys(part))
        part->setFocus(Qt::ShortcutFocusReason);
    else if (first != inIt.cend())
        (*first)->setFocus(Qt::ShortcutFocusReason);
}

} // namespace

GoMenu::GoMenu(QWidget *parent)
    : QMenu(tr("&Go To"), parent)
{
}

void GoMenu::addPart(const QString &title, const QKeySequence &key,
                     const std::function<QWidget *()> &part)
{
    QAction *action = addAction(title);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    parentWidget()->addAction(action); // the shortcut works although the menu is closed
    connect(action, &QAction::triggered, this, [part] { goTo(part()); });
}

} // namespace Recorders::Internal
