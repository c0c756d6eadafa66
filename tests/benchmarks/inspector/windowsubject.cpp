// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "windowsubject.h"

#include "crowd.h"
#include "effort.h"

#include <recorders/inspector/inspectorwidget.h>

#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>

#include <algorithm>
#include <thread>

namespace Benchmarks {

using namespace Recorders;

namespace {

double milliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

void click(QWidget *widget, int key, const QString &text = {})
{
    QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier, text);
    QCoreApplication::sendEvent(widget, &press);
    QKeyEvent release(QEvent::KeyRelease, key, Qt::NoModifier, text);
    QCoreApplication::sendEvent(widget, &release);
}

} // namespace

WindowSubject::WindowSubject()
    : WindowSubject({ Crowd::instance().runtime(), Effort::scaled(Crowd::size), 3 })
{
}

WindowSubject::WindowSubject(const WindowContent &content)
    : m_content(content)
    , m_window(content.runtime)
{
    m_window.findChild<InspectorWidget *>()->setSettings(nullptr); // alike each time
    m_clock.follow();
    watchPainting();
}

void WindowSubject::watchPainting()
{
    const QList<QTreeView *> views = m_window.findChildren<QTreeView *>();
    for (QTreeView *view : views)
        view->viewport()->installEventFilter(this);
}

bool WindowSubject::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && watched == view()->viewport())
        m_isPainted = true;
    return QObject::eventFilter(watched, event);
}

QTreeView *WindowSubject::view() const
{
    auto *table = m_window.findChild<QTreeView *>(QStringLiteral("table"));
    return table && table->isVisible() ? table
                                       : m_window.findChild<QTreeView *>(QStringLiteral("tree"));
}

SnapshotFilterModel *WindowSubject::filter() const
{
    return qobject_cast<SnapshotFilterModel *>(view()->model());
}

bool WindowSubject::isComplete() const
{
    const bool isTable = view()->objectName() == QLatin1String("table");
    const int rows = m_content.recorders * (isTable ? m_content.metricsEach : 1);
    return !filter()->isBusy() && filter()->sourceModel()->rowCount() == rows;
}

void WindowSubject::showAll()
{
    measure([this] { m_window.show(); }, [this] { return isComplete() && rowCount() > 0; });
}

void WindowSubject::trigger(const char *action)
{
    m_window.findChild<QAction *>(QLatin1String(action))->trigger();
    watchPainting();
}

void WindowSubject::sort(int column)
{
    view()->header()->setSortIndicator(column, Qt::DescendingOrder);
    measure([] {}, [this] { return !filter()->isBusy(); });
}

void WindowSubject::type(QChar key)
{
    click(m_window.findChild<QLineEdit *>(QStringLiteral("search")), 0, key);
}

bool WindowSubject::isSearched(const QString &text) const
{
    return filter()->filterText() == text && !filter()->isBusy();
}

void WindowSubject::search(const QString &text)
{
    measure([&] { std::for_each(text.begin(), text.end(), [this](QChar key) { type(key); }); },
            [&] { return isSearched(text); });
}

void WindowSubject::press(int key)
{
    click(view(), key);
}

// Time of the GUI thread is that of its own clock: what other processes do meanwhile is not in it.
void WindowSubject::turn(Delay &delay, const std::function<void()> &work)
{
    const auto since = m_clock.time();
    work();
    const double took = milliseconds(m_clock.time() - since);
    delay.busy += took;
    delay.stall = std::max(delay.stall, took);
}

Delay WindowSubject::measure(const std::function<void()> &ask, const std::function<bool()> &isDone)
{
    Delay delay;
    const auto begin = std::chrono::steady_clock::now();
    m_isPainted = false;
    turn(delay, ask);
    while (!isDone()) {
        std::this_thread::sleep_for(std::chrono::microseconds(200)); // would wait for events
        turn(delay, [] { QCoreApplication::processEvents(); });
    }
    turn(delay, [] { QCoreApplication::processEvents(); }); // what is left of layout and painting
    delay.untilShown = milliseconds(std::chrono::steady_clock::now() - begin);
    return delay;
}

// To look again and again would be work, too: that of a window comes of timers, which never rest.
Delay WindowSubject::measureFor(std::chrono::milliseconds time)
{
    Delay delay;
    const auto begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() < begin + time)
        turn(delay, [] { QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); });
    delay.untilShown = milliseconds(std::chrono::steady_clock::now() - begin);
    return delay;
}

} // namespace Benchmarks
