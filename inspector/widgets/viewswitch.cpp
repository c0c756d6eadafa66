// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/viewswitch_p.h"

#include "widgets/symbolicon_p.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace Recorders::Internal {

namespace {

// A mark below what is chosen: styles show it in shades that some palettes do not have.
class ChoiceButton : public QToolButton
{
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QToolButton::paintEvent(event);
        if (!isChecked())
            return;
        const int thickness = qMax(2, fontMetrics().height() / 8);
        QPainter(this).fillRect(rect().adjusted(thickness, height() - thickness, -thickness, 0),
                                palette().color(QPalette::Highlight));
    }
};

} // namespace

ViewSwitch::ViewSwitch(QAction *table, QWidget *parent)
    : QWidget(parent)
    , m_tree(newButton(tr("Tree"), Symbol::Tree))
    , m_table(newButton(tr("Table"), Symbol::Table))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_tree);
    layout->addWidget(m_table);
    m_tree->setObjectName(QStringLiteral("treeButton"));
    m_table->setObjectName(QStringLiteral("tableButton"));
    const QString key = table->shortcut().toString(QKeySequence::NativeText);
    m_tree->setToolTip(tr("Recorders with their metrics, as a tree (%1)").arg(key));
    m_table->setToolTip(tr("All values, as a table (%1)").arg(key));
    m_tree->setChecked(true);
    auto *choice = new QButtonGroup(this);
    choice->addButton(m_tree);
    choice->addButton(m_table);
    connect(m_table, &QToolButton::toggled, table, &QAction::setChecked);
    connect(table, &QAction::toggled, this,
            [this](bool isTable) { (isTable ? m_table : m_tree)->setChecked(true); });
    setAccessibleName(tr("View"));
}

void ViewSwitch::setIconSize(const QSize &size)
{
    m_tree->setIconSize(size);
    m_table->setIconSize(size);
}

QToolButton *ViewSwitch::newButton(const QString &name, Symbol symbol)
{
    auto *button = new ChoiceButton(this);
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setIcon(symbolIcon(symbol, this));
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace Recorders::Internal
