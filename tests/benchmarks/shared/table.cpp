// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "table.h"

#include "median.h"
#include "processors.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace Benchmarks {

namespace {

// Three digits, and no more behind the point than help.
std::string numberText(double number)
{
    const double size = std::abs(number);
    const int digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : 2;
    char text[32];
    std::snprintf(text, sizeof(text), "%.*f", digits, number);
    return text;
}

std::string spreadText(const std::vector<double> &figures)
{
    const auto [least, most] = std::minmax_element(figures.begin(), figures.end());
    return numberText(*least) + " to " + numberText(*most);
}

// Measures once each repetition: measure() says to Google Benchmark what the figures are.
template <typename Measure>
void registerBenchmark(const std::string &name, Measure measure)
{
    const auto run = [measure](benchmark::State &state) {
        for ([[maybe_unused]] auto _ : state)
            measure(state.counters);
    };
    benchmark::RegisterBenchmark(name.c_str(), run)->Iterations(1)->UseRealTime();
}

void registerBlocks(Row &row, const std::string &name)
{
    registerBenchmark(name, [&row](benchmark::UserCounters &counters) {
        row.measureBlock();
        for (const Row::Column &column : row.columns()) {
            if (!column.figures.empty())
                counters[column.name] = column.figures.back();
        }
    });
}

void registerColumns(Row &row, const std::string &name)
{
    for (Row::Column &column : row.columns()) {
        registerBenchmark(name + '/' + column.name, [&column](benchmark::UserCounters &counters) {
            const double figure = column.measurement();
            column.addFigure(figure);
            counters["figure"] = figure;
        });
    }
}

} // namespace

void Row::Column::addFigure(double figure)
{
    if (!std::isnan(figure))
        figures.push_back(figure);
}

Row &Row::atMost(double limit)
{
    m_budgets.push_back({ Budget::Kind::AtMost, limit, {} });
    return *this;
}

Row &Row::atMost(double factor, const std::string &column)
{
    m_budgets.push_back({ Budget::Kind::AtMost, factor, column });
    return *this;
}

Row &Row::atLeast(double limit)
{
    m_budgets.push_back({ Budget::Kind::AtLeast, limit, {} });
    return *this;
}

Row &Row::atLeast(double factor, const std::string &column)
{
    m_budgets.push_back({ Budget::Kind::AtLeast, factor, column });
    return *this;
}

Row &Row::measure(const std::string &column, Measurement measurement)
{
    m_columns.push_back({ column, std::move(measurement), {} });
    return *this;
}

void Row::measureBlock()
{
    const std::size_t count = m_columns.size();
    for (std::size_t turn = 0; turn < count; ++turn) {
        Column &column = m_columns[(m_blockCount + turn) % count];
        column.addFigure(column.measurement());
    }
    ++m_blockCount;
}

std::string Row::budgetText() const
{
    std::string text;
    for (const Budget &budget : m_budgets) {
        if (!text.empty())
            text += ", ";
        text += budget.kind == Budget::Kind::AtLeast ? "at least " : "at most ";
        text += numberText(budget.limit);
        if (!budget.other.empty())
            text += " × " + budget.other;
    }
    return text;
}

const Row::Column *Row::findColumn(const std::string &name) const
{
    const auto found = std::find_if(m_columns.begin(), m_columns.end(),
                                    [&name](const Column &column) { return column.name == name; });
    return found != m_columns.end() ? &*found : nullptr;
}

// One of each block; or else one in all, since what was measured at other times is no pair.
std::vector<double> Row::ratiosTo(const Column &other) const
{
    const std::vector<double> &ours = m_columns.front().figures;
    if (m_order == Order::Random)
        return { median(ours) / median(other.figures) };
    std::vector<double> ratios;
    for (std::size_t block = 0; block < std::min(ours.size(), other.figures.size()); ++block)
        ratios.push_back(ours[block] / other.figures[block]);
    return ratios;
}

bool Row::keeps(const Budget &budget) const
{
    double figure = median(m_columns.front().figures);
    if (!budget.other.empty()) {
        const Column *other = findColumn(budget.other);
        if (!other || other->figures.empty())
            return true;
        figure = median(ratiosTo(*other));
    }
    return budget.kind == Budget::Kind::AtMost ? figure <= budget.limit : figure >= budget.limit;
}

std::string Row::ownText() const
{
    const std::vector<double> &ours = m_columns.front().figures;
    const bool isKept = std::all_of(m_budgets.begin(), m_budgets.end(),
                                    [this](const Budget &budget) { return keeps(budget); });
    return "**" + numberText(median(ours)) + "** (" + spreadText(ours) + ')'
            + (isKept ? "" : " over budget");
}

std::string Row::comparisonText(const Column &other) const
{
    const std::vector<double> ratios = ratiosTo(other);
    const std::string ratio = m_order == Order::InBlocks
            ? numberText(median(ratios)) + ": " + spreadText(ratios)
            : "×" + numberText(1 / ratios.front());
    return numberText(median(other.figures)) + " (" + ratio + ')';
}

std::string Row::cellText(const std::string &column) const
{
    const Column *found = findColumn(column);
    if (!found || found->figures.empty())
        return {};
    return found == &m_columns.front() ? ownText() : comparisonText(*found);
}

bool Table::isMeasured() const
{
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [](const Row &row) { return row.isMeasured(); });
}

// In the order in which the rows name them, without those that have no figure at all.
std::vector<std::string> Table::columnNames()
{
    std::vector<std::string> names;
    for (Row &row : m_rows) {
        for (const Row::Column &column : row.columns()) {
            const bool isNew = std::find(names.begin(), names.end(), column.name) == names.end();
            if (isNew && !column.figures.empty())
                names.push_back(column.name);
        }
    }
    return names;
}

std::string Table::toMarkdown()
{
    const std::vector<std::string> names = columnNames();
    std::string text = "| " + m_title + ", " + m_unit + " | budget |";
    std::string rule = "| --- | --- |";
    for (const std::string &name : names) {
        text += ' ' + name + " |";
        rule += " ---: |";
    }
    text += '\n' + rule + '\n';

    for (const Row &row : m_rows) {
        if (!row.isMeasured())
            continue; // left out by --benchmark_filter
        text += "| " + row.name() + " | " + row.budgetText() + " |";
        for (const std::string &name : names) {
            const std::string cell = row.cellText(name);
            text += cell.empty() ? " |" : ' ' + cell + " |";
        }
        text += '\n';
    }
    return text;
}

Report::Report(std::deque<Table> &tables)
    : m_tables(tables)
{
    for (Table &table : m_tables) {
        for (Row &row : table.rows()) {
            const std::string name = table.title() + '/' + row.name();
            if (table.order() == Order::InBlocks)
                registerBlocks(row, name);
            else
                registerColumns(row, name);
        }
    }
}

bool Report::ReportContext(const Context &context)
{
    PrintBasicContext(&std::cerr, context);
    return true;
}

// The tables say it all, when all has run. (No measurement ends by an error.)
void Report::ReportRuns(const std::vector<Run> &) { }

void Report::Finalize()
{
    std::cout << processorsText() << "\n\n";
    for (Table &table : m_tables) {
        if (table.isMeasured())
            std::cout << table.toMarkdown() << '\n';
    }
}

} // namespace Benchmarks
