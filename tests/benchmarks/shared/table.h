// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace Benchmarks {

// Returns one figure, in the unit of its table.
using Measurement = std::function<double()>;

// What a measurement returns that cannot be made here: there is no figure then.
inline constexpr double notMeasured = std::numeric_limits<double>::quiet_NaN();

// In which order the columns of a row are measured.
enum class Order {
    Random, // each by itself, among all others of the program
    InBlocks // each once in a block, so that each block has a ratio of ours to each of the others
};

// One line of a table: the same work, done by several means.
class Row
{
public:
    struct Column
    {
        std::string name;
        Measurement measurement;
        std::vector<double> figures; // one of each repetition

        void addFigure(double figure); // unless it is notMeasured
    };

    Row(std::string name, Order order)
        : m_name(std::move(name))
        , m_order(order)
    {
    }

    // Budgets of our figure, of which a row may have several.
    Row &atMost(double limit);
    Row &atMost(double factor, const std::string &column); // of what that column needs
    Row &atLeast(double limit);
    Row &atLeast(double factor, const std::string &column);

    Row &measure(const std::string &column, Measurement measurement);
    void measureBlock(); // all columns, beginning with another one each time

    const std::string &name() const { return m_name; }
    std::deque<Column> &columns() { return m_columns; }
    bool isMeasured() const { return !m_columns.front().figures.empty(); }
    std::string budgetText() const; // empty without one
    std::string cellText(const std::string &column) const; // empty without a figure

private:
    struct Budget
    {
        enum class Kind { AtMost, AtLeast };

        Kind kind = Kind::AtMost;
        double limit = 0;
        std::string other; // the column that the limit is a factor of; empty: it is a figure
    };

    const Column *findColumn(const std::string &name) const;
    std::vector<double> ratiosTo(const Column &other) const;
    bool keeps(const Budget &budget) const; // also if the other column was not measured
    std::string ownText() const;
    std::string comparisonText(const Column &other) const;

    std::string m_name;
    Order m_order;
    std::deque<Column> m_columns;
    std::vector<Budget> m_budgets;
    std::size_t m_blockCount = 0;
};

// Figures of one unit. The first column of each row is ours, the others are compared with it.
class Table
{
public:
    Table(std::string title, std::string unit, Order order = Order::Random)
        : m_title(std::move(title))
        , m_unit(std::move(unit))
        , m_order(order)
    {
    }

    Row &row(const std::string &name) { return m_rows.emplace_back(name, m_order); }

    const std::string &title() const { return m_title; }
    Order order() const { return m_order; }
    std::deque<Row> &rows() { return m_rows; }
    bool isMeasured() const;
    std::string toMarkdown();

private:
    std::vector<std::string> columnNames();

    std::string m_title;
    std::string m_unit;
    Order m_order;
    std::deque<Row> m_rows;
};

// Runs all measurements as Google benchmarks, called "table/row/column", or "table/row" where a
// repetition is a block, in random order, and prints the tables with the medians of the repetitions.
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
