// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QSplitter>

namespace Recorders::Internal {

// A master view and, beside it or below it where it is narrow, the details of what is selected.
// Each way remembers where it was divided.
class DetailSplitter : public QSplitter
{
    Q_OBJECT

public:
    DetailSplitter(QWidget *master, QWidget *detail, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void turn();
    void divide();

    QList<int> m_beside{ 3, 2 };
    QList<int> m_below{ 1, 1 };
    bool m_isDividedByHand = false;
};

} // namespace Recorders::Internal
