// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace Recorders::Internal {

class TimePlot;

// A plot, and what can be set about it.
class PlotPane : public QWidget
{
    Q_OBJECT

public:
    explicit PlotPane(QWidget *parent = nullptr);

    TimePlot *plot() const { return m_plot; }
    bool isPerSecond() const;
    void setPerSecondOffered(bool offered); // there is something that grows
    void setNote(const QString &note); // on what is not shown

Q_SIGNALS:
    void perSecondChanged(bool perSecond);

protected:
    void changeEvent(QEvent *event) override;

private:
    void setUpTools();
    void applyMetrics();
    void applyPalette();
    void fillWindows();
    void showWindow();

    TimePlot *const m_plot;
    QComboBox *const m_window;
    QCheckBox *const m_pin;
    QCheckBox *const m_perSecond;
    QToolButton *const m_live;
    QLabel *const m_note;
    QHBoxLayout *const m_tools;
};

} // namespace Recorders::Internal
