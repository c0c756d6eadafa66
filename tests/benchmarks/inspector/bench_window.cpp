// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "crowd.h"
#include "effort.h"
#include "tables.h"
#include "windowsubject.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace Benchmarks {

namespace {

using Figure = double Delay::*;
using Measure = std::function<Delay()>;

constexpr int treeRateColumn = 3;
constexpr int tableValueColumn = 3;

// ---- How the window is set up

using WindowPointer = std::unique_ptr<WindowSubject>;
using MakeWindow = WindowPointer (*)();

WindowPointer tree()
{
    auto window = std::make_unique<WindowSubject>();
    window->showAll();
    return window;
}

WindowPointer sortedTree()
{
    WindowPointer window = tree();
    window->sort(treeRateColumn);
    return window;
}

WindowPointer table()
{
    WindowPointer window = tree();
    window->trigger("table");
    window->showAll();
    return window;
}

WindowPointer sortedTable()
{
    WindowPointer window = table();
    window->sort(tableValueColumn);
    return window;
}

WindowPointer searchedTree()
{
    WindowPointer window = tree();
    window->search(QStringLiteral("7"));
    return window;
}

// ---- What is measured

Delay medianOf(const std::vector<Delay> &delays)
{
    Delay result;
    for (const Figure figure : { &Delay::untilShown, &Delay::busy, &Delay::stall }) {
        std::vector<double> samples;
        for (const Delay &delay : delays)
            samples.push_back(delay.*figure);
        std::nth_element(samples.begin(), samples.begin() + std::ptrdiff_t(samples.size() / 2),
                         samples.end());
        result.*figure = samples[samples.size() / 2];
    }
    return result;
}

// From showing the window until it shows recorders, or all of them.
Delay firstPaint(bool ofAll)
{
    WindowSubject window;
    return window.measure([&] { window.window().show(); },
                          [&] {
                              return window.isPainted()
                                      && (ofAll ? window.isComplete() : window.rowCount() > 0);
                          });
}

// Each key is measured until its rows are painted. Nobody types faster than that after Ctrl+F.
Delay keys(MakeWindow make, const QString &text)
{
    const WindowPointer window = make();
    window->trigger("find");
    window->measureFor(std::chrono::milliseconds(200));
    std::vector<Delay> delays;
    for (qsizetype length = 1; length <= text.size(); ++length) {
        const QString wanted = text.first(length);
        delays.push_back(window->measure([&] { window->type(wanted.back()); },
                                         [&] { return window->isSearched(wanted); }));
    }
    return medianOf(delays);
}

Delay firstKey(MakeWindow make)
{
    return keys(make, QStringLiteral("7"));
}

Delay anotherKey(MakeWindow make)
{
    return keys(make, QStringLiteral("tion-77"));
}

Delay scrolling(MakeWindow make)
{
    const WindowPointer window = make();
    std::vector<Delay> delays;
    for (int i = 0; i < Effort::scaled(100) + 4; ++i) {
        delays.push_back(window->measure([&] { window->press(Qt::Key_PageDown); },
                                         [&] { return window->isPainted(); }));
    }
    return medianOf(delays);
}

// While one in a hundred changes ten times a second. The first second is not measured: rates begin.
Delay live(MakeWindow make)
{
    const WindowPointer window = make();
    const LiveCrowd crowd(
            [] { Crowd::instance().registerEvents(Effort::scaled(Crowd::size) / 100); });
    window->measureFor(std::chrono::milliseconds(Effort::scaled(1500)));
    return window->measureFor(std::chrono::milliseconds(Effort::scaled(3000)));
}

// ---- Tables

void add(Row &row, const Measure &measure)
{
    row.measure("until shown", [=] { return measure().untilShown; });
    row.measure("GUI thread", [=] { return measure().busy; });
    row.measure("GUI thread at a stretch", [=] { return measure().stall; });
}

void addStall(Row &row, const Measure &measure)
{
    row.atMost(50);
    row.measure("GUI thread at a stretch", [=] { return measure().stall; });
    row.measure("GUI thread, of 3 s", [=] { return measure().busy; });
}

struct Arrangement
{
    std::string name;
    MakeWindow make;
};

} // namespace

void addWindow(std::deque<Table> &tables)
{
    Table &delays = tables.emplace_back("The window of 100 000 recorders, 3 metrics each", "ms");
    add(delays.row("first paint").atMost(1000), [] { return firstPaint(false); });
    add(delays.row("all are shown"), [] { return firstPaint(true); });
    for (const Arrangement &what : { Arrangement{ "tree", tree }, { "table", table } }) {
        const MakeWindow make = what.make;
        add(delays.row("the first key of a search, " + what.name).atMost(50),
            [make] { return firstKey(make); });
        add(delays.row("another key, " + what.name).atMost(50),
            [make] { return anotherKey(make); });
        add(delays.row("a page down, " + what.name).atMost(50), [make] { return scrolling(make); });
    }

    Table &updates = tables.emplace_back("The same while 1 % changes at 10 Hz", "ms");
    for (const Arrangement &what : { Arrangement{ "tree", tree },
                                     { "tree, sorted by rate", sortedTree },
                                     { "tree, searched", searchedTree },
                                     { "table", table },
                                     { "table, sorted by value", sortedTable } }) {
        const MakeWindow make = what.make;
        addStall(updates.row(what.name), [make] { return live(make); });
    }
}

} // namespace Benchmarks
