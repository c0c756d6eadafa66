// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/refreshmenu_p.h"

#include <QActionGroup>
#include <QLocale>

namespace Recorders::Internal {

namespace {

constexpr int intervals[] = { 2000, 1000, 500, 200, 100, 50, 33 }; // ms

} // namespace

RefreshMenu::RefreshMenu(QWidget *parent)
    : QMenu(tr("Refresh &Rate"), parent)
    , m_rates(new QActionGroup(this))
{
    for (const int interval : intervals) {
        QAction *action = addAction(rateText(interval));
        action->setCheckable(true);
        action->setChecked(interval == usualInterval);
        action->setData(interval);
        m_rates->addAction(action);
    }
    connect(m_rates, &QActionGroup::triggered, this,
            [this](const QAction *action) { Q_EMIT intervalChanged(action->data().toInt()); });
}

QString RefreshMenu::rateText(int interval)
{
    return tr("%1 Hz").arg(QLocale().toString(1000.0 / interval, 'g', 2));
}

int RefreshMenu::interval() const
{
    return m_rates->checkedAction()->data().toInt();
}

QString RefreshMenu::text() const
{
    return rateText(interval());
}

QStringList RefreshMenu::texts() const
{
    QStringList all;
    const QList<QAction *> rates = m_rates->actions();
    for (const QAction *rate : rates)
        all.append(rateText(rate->data().toInt())); // whether it is slowed or not
    return all;
}

bool RefreshMenu::setInterval(int milliseconds)
{
    const QList<QAction *> all = m_rates->actions();
    for (QAction *action : all) {
        if (action->data().toInt() == milliseconds) {
            action->trigger();
            return true;
        }
    }
    return false;
}

void RefreshMenu::setSlowed(const QString &how)
{
    const QList<QAction *> all = m_rates->actions();
    for (QAction *action : all) {
        const QString rate = rateText(action->data().toInt());
        const bool isSlowed = action->isChecked() && !how.isEmpty();
        action->setText(isSlowed ? tr("%1, %2").arg(rate, how) : rate);
    }
}

} // namespace Recorders::Internal
