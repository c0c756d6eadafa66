// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QLineEdit>

namespace Recorders::Internal {

// Where the search is typed. Esc clears it, then leaves it.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);

    QSize sizeHint() const override;

Q_SIGNALS:
    void entered(); // somebody is about to search
    void searched(const QString &text);
    void left();

protected:
    void focusInEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search();

    QString m_searched;
};

} // namespace Recorders::Internal
