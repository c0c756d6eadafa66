// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

class QWidget;

namespace Recorders::Internal {

// The accessible description of a widget that changes all the time: not more often than a screen
// reader comes to its end.
class LiveDescription : public QObject
{
    Q_OBJECT

public:
    LiveDescription(QWidget *widget, std::function<QString()> text);

    Q_INVOKABLE void setInterval(int milliseconds);

    void change(); // tells what is new, unless it did so a short time ago
    void tell(); // at once: it was asked for
    void restart(); // at once, and what comes next, too

private:
    QWidget *const m_widget;
    const std::function<QString()> m_text;
    QTimer m_timer; // since the last time
};

} // namespace Recorders::Internal
