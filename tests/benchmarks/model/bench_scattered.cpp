// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "median.h"
#include "milliseconds.h"
#include "scatteredsource.h"
#include "shared/threadclock.h"
#include "tables.h"
#include "views.h"

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QCoreApplication>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace Benchmarks {

namespace {

using Recorders::SnapshotFilterModel;
using Recorders::SnapshotModel;
using Recorders::SnapshotTableModel;

enum class Direction { Coming, Going };
enum class Filtering { None, Unsorted, Sorted };

struct Load
{
    int staying;
    int others;
    Direction direction;
};

// A model of a ScatteredSource and its view, with what is between them.
template <typename Model, typename View, Filtering filtering>
class ScatteredSubject
{
public:
    explicit ScatteredSubject(const Load &load)
        : m_source(load.staying, load.others)
    {
        m_clock.follow();
        QObject::connect(&m_model, &Model::updated, [this] { m_isUpdated = true; });
        m_model.setPaused(true);
        m_model.setSource(&m_source);
        update();
        if constexpr (filtering != Filtering::None) {
            m_filter.setMovesRows(false);
            m_filter.setSourceModel(&m_model);
            if (filtering == Filtering::Sorted)
                m_filter.sort(Model::ValueColumn, Qt::DescendingOrder);
            settle();
            m_view.emplace(m_filter);
        } else {
            m_view.emplace(m_model);
        }
        QCoreApplication::processEvents();
    }

    // Milliseconds of this thread until the view has its new layout.
    double setOthersThere(bool there)
    {
        m_source.setOthersThere(there);
        const auto begin = m_clock.time();
        update();
        if (filtering == Filtering::Sorted) {
            m_filter.setHoldOrder(true); // does not wait until it looks at what is new
            m_filter.setHoldOrder(false);
            settle();
        }
        if constexpr (!std::is_same_v<View, NoView>)
            m_view->executeDelayedItemsLayout();
        const double took = milliseconds(m_clock.time() - begin);
        QCoreApplication::processEvents(); // paints
        return took;
    }

private:
    void update()
    {
        m_isUpdated = false;
        m_model.refresh();
        while (!m_isUpdated)
            QCoreApplication::processEvents();
    }
    void settle()
    {
        while (m_filter.isBusy())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

    ScatteredSource m_source;
    Model m_model;
    SnapshotFilterModel m_filter;
    std::optional<View> m_view;
    Testing::ThreadClock m_clock;
    bool m_isUpdated = false;
};

template <typename Subject>
Measurement updateOf(const Load &load)
{
    return [load] {
        Subject subject({ Effort::scaled(load.staying), Effort::scaled(load.others), {} });
        std::vector<double> samples;
        for (int i = 0; i < 3; ++i) {
            const double coming = subject.setOthersThere(true);
            const double going = subject.setOthersThere(false);
            samples.push_back(load.direction == Direction::Coming ? coming : going);
        }
        return median(samples);
    };
}

void addUpdatesOf(Row &row, const Load &load)
{
    const auto measure = [&]<typename Subject>(const char *column, std::type_identity<Subject>) {
        row.measure(column, updateOf<Subject>(load));
    };
    constexpr auto none = Filtering::None;
    measure("tree, no view", std::type_identity<ScatteredSubject<SnapshotModel, NoView, none>>());
    measure("tree, QTreeView",
            std::type_identity<ScatteredSubject<SnapshotModel, CollapsedTree, none>>());
    measure("tree, QTreeView, all recorders expanded",
            std::type_identity<ScatteredSubject<SnapshotModel, ExpandedTree, none>>());
    measure("table, QTableView",
            std::type_identity<ScatteredSubject<SnapshotTableModel, OpenTable, none>>());
    measure("filter on the tree, QTreeView",
            std::type_identity<
                    ScatteredSubject<SnapshotModel, CollapsedTree, Filtering::Unsorted>>());
    measure("sorting filter on the tree, QTreeView",
            std::type_identity<
                    ScatteredSubject<SnapshotModel, CollapsedTree, Filtering::Sorted>>());
    measure("sorting filter on the table, QTableView",
            std::type_identity<
                    ScatteredSubject<SnapshotTableModel, OpenTable, Filtering::Sorted>>());
}

} // namespace

void addScattered(std::deque<Table> &tables)
{
    constexpr int staying = 100'000;
    Table &table = tables.emplace_back(
            "Recorders that come or go between 100 000 others, in the GUI thread", "ms");
    addUpdatesOf(table.row("1000 come").atMost(50), { staying, 1000, Direction::Coming });
    addUpdatesOf(table.row("1000 go").atMost(50), { staying, 1000, Direction::Going });
    addUpdatesOf(table.row("10 000 come"), { staying, 10'000, Direction::Coming });
    addUpdatesOf(table.row("10 000 go"), { staying, 10'000, Direction::Going });
}

} // namespace Benchmarks
