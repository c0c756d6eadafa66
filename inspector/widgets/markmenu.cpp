// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/markmenu_p.h"

#include "widgets/inspectoractions_p.h"
#include "widgets/marklist_p.h"

#include <QActionGroup>
#include <QInputDialog>
#include <QLocale>

namespace Recorders::Internal {

namespace {

QString titleOf(const SnapshotMark &mark)
{
    QString name = mark.name();
    name.replace(u'&', QStringLiteral("&&"));
    const bool isOfToday = mark.time().date() == QDate::currentDate();
    const QString time = isOfToday ? QLocale().toString(mark.time().time(), QLocale::ShortFormat)
                                   : QLocale().toString(mark.time(), QLocale::ShortFormat);
    return QStringLiteral("%1\t%2").arg(name, time);
}

} // namespace

MarkMenu::MarkMenu(const InspectorActions &actions, MarkList *marks, QWidget *parent)
    : QMenu(tr("&Marks"), parent)
    , m_actions(actions)
    , m_marks(marks)
{
    connect(actions.setMark, &QAction::triggered, marks, [marks] { marks->add(); });
    connect(actions.setNamedMark, &QAction::triggered, this, &MarkMenu::askForName);
    connect(actions.clearMark, &QAction::triggered, marks, &MarkList::removeCurrent);
    connect(marks, &MarkList::changed, this, &MarkMenu::fill);
    fill();
}

void MarkMenu::fill()
{
    const bool hasMarks = !m_marks->marks().isEmpty();
    m_actions.clearMark->setEnabled(!m_marks->current().isNull());
    const QList<QAction *> before = actions();
    for (QAction *action : before) {
        removeAction(action);
        if (action->parent() == this)
            action->deleteLater();
    }
    addActions({ m_actions.setMark, m_actions.setNamedMark });
    addSeparator();
    if (hasMarks)
        addMarks();
    addAction(m_actions.clearMark);
    QAction *clear = addAction(tr("Clear &All Marks"));
    clear->setEnabled(hasMarks);
    connect(clear, &QAction::triggered, m_marks, &MarkList::clear);
}

void MarkMenu::addMarks()
{
    auto *group = new QActionGroup(this);
    const auto add = [this, group](const QString &title, const SnapshotMark &mark) {
        QAction *action = addAction(title);
        action->setCheckable(true);
        action->setChecked(mark == m_marks->current());
        group->addAction(action);
        connect(action, &QAction::triggered, m_marks, [this, mark] { m_marks->setCurrent(mark); });
    };
    for (const SnapshotMark &mark : m_marks->marks())
        add(titleOf(mark), mark);
    add(tr("Compare with &Nothing"), {});
    addSeparator();
}

// What happens while somebody types is not in the mark: it is of the moment of the command.
void MarkMenu::askForName()
{
    m_marks->add();
    auto *dialog = new QInputDialog(parentWidget());
    dialog->setObjectName(QStringLiteral("markName"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Set Mark"));
    dialog->setLabelText(tr("Name of the mark"));
    dialog->setTextValue(m_marks->current().name());
    connect(dialog, &QInputDialog::textValueSelected, m_marks,
            [marks = m_marks, mark = m_marks->current()](const QString &name) {
                marks->rename(mark, name);
            });
    dialog->show();
}

} // namespace Recorders::Internal
