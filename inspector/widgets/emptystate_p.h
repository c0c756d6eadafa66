// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace Recorders::Internal {

// Explains why there is nothing to see, and what to do about it.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    struct Content
    {
        QString title;
        QString text;
        QString code; // what to write, or empty
        QString button; // or empty
    };

    explicit EmptyState(QWidget *parent = nullptr);

    void setContent(const Content &content);

Q_SIGNALS:
    void buttonClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyStyle();
    void applyMetrics();

    QLabel *const m_title;
    QLabel *const m_text;
    QLabel *const m_code;
    QPushButton *const m_button;
};

} // namespace Recorders::Internal
