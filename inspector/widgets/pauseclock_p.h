// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

namespace Recorders::Internal {

// How long what is shown has been standing still.
class PauseClock : public QObject
{
    Q_OBJECT

public:
    explicit PauseClock(QObject *parent = nullptr);

    void start(); // or starts again from 0
    void stop();
    void setTicking(bool ticking); // it counts on without
    QString text() const; // "paused, 12 s behind"

    Q_INVOKABLE void advance(int seconds); // for tests: as if so much time had passed

Q_SIGNALS:
    void ticked();

private:
    QElapsedTimer m_since; // invalid while stopped
    qint64 m_advance = 0; // milliseconds that are added to it
    QTimer m_timer{ this };
};

} // namespace Recorders::Internal
