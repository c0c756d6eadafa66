// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "listwindow.h"
#include "subject.h"
#include "tables.h"

#include <recorders/model/snapshottablemodel.h>

#include <string>
#include <vector>

namespace Benchmarks {

namespace {

struct NoView
{
    explicit NoView(QAbstractItemModel &) { }
};

// The median of what updates take.
template <typename View>
double updates(Size size, int changed)
{
    Subject<Recorders::SnapshotTableModel> subject(scaled(size));
    subject.warmUp(Effort::scaled(changed), asCutByARuntime);
    const View view(subject.model());

    std::vector<double> samples;
    while (samples.size() < 25) {
        const std::vector<double> parts = subject.updatesAfterChange(Effort::scaled(changed));
        samples.insert(samples.end(), parts.begin(), parts.end());
        QCoreApplication::processEvents(); // paints
    }
    return median(std::move(samples));
}

void addUpdatesOf(Row &row, Size size, int changed)
{
    row.measure("ListView", [=] { return updates<ListWindow>(size, changed); });
    row.measure("no view", [=] { return updates<NoView>(size, changed); });
}

} // namespace

void addLists(std::deque<Table> &tables)
{
    Table &times =
            tables.emplace_back("An update of a model with a ListView, in the GUI thread", "ms");
    addUpdatesOf(times.row("1000 changed of 100 000 metrics, each of the updates").atMost(2),
                 hundredThousand, 1000);
    addUpdatesOf(times.row("10 000 changed of 1 000 000 metrics, each of the updates").atMost(5),
                 million, 10'000);
}

} // namespace Benchmarks
