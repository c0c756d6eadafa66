// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "processfigures.h"
#include "subject.h"
#include "tables.h"

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QTableView>
#include <QTreeView>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <memory>

namespace Benchmarks {

namespace {

std::unique_ptr<QTreeView> collapsedTree(QAbstractItemModel &model)
{
    auto view = std::make_unique<QTreeView>();
    view->setUniformRowHeights(true);
    view->setModel(&model);
    view->resize(800, 600);
    view->show();
    return view;
}

std::unique_ptr<QTreeView> expandedTree(QAbstractItemModel &model)
{
    auto view = collapsedTree(model);
    view->expandToDepth(0);
    return view;
}

std::unique_ptr<QTableView> tableView(QAbstractItemModel &model)
{
    auto view = std::make_unique<QTableView>();
    view->setModel(&model);
    view->resize(800, 600);
    view->show();
    return view;
}

struct NoView
{
};

std::unique_ptr<NoView> noView(QAbstractItemModel &)
{
    return {};
}

// The median of what updates take, the first ones left out.
template <typename Model, auto makeView>
double updates(Size size, int changed, qsizetype maxUpdateSize)
{
    Subject<Model> subject(scaled(size));
    subject.update();
    subject.source().setMaxUpdateSize(maxUpdateSize);
    const auto view = makeView(subject.model());
    QCoreApplication::processEvents();

    std::vector<double> samples;
    const int warmUp = 12; // more than a second of the source's time, so that rates are complete
    for (int i = -warmUp; i < Effort::scaled(50) + 3; ++i) {
        const std::vector<double> parts = subject.updatesAfterChange(Effort::scaled(changed));
        if (i >= 0)
            samples.insert(samples.end(), parts.begin(), parts.end());
        QCoreApplication::processEvents(); // paints
    }
    return median(samples);
}

template <typename Model>
double build(Size size)
{
    Subject<Model> subject(scaled(size));
    return subject.update();
}

using Recorders::SnapshotModel;
using Recorders::SnapshotTableModel;

void addUpdatesOf(Row &row, Size size, int changed, qsizetype maxUpdateSize)
{
    const auto measure = [&](const char *column, auto function) {
        row.measure(column, [=] { return function(size, changed, maxUpdateSize); });
    };
    measure("tree, no view", updates<SnapshotModel, noView>);
    measure("tree, QTreeView", updates<SnapshotModel, collapsedTree>);
    measure("tree, QTreeView, all recorders expanded", updates<SnapshotModel, expandedTree>);
    measure("flat, QTableView", updates<SnapshotTableModel, tableView>);
}

// Of the models alone: what the source's strings take, they share.
template <typename Model>
double bytesPerMetric(bool isFiltered)
{
    const Size size = scaled(million);
    Subject<Model> subject(size);
    Recorders::SnapshotFilterModel filter;
    const double before = residentMegabytes();
    subject.update();
    const double unfiltered = residentMegabytes();
    if (isFiltered) {
        filter.setSourceModel(&subject.model());
        filter.setFilterText(QStringLiteral("bytes")); // in all of them
        while (filter.isBusy())
            QCoreApplication::processEvents();
    }
    const double megabytes = isFiltered ? residentMegabytes() - unfiltered : unfiltered - before;
    return megabytes * 1e6 / size.metrics();
}

struct MemoryFigure
{
    const char *argument;
    double (*measure)();
};

constexpr MemoryFigure memoryFigures[] = {
    { "--memory=tree",
      [] {
          return bytesPerMetric<SnapshotModel>(false);
      } },
    { "--memory=table",
      [] {
          return bytesPerMetric<SnapshotTableModel>(false);
      } },
    { "--memory=filtered-tree",
      [] {
          return bytesPerMetric<SnapshotModel>(true);
      } },
    { "--memory=filtered-table",
      [] {
          return bytesPerMetric<SnapshotTableModel>(true);
      } },
};

} // namespace

void addUpdates(std::deque<Table> &tables)
{
    Table &times = tables.emplace_back("An update in the GUI thread", "ms");
    addUpdatesOf(times.row("1000 changed of 100 000 metrics, each of the updates").atMost(2),
                 hundredThousand, 1000, asCutByARuntime);
    addUpdatesOf(times.row("1000 changed of 100 000 metrics, all at once"), hundredThousand, 1000,
                 notCut);
    addUpdatesOf(times.row("1000 changed of 1 000 000 metrics, all at once").atMost(5), million,
                 1000, notCut);
    addUpdatesOf(times.row("10 000 changed of 1 000 000 metrics, each of the updates").atMost(5),
                 million, 10'000, asCutByARuntime);
    addUpdatesOf(times.row("10 000 changed of 1 000 000 metrics, all at once"), million, 10'000,
                 notCut);

    Table &builds = tables.emplace_back("From nothing to everything", "ms");
    builds.row("100 000 metrics").measure("tree", [] {
        return build<SnapshotModel>(hundredThousand);
    });
    builds.row("1 000 000 metrics").measure("tree", [] { return build<SnapshotModel>(million); });

    Table &memory = tables.emplace_back("Memory of 1 000 000 metrics", "bytes each");
    const auto figure = [](int i) {
        return [i] {
            return figureOfFreshProcess(memoryFigures[i].argument);
        };
    };
    memory.row("the model, updated once").measure("tree", figure(0)).measure("table", figure(1));
    memory.row("a search, in addition").measure("tree", figure(2)).measure("table", figure(3));
}

bool printMemory(const std::string &argument)
{
    const auto figure = std::find_if(std::begin(memoryFigures), std::end(memoryFigures),
                                     [&](const auto &other) { return other.argument == argument; });
    if (figure == std::end(memoryFigures))
        return false;
    std::printf("%f\n", figure->measure());
    return true;
}

} // namespace Benchmarks
