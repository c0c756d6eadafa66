// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QPointer>
#include <QWidget>

namespace Recorders::Internal {

// Whether a widget can be seen: not while it is hidden, or its window minimized.
class SightWatch : public QObject
{
    Q_OBJECT

public:
    explicit SightWatch(QWidget *widget);

    bool isSeen() const { return m_isSeen; }

Q_SIGNALS:
    void seenChanged(bool seen);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void watchWindow();
    void update(bool isSeen);

    QWidget *const m_widget;
    QPointer<QWidget> m_window; // of the widget, which goes from one to another as a dock does
    bool m_isSeen = false;
};

} // namespace Recorders::Internal
