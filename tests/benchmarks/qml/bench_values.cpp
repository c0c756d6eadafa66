// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "median.h"
#include "tables.h"
#include "valuerows.h"

#include <algorithm>

namespace Benchmarks {

namespace {

using namespace std::chrono_literals;

constexpr int thousand = 1000;

// The median of what updates take, the first ones left out: until rates are complete, and what QML
// evaluates often is compiled.
template <typename Rows>
double updates(Bound bound, int changed)
{
    Rows rows(Effort::scaled(thousand), bound);
    std::vector<double> samples;
    const int warmUp = 12;
    for (int i = -warmUp; i < Effort::scaled(50) + 3; ++i) {
        const double sample = rows.update(Effort::scaled(changed));
        if (i >= 0)
            samples.push_back(sample);
    }
    return median(samples);
}

void addUpdatesOf(Row &row, Bound bound, int changed)
{
    row.measure("MetricValue", [=] { return updates<MetricRows>(bound, changed); });
    row.measure("property of a QObject", [=] { return updates<PlainRows>(bound, changed); });
}

// Of a tenth of the values, which all change, as do the others.
double updatesBeside(int others)
{
    const int count = Effort::scaled(thousand / 10);
    MetricRows rows(count, Bound::Text, others);
    std::vector<double> samples;
    for (int i = 0; i < Effort::scaled(50) + 3; ++i)
        samples.push_back(rows.update(count + others));
    return median(samples);
}

// After updates, and when the rates that they made have come to rest.
MetricRows::Idling idle(int count)
{
    MetricRows rows(Effort::scaled(count), Bound::CountedText);
    for (int i = 0; i < 3; ++i)
        rows.update(Effort::scaled(count));
    rows.idle(std::chrono::milliseconds(Effort::scaled(1500)));
    return rows.idle(std::chrono::milliseconds(Effort::scaled(1000)));
}

} // namespace

void addValues(std::deque<Table> &tables)
{
    Table &times =
            tables.emplace_back("1000 values bound in QML, an update in the GUI thread", "ms");
    addUpdatesOf(times.row("all change, text").atMost(2), Bound::Text, thousand);
    addUpdatesOf(times.row("all change, text, value, rate and its text"), Bound::TextValueAndRate,
                 thousand);
    addUpdatesOf(times.row("10 change, text"), Bound::Text, 10);

    Table &some = tables.emplace_back(
            "100 of many values bound in QML, an update in the GUI thread", "ms");
    some.row("all change")
            .measure("of 100", [] { return updatesBeside(0); })
            .measure("of 10 000", [] { return updatesBeside(Effort::scaled(9900)); });

    Table &still = tables.emplace_back("Values bound in QML that stand still", "as named");
    still.row("binding evaluations in a second").atMost(0).measure("1000 values", [] {
        return idle(thousand).evaluations;
    });
    still.row("a look at the source, µs")
            .measure("1000 values", [] { return idle(thousand).microsecondsPerLook; })
            .measure("1 value", [] { return idle(1).microsecondsPerLook; });
}

} // namespace Benchmarks
