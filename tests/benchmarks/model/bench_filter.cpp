// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "filtersubject.h"
#include "tables.h"

#include <QSortFilterProxyModel>

#include <string>

namespace Benchmarks {

namespace {

using Figure = double Delay::*;

double medianOf(const std::vector<Delay> &delays, Figure figure)
{
    std::vector<double> samples;
    for (const Delay &delay : delays)
        samples.push_back(delay.*figure);
    return median(std::move(samples));
}

// ---- What is measured

template <typename Kind>
std::vector<Delay> firstKey(Size size)
{
    FilterSubject<Kind> subject(size);
    return { subject.measure([&] { subject.filter.setFilterText(QStringLiteral("7")); }) };
}

template <typename Kind>
std::vector<Delay> searches(Size size, const QStringList &texts)
{
    FilterSubject<Kind> subject(size);
    std::vector<Delay> delays;
    for (const QString &text : texts)
        delays.push_back(subject.measure([&] { subject.filter.setFilterText(text); }));
    delays.erase(delays.begin()); // reads all rows
    return delays;
}

template <typename Kind>
std::vector<Delay> anotherKey(Size size)
{
    return searches<Kind>(size,
                          { QStringLiteral("by"), QStringLiteral("byt"), QStringLiteral("byte"),
                            QStringLiteral("bytes-"), QStringLiteral("bytes-7"),
                            QStringLiteral("bytes-7 4") });
}

template <typename Kind>
std::vector<Delay> expression(Size size)
{
    return searches<Kind>(size,
                          { QStringLiteral("/a/"), QStringLiteral("/7$/"),
                            QStringLiteral("/n-[0-9]7/"), QStringLiteral("/(1|2)2/"),
                            QStringLiteral("/bytes-[135]/") });
}

template <typename Kind>
std::vector<Delay> sorting(Size size)
{
    FilterSubject<Kind> subject(size);
    std::vector<Delay> delays;
    for (int i = 0; i < 5; ++i) {
        const auto order = i % 2 ? Qt::AscendingOrder : Qt::DescendingOrder;
        delays.push_back(subject.measure([&] { subject.filter.sort(Kind::sortColumn, order); }));
    }
    delays.erase(delays.begin());
    return delays;
}

// After an update that changes one metric of a hundred; without the time until it is looked at.
template <typename Kind>
std::vector<Delay> sortingAgain(Size size)
{
    FilterSubject<Kind> subject(size);
    subject.measure([&] { subject.filter.sort(Kind::sortColumn, Qt::DescendingOrder); });
    std::vector<Delay> delays;
    for (int i = 0; i < 5; ++i) {
        subject.filter.setHoldOrder(true);
        subject.updatesAfterChange(scaled(size).metrics() / 100);
        QCoreApplication::processEvents();
        delays.push_back(subject.measure([&] { subject.filter.setHoldOrder(false); }));
    }
    return delays;
}

double proxySearch(Size size)
{
    Subject<Recorders::SnapshotTableModel> subject(scaled(size));
    subject.update();
    QSortFilterProxyModel proxy;
    proxy.setFilterKeyColumn(-1);
    proxy.setSourceModel(&subject.model());
    QTableView view;
    view.setModel(&proxy);
    view.show();
    std::vector<double> samples;
    for (const char *text : { "by", "byt", "bytes" }) {
        const Clock::time_point begin = Clock::now();
        proxy.setFilterFixedString(QString::fromLatin1(text));
        QCoreApplication::processEvents();
        samples.push_back(milliseconds(Clock::now() - begin));
    }
    return median(std::move(samples));
}

// Each of the updates of the source, as long as the GUI thread takes to tell the view.
template <typename Kind>
double update(Size size, int changed, int sortColumn)
{
    FilterSubject<Kind> subject(size);
    subject.filter.sort(sortColumn, Qt::DescendingOrder);
    std::vector<double> samples;
    const int warmUp = 12; // more than a second of the source's time, so that rates are complete
    for (int i = -warmUp; i < Effort::scaled(50) + 3; ++i) {
        while (subject.filter.isBusy())
            QCoreApplication::processEvents();
        const std::vector<double> parts = subject.updatesAfterChange(Effort::scaled(changed));
        if (i >= 0)
            samples.insert(samples.end(), parts.begin(), parts.end());
        QCoreApplication::processEvents(); // paints
    }
    return median(std::move(samples));
}

// ---- Tables

using Measure = std::vector<Delay> (*)(Size);

void addDelays(Table &table, const std::string &what, Size size, Measure measure, double budget)
{
    Row &row = table.row(what);
    if (budget > 0)
        row.atMost(budget);
    const auto add = [&](const char *column, Figure figure) {
        row.measure(column, [=] { return medianOf(measure(size), figure); });
    };
    add("until shown", &Delay::untilShown);
    add("GUI thread", &Delay::busy);
    add("GUI thread at a stretch", &Delay::stall);
}

template <typename Kind>
void addSearchesOf(Table &table, const std::string &rows, Size size, double budget)
{
    addDelays(table, "the first key of a search, " + rows, size, firstKey<Kind>, budget);
    addDelays(table, "another key, " + rows, size, anotherKey<Kind>, budget);
    addDelays(table, "a regular expression, " + rows, size, expression<Kind>, budget);
    addDelays(table, "sort, " + rows, size, sorting<Kind>, 0);
    addDelays(table, "sort again, 1 % changed, " + rows, size, sortingAgain<Kind>, 0);
}

void addSearches(Table &table, const std::string &metrics, Size size, double budget)
{
    addSearchesOf<FilteredTable>(table, "table of " + metrics, size, budget);
    addSearchesOf<FilteredTree<0>>(table, "tree of " + metrics + ", collapsed", size, budget);
    addSearchesOf<FilteredTree<200>>(table, "tree of " + metrics + ", 200 recorders expanded", size,
                                     budget);
    table.row("QSortFilterProxyModel, another key, table of " + metrics)
            .measure("until shown", [=] { return proxySearch(size); });
}

void addUpdatesOf(Table &table, const std::string &name, Size size, int changed, double budget)
{
    constexpr int unsorted = -1;
    const auto add = [&](const char *column, auto measure, int sortColumn) {
        table.rows().back().measure(column, [=] { return measure(size, changed, sortColumn); });
    };
    table.row(name).atMost(budget);
    add("table", update<FilteredTable>, unsorted);
    add("table, sorted", update<FilteredTable>, FilteredTable::sortColumn);
    add("tree", update<FilteredTree<0>>, unsorted);
    add("tree, 200 expanded", update<FilteredTree<200>>, unsorted);
    add("tree, 200 expanded, sorted", update<FilteredTree<200>>, FilteredTree<200>::sortColumn);
}

} // namespace

void addFilter(std::deque<Table> &tables)
{
    Table &times = tables.emplace_back("A search among rows", "ms");
    addSearches(times, "100 000 metrics", hundredThousand, 50);
    addSearches(times, "1 000 000 metrics", million, 250);

    Table &updates = tables.emplace_back("Each update in the GUI thread, through a filter", "ms");
    addUpdatesOf(updates, "1000 changed of 100 000 metrics", hundredThousand, 1000, 2);
    addUpdatesOf(updates, "1000 changed of 1 000 000 metrics", million, 1000, 5);
    addUpdatesOf(updates, "10 000 changed of 1 000 000 metrics", million, 10'000, 5);
}

} // namespace Benchmarks
