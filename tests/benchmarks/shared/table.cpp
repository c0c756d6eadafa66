// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace Benchmarks {

namespace {

double medianOf(std::vector<double> figures)
{
    const auto middle = figures.begin() + std::ptrdiff_t(figures.size() / 2);
    std::nth_element(figures.begin(), middle, figures.end());
    return *middle;
}

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

std::string benchmarkName(const Table &table, const Row &row, const Row::Column &column)
{
    return table.title() + '/' + row.name() + '/' + column.name;
}

} // namespace

Row &Row::atMost(double budget)
{
    m_bound = Bound::AtMost;
    m_budget = budget;
    return *this;
}

Row &Row::atMost(double factor, const std::string &column)
{
    m_bound = Bound::AtMostOfOther;
    m_budget = factor;
    m_other = column;
    return *this;
}

Row &Row::atLeast(double budget)
{
    m_bound = Bound::AtLeast;
    m_budget = budget;
    return *this;
}

Row &Row::measure(const std::string &column, Measurement measurement)
{
    m_columns.push_back({ column, std::move(measurement), {} });
    return *this;
}

std::string Row::budgetText() const
{
    switch (m_bound) {
    case Bound::AtMost:
        return "at most " + numberText(m_budget);
    case Bound::AtMostOfOther:
        return "at most " + numberText(m_budget) + " × " + m_other;
    case Bound::AtLeast:
        return "at least " + numberText(m_budget);
    case Bound::None:
        break;
    }
    return {};
}

bool Row::keepsBudget(double figure) const
{
    switch (m_bound) {
    case Bound::AtMost:
        return figure <= m_budget;
    case Bound::AtMostOfOther: {
        const auto isOther = [this](const Column &column) {
            return column.name == m_other;
        };
        const auto other = std::find_if(m_columns.begin(), m_columns.end(), isOther);
        return other != m_columns.end()
                && (other->figures.empty() || figure <= m_budget * medianOf(other->figures));
    }
    case Bound::AtLeast:
        return figure >= m_budget;
    case Bound::None:
        break;
    }
    return true;
}

// In the order in which the rows name them.
std::vector<std::string> Table::columnNames()
{
    std::vector<std::string> names;
    for (Row &row : m_rows) {
        for (const Row::Column &column : row.columns()) {
            if (std::find(names.begin(), names.end(), column.name) == names.end())
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

    for (Row &row : m_rows) {
        const std::vector<double> &ours = row.columns().front().figures;
        if (ours.empty())
            continue; // left out by --benchmark_filter
        const double median = medianOf(ours);
        text += "| " + row.name() + " | " + row.budgetText() + " |";
        for (const std::string &name : names) {
            const auto column =
                    std::find_if(row.columns().begin(), row.columns().end(),
                                 [&name](const Row::Column &each) { return each.name == name; });
            if (column == row.columns().end() || column->figures.empty())
                text += " |";
            else if (column == row.columns().begin())
                text += " **" + numberText(median) + "** (" + spreadText(ours) + ")"
                        + (row.keepsBudget(median) ? " |" : " over budget |");
            else
                text += ' ' + numberText(medianOf(column->figures)) + " (×"
                        + numberText(medianOf(column->figures) / median) + ") |";
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
            for (Row::Column &column : row.columns()) {
                benchmark::RegisterBenchmark(benchmarkName(table, row, column).c_str(),
                                             [&column](benchmark::State &state) {
                                                 double figure = 0;
                                                 for ([[maybe_unused]] auto _ : state)
                                                     figure = column.measurement();
                                                 state.counters["figure"] = figure;
                                                 column.figures.push_back(figure);
                                             })
                        ->Iterations(1)
                        ->UseRealTime();
            }
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
    for (Table &table : m_tables) {
        const bool isMeasured = std::any_of(table.rows().begin(), table.rows().end(), [](Row &row) {
            return !row.columns().front().figures.empty();
        });
        if (isMeasured)
            std::cout << table.toMarkdown() << '\n';
    }
}

} // namespace Benchmarks
