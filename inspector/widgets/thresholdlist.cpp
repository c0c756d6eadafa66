// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/thresholdlist_p.h"

#include "widgets/thresholdeditor_p.h"
#include "widgets/thresholdwatch_p.h"

#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace Recorders::Internal {

ThresholdList::ThresholdList(ThresholdWatch *watch, QWidget *parent)
    : QDialog(parent)
    , m_watch(watch)
    , m_list(new QListWidget(this))
    , m_nothing(new QLabel(this))
    , m_edit(new QPushButton(tr("&Edit\u2026"), this))
    , m_remove(new QPushButton(tr("&Remove"), this))
{
    setWindowTitle(tr("Alerts"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_edit->setObjectName(QStringLiteral("edit"));
    m_remove->setObjectName(QStringLiteral("remove"));
    layOut();
    connect(m_remove, &QPushButton::clicked, this, &ThresholdList::remove);
    connect(m_edit, &QPushButton::clicked, this, &ThresholdList::edit);
    connect(m_list, &QListWidget::itemActivated, this, &ThresholdList::edit);
    connect(m_list, &QListWidget::currentRowChanged, this, &ThresholdList::updateButtons);
    connect(watch, &ThresholdWatch::thresholdsChanged, this, &ThresholdList::update);
    update();
    m_list->setFocus();
}

void ThresholdList::layOut()
{
    m_list->setAccessibleName(tr("Alerts"));
    m_list->setWordWrap(true);
    m_nothing->setText(
            tr("There are none. Select a value and choose \u201cAlert When\u2026\u201d."));
    m_nothing->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_edit, QDialogButtonBox::ActionRole);
    buttons->addButton(m_remove, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_nothing);
    layout->addWidget(m_list);
    layout->addWidget(buttons);
    const int character = fontMetrics().horizontalAdvance(u'0');
    resize(60 * character, 16 * fontMetrics().height());
}

void ThresholdList::update()
{
    const int row = m_list->currentRow();
    m_list->clear();
    const QList<Threshold> all = m_watch->thresholds();
    for (const Threshold &threshold : all)
        m_list->addItem(threshold.text());
    m_list->setCurrentRow(qMin(qMax(row, 0), m_list->count() - 1));
    m_nothing->setVisible(all.isEmpty());
    m_list->setVisible(!all.isEmpty());
    updateButtons();
}

void ThresholdList::updateButtons()
{
    m_edit->setEnabled(m_list->currentRow() >= 0);
    m_remove->setEnabled(m_list->currentRow() >= 0);
}

void ThresholdList::edit()
{
    const QList<Threshold> all = m_watch->thresholds();
    const int row = m_list->currentRow();
    if (row < 0 || row >= all.size())
        return;
    const Threshold &before = all.at(row);
    auto *editor = new ThresholdEditor(before, this);
    connect(editor, &ThresholdEditor::set, m_watch, [this, before](const Threshold &threshold) {
        QList<Threshold> changed = m_watch->thresholds();
        const qsizetype place = changed.indexOf(before);
        if (place >= 0)
            changed[place] = threshold;
        else
            changed.append(threshold); // it was removed meanwhile, but this was said later
        m_watch->setThresholds(changed);
    });
    editor->show();
}

void ThresholdList::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Delete))
        remove();
    else
        QDialog::keyPressEvent(event);
}

void ThresholdList::remove()
{
    QList<Threshold> all = m_watch->thresholds();
    const int row = m_list->currentRow();
    if (row < 0 || row >= all.size())
        return;
    all.removeAt(row);
    m_watch->setThresholds(all);
}

} // namespace Recorders::Internal
