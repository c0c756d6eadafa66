// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace Recorders::Internal {

class ThresholdWatch;

// All thresholds, to be changed and removed.
class ThresholdList : public QDialog
{
    Q_OBJECT

public:
    explicit ThresholdList(ThresholdWatch *watch, QWidget *parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    void update();
    void updateButtons();
    void edit();
    void remove();

    ThresholdWatch *const m_watch;
    QListWidget *const m_list;
    QLabel *const m_nothing;
    QPushButton *const m_edit;
    QPushButton *const m_remove;
};

} // namespace Recorders::Internal
