// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/detailpane_p.h"

#include "plot/plotpane_p.h"
#include "plot/seriescolors_p.h"
#include "plot/seriesname_p.h"
#include "plot/timeplot_p.h"
#include "widgets/comparepane_p.h"
#include "widgets/detailfigures_p.h"
#include "widgets/detailheader_p.h"
#include "widgets/detailmeaning_p.h"
#include "widgets/inspectorrows_p.h"
#include "widgets/rowchoice_p.h"
#include "widgets/rowsearch_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QItemSelectionModel>

namespace Recorders::Internal {

// Thousands of selected rows may go one by one.
void DetailPane::reselect()
{
    const auto *const rows = qobject_cast<const InspectorRows *>(m_selection->model());
    if (rows && rows->isLosingRows())
        reselectLater();
    else
        choose();
}

void DetailPane::reselectLater()
{
    if (!m_reselected.isActive())
        m_reselected.start();
}

void DetailPane::choose()
{
    m_reselected.stop();
    if (!m_selection)
        return;
    const RowChoice choice = chooseRows(*m_selection, seriesColorCount);
    m_main = choice.main;
    if (!m_main.isValid()) {
        showNothing();
        return;
    }
    plot(choice);
    const ValueKey key = keyOf(m_main);
    m_feed.watch(key.entityId, key.metric);
    compareMain();
    showPage();
    showMain();
}

void DetailPane::showMetric(const MetricSnapshot &metric)
{
    if (!m_main.isValid())
        return;
    const QString dimension = keyOf(m_main).dimension;
    m_figures->show(metric, dimension);
    m_meaning->setLines(meaningOf(metric, dimension));
}

// The same value of that recorder.
void DetailPane::selectRecorder(const QString &entityId)
{
    if (!m_selection || !m_main.isValid())
        return;
    ValueKey key = keyOf(m_main);
    key.entityId = entityId;
    const QModelIndex row = findRow(*m_selection->model(), key);
    if (row.isValid())
        m_selection->setCurrentIndex(
                row, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

// Of a recorder there is nothing to compare: the last value stays.
void DetailPane::compareMain()
{
    if (!m_isComparing || !m_main.isValid())
        return;
    const ValueKey key = keyOf(m_main);
    m_compare->setCurrent(key.entityId);
    if (!key.metric.isEmpty())
        m_compare->setValue({ key.metric, key.dimension });
}

void DetailPane::plot(const RowChoice &choice)
{
    QList<ValueKey> keys;
    for (const QModelIndex &index : choice.plotted)
        keys.append(keyOf(index));
    const QList<ValueSampler::Value> values = m_sampler.watch(keys);
    QList<PlotSeries> series;
    bool isAnyCounter = false;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const QModelIndex &row = choice.plotted[i];
        const bool isCounter =
                row.data(SnapshotModel::KindRole).value<MetricKind>() == MetricKind::Counter;
        const bool isRate = isCounter && m_plot->isPerSecond();
        isAnyCounter = isAnyCounter || isCounter;
        if (m_plot->plot()->viewport().isFrozen() && values[i].history->isEmpty())
            seed(values[i], row);
        const Unit unit(row.data(SnapshotModel::UnitRole).toString());
        series.append({ seriesName(keys[i], keys), isRate ? perSecond(unit) : unit, values[i].color,
                        isRate ? values[i].rate : values[i].history });
    }
    m_plot->setPerSecondOffered(isAnyCounter);
    showSeries(series);
    m_plot->setNote(choice.leftOut == 0 ? QString()
                                        : tr("%1 of %2 rows are shown")
                                                  .arg(series.size())
                                                  .arg(series.size() + choice.leftOut));
}

void DetailPane::showSeries(const QList<PlotSeries> &series)
{
    m_plot->setVisible(!series.isEmpty());
    m_plot->plot()->setSeries(series);
    m_plot->plot()->setNow(m_sampler.now());
}

// What comes of it comes after the time at which the plot stands still; but the row says what it
// was then.
void DetailPane::seed(const ValueSampler::Value &value, const QModelIndex &row)
{
    const auto time = m_plot->plot()->viewport().now();
    const QVariant rate = row.data(SnapshotModel::RateRole);
    value.history->append(time, row.data(SnapshotModel::ValueRole).toDouble());
    value.rate->append(time, rate.isValid() ? rate.toDouble() : 0);
}

void DetailPane::showMain()
{
    if (m_main.isValid())
        m_header->setIndex(m_main);
}

} // namespace Recorders::Internal
