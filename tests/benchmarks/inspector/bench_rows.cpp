// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "crowd.h"
#include "effort.h"
#include "milliseconds.h"
#include "rowcrowd.h"
#include "stocksubject.h"
#include "tables.h"
#include "windowsubject.h"
#include "workof.h"

#include <QCoreApplication>
#include <QSortFilterProxyModel>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace Benchmarks {

namespace {

constexpr int treeRateColumn = 3;
constexpr int tableValueColumn = 3;
constexpr int noColumn = -1;

// How the rows are shown.
enum class Rows { Collapsed, Expanded, SortedTree, AllExpanded, SortedAll, Table, SortedTable };

// What a change of one metric in a hundred takes the GUI thread: of a second, a tenth of the work
// and the longest stretch of it.
enum class Figure { Work, Stall };

// What takes a million rows minutes is measured of fewer: a new order of all expanded ones, which stops
// the window for seconds, and the stock models of them.
bool isOfMany(Size size)
{
    return size.recorders > hundredThousand.recorders;
}

using Figures = std::map<std::pair<Rows, Figure>, double>;

// Figures that come of one run, each of them for one repetition.
class WindowFigures
{
public:
    using Run = std::function<void(Figures &)>;

    explicit WindowFigures(Run run)
        : m_run(std::move(run))
    {
    }

    double take(Rows rows, Figure figure)
    {
        if (m_figures.count({ rows, figure }) == 0)
            m_run(m_figures);
        return m_figures.extract({ rows, figure }).mapped();
    }

private:
    const Run m_run;
    Figures m_figures;
};

// ---- The window

class LiveWindow
{
public:
    LiveWindow(Size size, Figures &figures)
        : m_size(size)
        , m_crowd(size)
        , m_window({ m_crowd.runtime(), size.recorders, Size::metricsPerRecorder })
        , m_figures(figures)
    {
        m_window.showAll();
    }

    void measureTree()
    {
        m_window.view()->collapseAll(); // the first ones are not
        measure(Rows::Collapsed);
        m_window.trigger("expand");
        measure(Rows::Expanded);
        m_window.sort(treeRateColumn);
        measure(Rows::SortedTree);
        if (!isOfMany(m_size)) {
            m_window.view()->expandAll();
            measure(Rows::SortedAll);
        }
        m_window.sort(noColumn);
        m_window.view()->expandAll();
        measure(Rows::AllExpanded);
        m_window.view()->collapseAll();
    }

    void measureTable()
    {
        m_window.trigger("table");
        m_window.showAll();
        measure(Rows::Table);
        m_window.sort(tableValueColumn);
        measure(Rows::SortedTable);
    }

private:
    // Rates begin, and come to rest, before anything is measured. That this thread hands over the events
    // is taken off.
    void measure(Rows rows)
    {
        double handingOver = 0;
        const LiveCrowd live([&] {
            handingOver += workOf([this] { m_crowd.change(std::max(m_size.metrics() / 100, 1)); });
        });
        m_window.measureFor(std::chrono::milliseconds(Effort::scaled(1200)));
        handingOver = 0;
        const Delay delay =
                m_window.measureFor(std::chrono::milliseconds(Effort::scaled(1400) + 100));
        const double changes = delay.untilShown / milliseconds(LiveCrowd::interval);
        m_figures[{ rows, Figure::Work }] = (delay.busy - handingOver) / changes;
        m_figures[{ rows, Figure::Stall }] = delay.stall;
    }

    const Size m_size;
    RowCrowd m_crowd;
    WindowSubject m_window;
    Figures &m_figures;
};

void measureWindow(Size size, Figures &figures)
{
    LiveWindow window(size, figures);
    window.measureTree();
    window.measureTable();
}

// ---- What Qt has for it, sorted by values

template <typename Items>
class StockView
{
public:
    StockView(Size size, bool isExpanded)
        : m_items(size)
    {
        m_proxy.setSourceModel(&m_items.model());
        m_proxy.sort(Items::valueColumn);
        m_view.setUniformRowHeights(true);
        m_view.setModel(&m_proxy);
        m_view.resize(800, 600);
        if (isExpanded)
            m_view.expandAll();
        m_view.show();
        QCoreApplication::processEvents();
    }

