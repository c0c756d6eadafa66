// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "stocksubject.h"

namespace Benchmarks {

namespace {

QString recorderName(int recorder)
{
    return QStringLiteral("connection-%1").arg(recorder);
}

QString metricName(int metric)
{
    return QStringLiteral("connection.bytes-%1").arg(metric);
}

QStandardItem *newItem(const QString &text = {})
{
    return new QStandardItem(text);
}

} // namespace

StockItems::StockItems(Size size)
{
    m_metrics.reserve(std::size_t(size.metrics()));
}

QList<QStandardItem *> StockItems::newMetric(QList<QStandardItem *> row)
{
    Metric metric{ qint64(m_random() % 1'000'000), newItem(), newItem() };
    metric.valueItem->setData(metric.value, Qt::DisplayRole);
    m_metrics.push_back(metric);
    row << metric.valueItem << newItem(QStringLiteral("By")) << metric.rateItem;
    return row;
}

void StockItems::change(int metrics)
{
    constexpr double perSecond = 10; // of what comes every tenth of one
    for (int i = 0; i < metrics; ++i) {
        Metric &metric = m_metrics[m_random() % m_metrics.size()];
        const qint64 added = qint64(1 + m_random() % 5000);
        metric.value += added;
        metric.valueItem->setData(metric.value, Qt::DisplayRole);
        metric.rateItem->setData(double(added) * perSecond, Qt::DisplayRole);
    }
}

StockTree::StockTree(Size size)
    : StockItems(size)
{
    model().setColumnCount(4);
    for (int i = 0; i < size.recorders; ++i) {
        QStandardItem *recorder = newItem(recorderName(i));
        for (int metric = 0; metric < Size::metricsPerRecorder; ++metric)
            recorder->appendRow(newMetric({ newItem(metricName(metric)) }));
        model().appendRow({ recorder, newItem(), newItem(), newItem() });
    }
}

StockTable::StockTable(Size size)
    : StockItems(size)
{
    for (int i = 0; i < size.recorders; ++i) {
        for (int metric = 0; metric < Size::metricsPerRecorder; ++metric) {
            model().appendRow(newMetric({ newItem(recorderName(i)), newItem(metricName(metric)),
                                          newItem(QStringLiteral("total")) }));
        }
    }
}

} // namespace Benchmarks
