// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <benchmark/benchmark.h>

#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace Benchmarks {

// Returns one figure, in the unit of its table.
using Measurement = std::function<double()>;

// One line of a table: the same work, done by several means.
class Row
{
public:
    struct Column
    {
        std::string name;
        Measurement measurement;
        std::vector<double> figures; // one of each repetition
    };

    explicit Row(std::string name)
        : m_name(std::move(name))
    {
    }

    Row &atMost(double budget);
    Row &atMost(double factor, const std::string &column); // of what that column needs
    Row &atLeast(double budget);
    Row &measure(const std::string &column, Measurement measurement);

    const std::string &name() const { return m_name; }
    std::deque<Column> &columns() { return m_columns; }
    std::string budgetText() const; // empty without one
    bool keepsBudget(double figure) const; // also if the other column was not measured

private:
    enum class Bound { None, AtMost, AtMostOfOther, AtLeast };

    std::string m_name;
    std::deque<Column> m_columns;
    Bound m_bound = Bound::None;
    double m_budget = 0;
    std::string m_other; // the column that the budget is a part of
};

// Figures of one unit. The first column of each row is ours, the others are compared with it.
class Table
{
public:
    Table(std::string title, std::string unit)
        : m_title(std::move(title))
        , m_unit(std::move(unit))
    {
    }

    Row &row(const std::string &name) { return m_rows.emplace_back(name); }

    const std::string &title() const { return m_title; }
    std::deque<Row> &rows() { return m_rows; }
    std::string toMarkdown();

private:
    std::vector<std::string> columnNames();

    std::string m_title;
    std::string m_unit;
    std::deque<Row> m_rows;
};

// Runs all measurements as Google benchmarks called "table/row/column", in random order, and
// prints the tables: the median of the repetitions, and for the others the ratio to us.
class Report : public benchmark::BenchmarkReporter
{
public:
    explicit Report(std::deque<Table> &tables);

    bool ReportContext(const Context &context) override;
    void ReportRuns(const std::vector<Run> &runs) override;
    void Finalize() override;

private:
    std::deque<Table> &m_tables;
};

} // namespace Benchmarks
