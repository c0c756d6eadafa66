// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

class QActionGroup;

namespace Recorders::Internal {

// How often what is shown is updated: 0.5 to 30 times a second.
class RefreshMenu : public QMenu
{
    Q_OBJECT

public:
    static constexpr int usualInterval = 100; // ms

    explicit RefreshMenu(QWidget *parent = nullptr);

    int interval() const; // ms
    QString text() const; // of the rate that is chosen
    QStringList texts() const; // of all
    bool setInterval(int milliseconds); // false: it is not one of those in the menu
    void setSlowed(const QString &how); // "slowed to 4 Hz"; empty: it is as fast as was chosen
    static QString rateText(int interval); // "10 Hz"

Q_SIGNALS:
    void intervalChanged(int milliseconds);

private:
    QActionGroup *const m_rates;
};

} // namespace Recorders::Internal
