// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHeaderView>

namespace Recorders::Internal {

// Column titles without buttons around them.
class QuietHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit QuietHeader(QWidget *parent = nullptr);

    void setNameIndent(int indent);
    QList<int> order() const; // the sections, from left to right
    void setOrder(const QList<int> &sections); // each once, else it stays
    void resetOrder();
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

private:
    void keepEnds();
    bool isRightAligned(int section) const;
    int arrowRoom() const;
    void paintArrow(QPainter *painter, const QRect &title, bool isAtLeft) const;

    int m_nameIndent = 0;
};

} // namespace Recorders::Internal
