// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/threadclock.h"

#include <recorders/inspector/inspectorwindow.h>
#include <recorders/model/snapshotfiltermodel.h>

#include <QTreeView>

#include <chrono>
#include <functional>

namespace Benchmarks {

// What something takes until it is painted, and how much of that the GUI thread worked, in all and
// at a stretch.
struct Delay
{
    double untilShown = 0; // ms, all three
    double busy = 0;
    double stall = 0;
};

// What a window shows: a runtime whose recorders have as many metrics each.
struct WindowContent
{
    Recorders::MetricsRuntime *runtime;
    int recorders;
    int metricsEach;
};

// An inspector's window, of the crowd unless it is told otherwise.
class WindowSubject : public QObject
{
public:
    WindowSubject();
    explicit WindowSubject(const WindowContent &content);

    void showAll(); // and waits until all recorders are there
    void trigger(const char *action); // by its name
    void sort(int column);
    void type(QChar key); // into the search
    void search(const QString &text); // and waits until its rows are shown
    void press(int key); // in the view

    Delay measure(const std::function<void()> &ask, const std::function<bool()> &isDone);
    Delay measureFor(std::chrono::milliseconds time);

    bool isComplete() const;
    bool isSearched(const QString &text) const;
    bool isPainted() const { return m_isPainted; } // since it was asked for something
    int rowCount() const { return view()->model()->rowCount(); }
    QTreeView *view() const; // tree or table, whichever is shown
    Recorders::SnapshotFilterModel *filter() const;
    Recorders::InspectorWindow &window() { return m_window; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void turn(Delay &delay, const std::function<void()> &work);
    void watchPainting();

    const WindowContent m_content;
    Recorders::InspectorWindow m_window;
    Testing::ThreadClock m_clock;
    bool m_isPainted = false;
};

} // namespace Benchmarks
