// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "subject.h"

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QTableView>
#include <QTreeView>

#include <algorithm>
#include <thread>

namespace Benchmarks {

// What a search or a new order takes: until its rows are shown, and how much of that the GUI thread
// was not free, in all and at a stretch.
struct Delay
{
    double untilShown = 0;
    double busy = 0;
    double stall = 0;
};

// A table of all rows, sorted by their values.
struct FilteredTable
{
    using Model = Recorders::SnapshotTableModel;
    using View = QTableView;
    static constexpr int sortColumn = Model::ValueColumn;

    static void setUp(View &) { }
};

// A tree with all recorders collapsed but some, sorted by rates: recorders have no other number that
// changes.
template <int expanded>
struct FilteredTree
{
    using Model = Recorders::SnapshotModel;
    using View = QTreeView;
    static constexpr int sortColumn = Model::RateColumn;

    static void setUp(View &view)
    {
        view.setUniformRowHeights(true);
        for (int row = 0; row < std::min(expanded, view.model()->rowCount()); ++row)
            view.expand(view.model()->index(row, 0));
    }
};

// A SnapshotFilterModel between a model and a view.
template <typename Kind>
class FilterSubject
{
public:
    explicit FilterSubject(Size size)
        : m_subject(scaled(size))
    {
        m_subject.update();
        filter.setMovesRows(false);
        filter.setSourceModel(&m_subject.model());
        m_view.setModel(&filter);
        Kind::setUp(m_view);
        m_view.resize(800, 600);
        m_view.show();
        QCoreApplication::processEvents();
    }

    std::vector<double> updatesAfterChange(int metrics)
    {
        m_subject.source().setMaxUpdateSize(asCutByARuntime);
        return m_subject.updatesAfterChange(metrics);
    }

    // From asking until what was asked for is shown and painted.
    template <typename Ask>
    Delay measure(Ask ask)
    {
        Delay delay;
        const Clock::time_point begin = Clock::now();
        const auto work = [&delay](auto function) {
            const Clock::time_point since = Clock::now();
            function();
            const double took = milliseconds(Clock::now() - since);
            delay.busy += took;
            delay.stall = std::max(delay.stall, took);
        };
        work(ask);
        while (filter.isBusy()) {
            std::this_thread::sleep_for(std::chrono::microseconds(200)); // would wait for events
            work([] { QCoreApplication::processEvents(); });
        }
        work([] { QCoreApplication::processEvents(); }); // the view's layout and painting
        delay.untilShown = milliseconds(Clock::now() - begin);
        return delay;
    }

    Recorders::SnapshotFilterModel filter;

private:
    Subject<typename Kind::Model> m_subject;
    typename Kind::View m_view;
};

} // namespace Benchmarks
