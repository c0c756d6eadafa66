// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLineEdit>
#include <QTimer>

#include <chrono>

namespace Recorders::Internal {

// Where the search is typed. Esc clears it, then leaves it.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);

    void setDelay(std::chrono::milliseconds delay); // after the last key
    QSize sizeHint() const override;

Q_SIGNALS:
    void searched(const QString &text);
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search();

    QTimer m_timer;
    QString m_searched;
};

} // namespace Recorders::Internal
