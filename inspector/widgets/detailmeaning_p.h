// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/meaning_p.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace Recorders::Internal {

// What the selected thing means, a line for each subject.
class DetailMeaning : public QWidget
{
    Q_OBJECT

public:
    explicit DetailMeaning(QWidget *parent = nullptr);

    void setLines(const QList<MeaningLine> &lines);

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *addLabel(int row, int column);
    void applyPalette();

    QList<MeaningLine> m_lines;
    QList<QLabel *> m_subjects; // as many as there ever were
    QList<QLabel *> m_texts;
    QGridLayout *const m_layout;
};

} // namespace Recorders::Internal
