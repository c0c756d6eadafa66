// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace Recorders::Internal {

// A line that says what came of something, until it is closed or something else is said.
class NoticeBar : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    QString text() const;

public Q_SLOTS:
    void say(const QString &text);
    void showProgress(const QString &text); // of what can be canceled; empty: it is over

Q_SIGNALS:
    void canceled();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void applyMetrics();
    QToolButton *newButton(const QString &text);
    void show(const QString &text, bool isProgress);

    QLabel *const m_label;
    QToolButton *const m_cancel;
    QToolButton *const m_close;
    QTimer m_patience; // what is over soon is not worth a word
    QString m_progress;
};

} // namespace Recorders::Internal