    // Where all changes would take too long, one in so many is made, and counts as often.
    double update(int changed, int part)
    {
        const int made = std::max(changed / part, 1);
        return workOf([&] { m_items.change(made); }) * changed / made
                + workOf([] { QCoreApplication::processEvents(); });
    }

private:
    Items m_items;
    QSortFilterProxyModel m_proxy;
    QTreeView m_view;
};

// One in so many of the changes is made.
double stockUpdate(Rows rows, Size size, int part)
{
    const int changed = std::max(size.metrics() / 100, 1);
    if (rows == Rows::Table)
        return StockView<StockTable>(size, false).update(changed, part);
    return StockView<StockTree>(size, rows != Rows::Collapsed).update(changed, part);
}

// Of a run, where making what is measured takes many seconds.
Measurement stockOnce(Rows rows, Size size, int part)
{
    return [=, figure = std::make_shared<std::optional<double>>()] {
        if (!*figure)
            *figure = stockUpdate(rows, scaled(size), part);
        return **figure;
    };
}

// ---- The tables

constexpr char stockSorted[] = "stock, sorted";

struct Load
{
    std::string metrics;
    Size size;
    double budget;
    int stockPart;
};

struct Arrangement
{
    std::string name;
    Rows rows;
    std::optional<Rows> stock; // with which it is compared
};

const std::array arrangements{
    Arrangement{ "tree, collapsed", Rows::Collapsed, Rows::Collapsed },
    Arrangement{ "tree, expanded in sight", Rows::Expanded, {} },
    Arrangement{ "tree, expanded in sight, sorted by rate", Rows::SortedTree, {} },
    Arrangement{ "tree, all expanded", Rows::AllExpanded, Rows::AllExpanded },
    Arrangement{ "tree, all expanded, sorted by rate", Rows::SortedAll, Rows::AllExpanded },
    Arrangement{ "table", Rows::Table, Rows::Table },
    Arrangement{ "table, sorted by value", Rows::SortedTable, Rows::Table }
};

void addRowsOf(Table &work, Table &stalls, const Load &load)
{
    const auto figures = std::make_shared<WindowFigures>(
            [size = load.size](Figures &into) { measureWindow(scaled(size), into); });
    std::map<Rows, Measurement> stock;
    for (const Rows rows : { Rows::Collapsed, Rows::AllExpanded, Rows::Table })
        stock[rows] = stockOnce(rows, load.size, load.stockPart);

    for (const auto &[name, rows, stockRows] : arrangements) {
        if (rows == Rows::SortedAll && isOfMany(load.size))
            continue;
        const auto figure = [figures, rows = rows](Figure which) {
            return [=] {
                return figures->take(rows, which);
            };
        };
        Row &row = work.row(name + ", of " + load.metrics).atMost(load.budget);
        row.measure("the window", figure(Figure::Work));
        if (stockRows && (stockRows != Rows::AllExpanded || !isOfMany(load.size)))
            row.atMost(0.05, stockSorted).measure(stockSorted, stock[*stockRows]);
        stalls.row(name + ", of " + load.metrics)
                .atMost(50)
                .measure("the window", figure(Figure::Stall));
    }
}

} // namespace

void addRows(std::deque<Table> &tables)
{
    Table &work = tables.emplace_back(
            "The GUI thread of a window, for each change of 1 % of its metrics", "ms");
    Table &stalls = tables.emplace_back("The same, at a stretch", "ms");
    addRowsOf(work, stalls, { "100 000 metrics", hundredThousand, 2, 10 });
    addRowsOf(work, stalls, { "1 000 000 metrics", million, 5, 100 });
}

} // namespace Benchmarks
