// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "processfigures.h"
#include "subject.h"
#include "tables.h"
#include "views.h"

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <algorithm>
#include <cstdio>
#include <iterator>

namespace Benchmarks {

namespace {

// The median of what updates take, of fewer where each takes long.
template <typename Model, typename View>
double updates(Size size, int changed, qsizetype maxUpdateSize)
{
    Subject<Model> subject(scaled(size));
    subject.warmUp(Effort::scaled(changed), maxUpdateSize);
    View view(subject.model());
    QCoreApplication::processEvents();

    std::vector<double> samples;
    const std::size_t enough = size.recorders < million.recorders ? 25 : 3;
    while (samples.size() < enough) {
        const std::vector<double> parts = subject.updatesAfterChange(Effort::scaled(changed));
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
    measure("tree, no view", updates<SnapshotModel, NoView>);
    measure("tree, QTreeView", updates<SnapshotModel, CollapsedTree>);
    measure("tree, QTreeView, all recorders expanded", updates<SnapshotModel, ExpandedTree>);
    measure("flat, QTableView", updates<SnapshotTableModel, OpenTable>);
}

// Of the models alone: what the source's strings take, they share.
template <typename Model>
double bytesPerMetric(bool isFiltered)
{
    const Size size = scaled(million);
    Subject<Model> subject(size);
    Recorders::SnapshotFilterModel filter;
    const double before = residentMegabytes();
    subject.updateInParts();
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
    addUpdatesOf(times.row("1000 changed of 100 000 metrics, all at once").atMost(2),
                 hundredThousand, 1000, notCut);
    addUpdatesOf(times.row("1000 changed of 1 000 000 metrics, all at once").atMost(5), million,
                 1000, notCut);
    addUpdatesOf(times.row("10 000 changed of 1 000 000 metrics, each of the updates").atMost(5),
                 million, 10'000, asCutByARuntime);
    addUpdatesOf(times.row("10 000 changed of 1 000 000 metrics, all at once").atMost(5), million,
                 10'000, notCut);

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
    memory.row("the model, updated once")
            .atMost(300)
            .measure("tree", figure(0))
            .measure("table", figure(1));
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
