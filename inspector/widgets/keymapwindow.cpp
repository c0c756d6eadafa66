// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/keymapwindow_p.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Recorders::Internal {

KeyMapWindow::KeyMapWindow(const QList<QMenu *> &menus, QWidget *parent)
    : QDialog(parent)
    , m_keys(new QTreeWidget(this))
{
    setWindowTitle(tr("Keys of the Inspector"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_keys->setObjectName(QStringLiteral("keys"));
    m_keys->setAccessibleName(tr("Keys"));
    m_keys->setHeaderLabels({ tr("What it does"), tr("Key") });
    m_keys->setRootIsDecorated(false);
    m_keys->setFrameShape(QFrame::NoFrame);
    for (const QMenu *menu : menus)
        addMenu(*menu);
    addKeysOfRows();
    m_keys->expandAll();
    m_keys->resizeColumnToContents(0);
    m_keys->setCurrentItem(m_keys->topLevelItem(0));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_keys);
    layout->addWidget(buttons);
    const int line = fontMetrics().height();
    resize(30 * line, 32 * line);
}

void KeyMapWindow::open(const QList<QMenu *> &menus, QWidget *parent)
{
    auto *window = parent->findChild<KeyMapWindow *>();
    if (!window)
        window = new KeyMapWindow(menus, parent);
    window->show();
    window->raise();
    window->activateWindow();
}

void KeyMapWindow::addMenu(const QMenu &menu)
{
    addActions(addGroup(menu.title()), menu);
}

// Those of menus in it are listed with its own.
void KeyMapWindow::addActions(QTreeWidgetItem *group, const QMenu &menu)
{
    const QList<QAction *> actions = menu.actions();
    for (const QAction *action : actions) {
        const QString keys =
                QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText);
        if (!keys.isEmpty())
            addKey(group, keys, action->text());
        if (action->menu())
            addActions(group, *action->menu());
    }
}

void KeyMapWindow::addKeysOfRows()
{
    const auto name = [](Qt::Key key) {
        return QKeySequence(key).toString(QKeySequence::NativeText);
    };
    QTreeWidgetItem *rows = addGroup(tr("Rows"));
    addKey(rows, name(Qt::Key_Return), tr("Open or close a row"));
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    addKey(rows, name(isMirrored ? Qt::Key_Left : Qt::Key_Right), tr("Open a row"));
    addKey(rows, name(isMirrored ? Qt::Key_Right : Qt::Key_Left),
           tr("Close a row, or go to the one above"));
    addKey(rows, name(Qt::Key_Escape), tr("Let rows go on to be sorted"));
    QTreeWidgetItem *search = addGroup(tr("Search"));
    addKey(search, name(Qt::Key_Escape), tr("Clear the search, then leave it"));
    addKey(search, name(Qt::Key_Down), tr("Go to what was found"));
    addKeysOfPlot();
}

void KeyMapWindow::addKeysOfPlot()
{
    QTreeWidgetItem *plot = addGroup(tr("Plot"));
    addKey(plot, QStringLiteral("+"), tr("Show less time"));
    addKey(plot, QStringLiteral("\u2212"), tr("Show more time"));
    addKey(plot, QStringLiteral("0"), tr("Show the usual time"));
    const auto name = [](const QKeySequence &key) {
        return key.toString(QKeySequence::NativeText);
    };
    addKey(plot, name(Qt::Key_Left) + QStringLiteral(", ") + name(Qt::Key_Right),
           tr("Read value by value"));
    addKey(plot,
           name(Qt::SHIFT | Qt::Key_Left) + QStringLiteral(", ") + name(Qt::SHIFT | Qt::Key_Right),
           tr("Go back and forth in time"));
    addKey(plot, name(Qt::Key_End), tr("Go back to now"));
}

QTreeWidgetItem *KeyMapWindow::addGroup(const QString &title)
{
    auto *group = new QTreeWidgetItem(m_keys, { QString(title).remove(u'&') });
    group->setFirstColumnSpanned(true);
    QFont bold = m_keys->font();
    bold.setBold(true);
    group->setFont(0, bold);
    return group;
}

void KeyMapWindow::addKey(QTreeWidgetItem *group, const QString &key, const QString &text)
{
    new QTreeWidgetItem(group, { QString(text).remove(u'&'), key });
}

} // namespace Recorders::Internal
