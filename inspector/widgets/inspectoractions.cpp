// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectoractions_p.h"

#include "widgets/symbolicon_p.h"

#include <QGuiApplication>
#include <QMenu>

namespace Recorders::Internal {

namespace {

QAction *newAction(QWidget *widget, const char *name, const QString &text,
                   const QKeySequence &shortcut)
{
    auto *action = new QAction(text, widget);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    QString title = text;
    title.remove(u'&');
    action->setToolTip(
            QStringLiteral("%1 (%2)").arg(title, shortcut.toString(QKeySequence::NativeText)));
    // Drawings of our own in menus would stand out among those of the application.
    action->setIconVisibleInMenu(false);
    widget->addAction(action); // the shortcut works although the menu is closed
    return action;
}

// As the arrow keys open and close one row, to the other side where text runs to the left.
QKeySequence openingKey()
{
    return Qt::CTRL | (QGuiApplication::isRightToLeft() ? Qt::Key_Left : Qt::Key_Right);
}

QKeySequence closingKey()
{
    return Qt::CTRL | (QGuiApplication::isRightToLeft() ? Qt::Key_Right : Qt::Key_Left);
}

} // namespace

InspectorActions::InspectorActions(QWidget *widget)
    : exportShown(newAction(widget, "exportShown", tr("&Export Shown\u2026"), Qt::CTRL | Qt::Key_E))
    , exportAll(newAction(widget, "exportAll", tr("Export &All\u2026"),
                          Qt::CTRL | Qt::SHIFT | Qt::Key_E))
    , copy(newAction(widget, "copy", tr("&Copy"), QKeySequence::Copy))
    , copyJson(newAction(widget, "copyJson", tr("Copy as &JSON"), Qt::CTRL | Qt::SHIFT | Qt::Key_C))
    , selectAll(newAction(widget, "selectAll", tr("Select &All"), QKeySequence::SelectAll))
    , find(newAction(widget, "find", tr("&Find"), QKeySequence::Find))
    , pin(newAction(widget, "pin", tr("&Pin"), Qt::CTRL | Qt::Key_P))
    , alert(newAction(widget, "alert", tr("Alert &When\u2026"), Qt::CTRL | Qt::Key_L))
    , alerts(newAction(widget, "alerts", tr("A&lerts\u2026"), Qt::CTRL | Qt::SHIFT | Qt::Key_A))
    , pause(newAction(widget, "pause", tr("&Pause"), Qt::Key_Space))
    , refresh(newAction(widget, "refresh", tr("&Refresh Now"), Qt::Key_F5))
    , table(newAction(widget, "table", tr("&Table"), Qt::CTRL | Qt::Key_T))
    , compare(newAction(widget, "compare", tr("&Compare Recorders"),
                        Qt::CTRL | Qt::SHIFT | Qt::Key_P))
    , expand(newAction(widget, "expand", tr("&Expand Recorders"), openingKey()))
    , collapse(newAction(widget, "collapse", tr("C&ollapse All"), closingKey()))
    , setMark(newAction(widget, "setMark", tr("Set &Mark"), Qt::CTRL | Qt::Key_M))
    , setNamedMark(newAction(widget, "setNamedMark", tr("Set &Named Mark\u2026"),
                             Qt::CTRL | Qt::ALT | Qt::Key_M))
    , clearMark(newAction(widget, "clearMark", tr("&Clear Mark"), Qt::CTRL | Qt::SHIFT | Qt::Key_M))
    , delta(newAction(widget, "delta", tr("&Changes Since Mark"), Qt::CTRL | Qt::Key_D))
    , clearEnded(newAction(widget, "clearEnded", tr("Clear &Ended Recorders"),
                           Qt::CTRL | Qt::SHIFT | Qt::Key_K))
    , decimalBytes(
              newAction(widget, "decimalBytes", tr("&Bytes in kB and MB"), Qt::CTRL | Qt::Key_U))
    , zoomIn(newAction(widget, "zoomIn", tr("&Larger Text"), Qt::CTRL | Qt::Key_Plus))
    , zoomOut(newAction(widget, "zoomOut", tr("S&maller Text"), Qt::CTRL | Qt::Key_Minus))
    , zoomReset(newAction(widget, "zoomReset", tr("&Usual Text Size"), Qt::CTRL | Qt::Key_0))
    , resetLayout(newAction(widget, "resetLayout", tr("Reset La&yout"),
                            Qt::CTRL | Qt::SHIFT | Qt::Key_L))
    , keys(newAction(widget, "keys", tr("&Keys"), Qt::Key_F1))
{
    zoomIn->setShortcuts({ zoomIn->shortcut(), Qt::CTRL | Qt::Key_Equal }); // without Shift
    pause->setCheckable(true);
    table->setCheckable(true);
    compare->setCheckable(true);
    decimalBytes->setCheckable(true);
    decimalBytes->setToolTip(tr("Powers of 1000 instead of KiB and MiB, which are powers of 1024"));
    delta->setCheckable(true);
    setMark->setIcon(symbolIcon(Symbol::Mark, widget));
    setMark->setIconText(tr("Mark"));
    pause->setIcon(symbolIcon(Symbol::Pause, widget));
    find->setIcon(symbolIcon(Symbol::Search, widget));
}

QList<QMenu *> InspectorActions::newMenus(const QList<QMenu *> &ofView, QWidget *widget) const
{
    auto *file = new QMenu(tr("&File"), widget);
    file->addActions({ exportShown, exportAll });
    auto *edit = new QMenu(tr("&Edit"), widget);
    edit->addActions({ copy, copyJson, selectAll });
    edit->addSeparator();
    edit->addAction(find);
    auto *view = new QMenu(tr("&View"), widget);
    view->addActions({ pause, refresh });
    for (QMenu *menu : ofView)
        view->addMenu(menu);
    view->addSeparator();
    view->addActions({ table, compare, expand, collapse, clearEnded });
    view->addSeparator();
    view->addAction(decimalBytes);
    view->addSeparator();
    view->addActions({ zoomIn, zoomOut, zoomReset });
    view->addSeparator();
    view->addAction(resetLayout);
    auto *watch = new QMenu(tr("&Watch"), widget);
    watch->addActions({ pin, alert, alerts });
    auto *help = new QMenu(tr("&Help"), widget);
    help->addAction(keys);
    return { file, edit, view, watch, help };
}

void InspectorActions::setPaused(bool paused)
{
    pause->setChecked(paused);
    pause->setText(pauseTexts().at(paused ? 1 : 0));
    pause->setToolTip(paused ? tr("Resume (Space)") : tr("Pause (Space)"));
    pause->setIcon(symbolIcon(paused ? Symbol::Resume : Symbol::Pause,
                              qobject_cast<QWidget *>(pause->parent())));
}

QStringList InspectorActions::pauseTexts()
{
    return { tr("&Pause"), tr("&Resume") };
}

} // namespace Recorders::Internal
