// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "stocksubject.h"
#include "subject.h"
#include "tables.h"
#include "views.h"
#include "workof.h"

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QSortFilterProxyModel>

#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace Benchmarks {

namespace {

using Recorders::SnapshotModel;
using Recorders::SnapshotTableModel;

// Lets a view do everything but paint, which it does in the end.
class PaintStop
{
public:
    explicit PaintStop(QWidget *view)
        : m_view(view)
    {
        view->setUpdatesEnabled(false);
    }
    ~PaintStop()
    {
        m_view->setUpdatesEnabled(true);
        QCoreApplication::processEvents();
    }

    PaintStop(const PaintStop &) = delete;
    PaintStop &operator=(const PaintStop &) = delete;

private:
    QWidget *m_view;
};

double total(const std::vector<double> &parts)
{
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

// What changes. Where all of that would take a stock model too long, it changes a part.
struct Load
{
    Size size;
    int changed;
    int stockPart = 1; // one in so many
};

Load scaled(const Load &load)
{
    return { scaled(load.size), Effort::scaled(load.changed), load.stockPart };
}

// ---- What is compared. An update is what it takes the GUI thread, all parts together, and the new
// ---- layout of the view if it wants one, but no painting.

template <typename Model, typename View>
class OwnModel
{
public:
    explicit OwnModel(const Load &load)
        : m_subject(load.size)
    {
        m_subject.warmUp(load.changed, asCutByARuntime);
        m_view.emplace(m_subject.model());
        QCoreApplication::processEvents();
    }

    double update(const Load &load)
    {
        const PaintStop stop(&*m_view);
        return total(m_subject.updatesAfterChange(load.changed))
                + workOf([this] { m_view->executeDelayedItemsLayout(); });
    }

private:
    Subject<Model> m_subject;
    std::optional<View> m_view;
};

// Sorted by values, again after each update; without the time until it is looked at.
template <typename Model, typename View>
class OwnSortedModel
{
public:
    explicit OwnSortedModel(const Load &load)
        : m_subject(load.size)
    {
        m_subject.warmUp(load.changed, asCutByARuntime);
        m_filter.setMovesRows(false);
        m_filter.setSourceModel(&m_subject.model());
        m_filter.sort(Model::ValueColumn);
        waitForOrder();
        m_view.emplace(m_filter);
        QCoreApplication::processEvents();
    }

    double update(const Load &load)
    {
        const PaintStop stop(&*m_view);
        m_filter.setHoldOrder(true);
        return total(m_subject.updatesAfterChange(load.changed)) + workOf([this] {
                   m_filter.setHoldOrder(false);
                   waitForOrder();
                   m_view->executeDelayedItemsLayout();
               });
    }

private:
    void waitForOrder()
    {
        while (m_filter.isBusy())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    Subject<Model> m_subject;
    Recorders::SnapshotFilterModel m_filter;
    std::optional<View> m_view;
};

template <typename Items, typename View>
class StockModel
{
public:
    explicit StockModel(const Load &load)
        : m_items(load.size)
        , m_view(m_items.model())
    {
        QCoreApplication::processEvents();
    }

    double update(const Load &load)
    {
        const PaintStop stop(&m_view);
        return workOf([&] {
            m_items.change(load.changed);
            m_view.executeDelayedItemsLayout();
        });
    }

private:
    Items m_items;
    View m_view;
};

template <typename Items, typename View>
class StockSortedModel
{
public:
    explicit StockSortedModel(const Load &load)
        : m_items(load.size)
    {
        m_proxy.setSourceModel(&m_items.model());
        m_proxy.setDynamicSortFilter(true);
        m_proxy.sort(Items::valueColumn);
        m_view.emplace(m_proxy);
        QCoreApplication::processEvents();
    }

    // The view's layout comes once, however many have changed.
    double update(const Load &load)
    {
        const PaintStop stop(&*m_view);
        const double changes = workOf([&] { m_items.change(load.changed / load.stockPart); });
        return changes * load.stockPart + workOf([&] { m_view->executeDelayedItemsLayout(); });
    }

private:
    Items m_items;
    QSortFilterProxyModel m_proxy;
    std::optional<View> m_view;
};

template <typename Stack>
Measurement updateOf(const Load &load)
{
    return [load] {
        return Stack(scaled(load)).update(scaled(load));
    };
}

// Of a run, where making what is measured takes many seconds.
Measurement once(const Measurement &measurement)
{
    return [measurement, figure = std::make_shared<std::optional<double>>()] {
        if (!*figure)
            *figure = measurement();
        return **figure;
    };
}

// ---- The table

constexpr char stockSorted[] = "stock, sorted";
constexpr char stockSortedPart[] = "stock, sorted, 10 × a tenth of the changes";

template <typename Model, typename Items, typename View>
void addUpdatesOf(Row &row, const Load &load)
{
    row.measure("Recorders, not sorted", updateOf<OwnModel<Model, View>>(load));
    row.measure("Recorders, sorted", updateOf<OwnSortedModel<Model, View>>(load));
    const Measurement stock = updateOf<StockSortedModel<Items, View>>(load);
    if (load.stockPart == 1) {
        row.atMost(0.1, stockSorted).measure(stockSorted, stock);
        row.measure("stock, not sorted", updateOf<StockModel<Items, View>>(load));
    } else {
        row.atMost(0.1, stockSortedPart).measure(stockSortedPart, once(stock));
    }
}

void addUpdatesOf(Table &table, const std::string &changes, const Load &load)
{
    addUpdatesOf<SnapshotModel, StockTree, ExpandedTree>(
            table.row(changes + ", tree, all expanded"), load);
    addUpdatesOf<SnapshotTableModel, StockTable, OpenTable>(table.row(changes + ", table"), load);
}

} // namespace

void addStock(std::deque<Table> &tables)
{
    Table &table = tables.emplace_back("An update in the GUI thread beside the stock models", "ms",
                                       Order::InBlocks);
    addUpdatesOf(table, "1000 changed of 100 000 metrics", { hundredThousand, 1000 });
    addUpdatesOf(table, "10 000 changed of 1 000 000 metrics", { million, 10'000, 10 });
}

} // namespace Benchmarks
