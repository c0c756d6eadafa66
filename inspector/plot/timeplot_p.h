// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/plotpanel_p.h"

#include <QWidget>

#include <functional>

namespace Recorders::Internal {

class LiveDescription;

// Values over time: a panel for each unit, zoomed, moved and read by mouse and keyboard. Time runs
// from left to right in all languages.
class TimePlot : public QWidget
{
    Q_OBJECT

public:
    explicit TimePlot(QWidget *parent = nullptr);

    const QList<PlotSeries> &series() const { return m_content.series; }
    void setSeries(const QList<PlotSeries> &series);

    const PlotViewport &viewport() const { return m_content.viewport; }
    void setNow(std::chrono::nanoseconds now); // and shows what has come until then
    void setFrozen(bool frozen); // shows what was now then, whatever comes
    void setBytePrefix(BytePrefix bytes);
    void setWindow(std::chrono::nanoseconds window);
    void follow(); // shows up to now again
    bool isPinned() const { return !m_content.pinned.isEmpty(); }
    void setPinned(bool pinned); // the range of values stays as it is
    std::optional<std::chrono::nanoseconds> cursor() const { return m_content.cursor; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void windowChanged(std::chrono::nanoseconds window);
    void followingChanged(bool following);
    void pinnedChanged(bool pinned);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    PlotLayout layoutNow() const;
    void changeView(const std::function<void(PlotViewport &)> &change);
    void reset();
    void zoom(double factor, std::chrono::nanoseconds anchor);
    void moveCursor(int samples);
    void setCursorTime(std::optional<std::chrono::nanoseconds> time);
    bool pressKey(int key, bool isShifted);
    void hover();
    QString description() const;
    void noteLegends(const PlotLayout &layout);

    PlotContent m_content;
    LiveDescription *const m_description;
    int m_legendLines = 1; // of the highest legend
    std::optional<int> m_dragged; // x of the mouse
    std::optional<int> m_hovered; // where the mouse holds the cursor
};

} // namespace Recorders::Internal
