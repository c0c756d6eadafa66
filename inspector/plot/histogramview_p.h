// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/histogramlayout_p.h"

#include <QWidget>

namespace Recorders::Internal {

class LiveDescription;

// A distribution on an axis of factors: its buckets, its percentiles, and how much is below each
// value. It is read by mouse and keyboard.
class HistogramView : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramView(QWidget *parent = nullptr);

    const DistributionFigures &distribution() const { return m_distribution; }
    void setDistribution(const DistributionFigures &distribution);
    void setBarColor(int series) { m_color = series; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    HistogramLayout layoutNow() const;
    int cursor(const HistogramLayout &layout) const; // the bar, -1: none
    void setCursor(std::optional<double> value);
    void moveCursor(int key);
    QString description() const;

    DistributionFigures m_distribution;
    int m_color = 0;
    std::optional<double> m_cursor; // a value in the bar: the bars become others
    bool m_isHovered = false; // the mouse holds the cursor
    LiveDescription *const m_description;
};

} // namespace Recorders::Internal
