// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "bulksource.h"

#include <QStandardItemModel>

#include <random>
#include <vector>

namespace Benchmarks {

// The same metrics as those of a BulkSource, as one shows them without Recorders: in items, of which
// somebody sets those that change. Their values are numbers, so that they are sorted as such.
class StockItems
{
public:
    QStandardItemModel &model() { return m_model; }
    void change(int metrics); // any of them

protected:
    explicit StockItems(Size size);

    QList<QStandardItem *> newMetric(QList<QStandardItem *> row); // which begins with its names

private:
    struct Metric
    {
        qint64 value;
        QStandardItem *valueItem;
        QStandardItem *rateItem;
    };

    QStandardItemModel m_model;
    std::vector<Metric> m_metrics;
    std::mt19937 m_random{ 20261125 };
};

// Metrics below recorders. Columns as those of a SnapshotModel.
class StockTree : public StockItems
{
public:
    static constexpr int valueColumn = 1;

    explicit StockTree(Size size);
};

// A row for each metric. Columns as those of a SnapshotTableModel.
class StockTable : public StockItems
{
public:
    static constexpr int valueColumn = 3;

    explicit StockTable(Size size);
};

} // namespace Benchmarks
