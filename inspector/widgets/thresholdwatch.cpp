// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/thresholdwatch_p.h"

#include "plot/plottable_p.h"

#include <recorders/model/snapshotmodel.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Recorders::Internal {

/*
    A model of snapshots tells of changed values in rows that somebody has read since they were
    announced last, metric by metric. So the watch reads each metric of the recorders that a
    threshold is about once, and again when it changes: an update costs as much as changed.
*/

namespace {

QStringList keyOf(const QModelIndex &value)
{
    return { value.data(SnapshotModel::EntityIdRole).toString(),
             value.data(SnapshotModel::MetricRole).toString(),
             value.data(SnapshotModel::DimensionRole).toString() };
}

QString countText(int count)
{
    return count == 1 ? ThresholdWatch::tr("1 alert") : ThresholdWatch::tr("%1 alerts").arg(count);
}

} // namespace

ThresholdWatch::ThresholdWatch(const SnapshotModel *model, QObject *parent)
    : QObject(parent)
    , m_model(model)
{
    connectModel();
}

void ThresholdWatch::connectModel()
{
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_alerts.clear();
        m_alertsOfRecorder.clear();
        visitAll();
        Q_EMIT alertsChanged();
    });
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &parent, int first, int last) {
                if (!parent.isValid())
                    visitRecorders(first, last);
                else if (!parent.parent().isValid())
                    visitMetrics(parent, first, last);
                else
                    visitMetrics(parent.parent(), parent.row(), parent.row());
            });
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            qOverload<const QModelIndex &, int, int>(&ThresholdWatch::forget));
    connect(m_model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &topLeft, const QModelIndex &bottomRight,
                   const QList<int> &roles) {
                const QModelIndex parent = topLeft.parent();
                if (!parent.isValid() && roles.contains(SnapshotModel::RemovedRole))
                    visitStates(topLeft.row(), bottomRight.row());
                else if (parent.isValid() && !parent.parent().isValid())
                    visitMetrics(parent, topLeft.row(), bottomRight.row());
            });
}

void ThresholdWatch::setThresholds(const QList<Threshold> &thresholds)
{
    if (m_thresholds == thresholds)
        return;
    m_thresholds = thresholds;
    m_byMetric.clear();
    for (const Threshold &threshold : thresholds)
        m_byMetric[threshold.metric].append(threshold);
    forgetOtherThresholds();
    visitAll();
    Q_EMIT thresholdsChanged();
    Q_EMIT alertsChanged();
}

void ThresholdWatch::forgetOtherThresholds()
{
    const QHash<QStringList, QList<Threshold>> alerts = m_alerts;
    for (auto alert = alerts.begin(); alert != alerts.end(); ++alert) {
        for (const Threshold &threshold : alert.value()) {
            if (!m_thresholds.contains(threshold))
                setAlert(alert.key(), threshold, false);
        }
    }
}

bool ThresholdWatch::concerns(const QString &entityId) const
{
    return std::any_of(m_thresholds.begin(), m_thresholds.end(), [&](const Threshold &threshold) {
        return threshold.isOfAll() || threshold.recorder == entityId;
    });
}

// ---- Looking at values

void ThresholdWatch::visitAll()
{
    if (!m_thresholds.isEmpty())
        visitRecorders(0, m_model->rowCount() - 1);
}

void ThresholdWatch::visitRecorders(int first, int last)
{
    if (m_thresholds.isEmpty())
        return;
    for (int row = first; row <= last; ++row) {
        const QModelIndex recorder = m_model->index(row, 0);
        if (concerns(recorder.data(SnapshotModel::EntityIdRole).toString()))
            visitMetrics(recorder, 0, m_model->rowCount(recorder) - 1);
    }
}

// A recorder that is gone may be kept, with what it said last: nothing of it is beyond any more.
void ThresholdWatch::visitStates(int first, int last)
{
    for (int row = first; row <= last && !m_thresholds.isEmpty(); ++row) {
        if (m_model->index(row, 0).data(SnapshotModel::RemovedRole).toBool())
            forget({}, row, row);
        else
            visitRecorders(row, row);
    }
}

void ThresholdWatch::visitMetrics(const QModelIndex &recorder, int first, int last)
{
    if (m_thresholds.isEmpty() || recorder.data(SnapshotModel::RemovedRole).toBool())
        return;
    for (int row = first; row <= last; ++row) {
        const QModelIndex metric = m_model->index(row, 0, recorder);
        const auto thresholds =
                m_byMetric.constFind(metric.data(SnapshotModel::MetricRole).toString());
        if (thresholds != m_byMetric.constEnd())
            visitMetric(metric, *thresholds);
    }
}

// A copy: a slot that is told of a crossing may set other thresholds.
void ThresholdWatch::visitMetric(const QModelIndex &metric, QList<Threshold> thresholds)
{
    for (int row = 0; row < m_model->rowCount(metric); ++row) {
        const QModelIndex value = m_model->index(row, 0, metric);
        const QString dimension = value.data(SnapshotModel::DimensionRole).toString();
        for (const Threshold &threshold : std::as_const(thresholds)) {
            if (threshold.dimension == dimension)
                check(threshold, value);
        }
    }
}

void ThresholdWatch::check(const Threshold &threshold, const QModelIndex &value)
{
    const QStringList key = keyOf(value);
    if (!threshold.isOfAll() && threshold.recorder != key.first())
        return;
    const bool isRate = threshold.figure == Threshold::Figure::Rate;
    const QVariant figure = value.data(isRate ? SnapshotModel::RateRole : SnapshotModel::ValueRole);
    const double number = figure.toDouble();
    const bool isKnown = isPlottable(figure) && !std::isnan(number);
    const bool wasBeyond = m_alerts.value(key).contains(threshold);
    const bool isBeyond =
            isKnown && (wasBeyond ? threshold.isHeld(number) : threshold.isBeyond(number));
    if (isBeyond == wasBeyond)
        return;
    setAlert(key, threshold, isBeyond);
    Q_EMIT alertsChanged();
    if (isBeyond)
        Q_EMIT crossed(threshold, key.first(), figure);
}

// ---- What is beyond

void ThresholdWatch::setAlert(const QStringList &key, const Threshold &threshold, bool isBeyond)
{
    if (isBeyond) {
        m_alerts[key].append(threshold);
        ++m_alertsOfRecorder[key.first()];
        return;
    }
    m_alerts[key].removeOne(threshold);
    if (m_alerts.value(key).isEmpty())
        m_alerts.remove(key);
    if (--m_alertsOfRecorder[key.first()] == 0)
        m_alertsOfRecorder.remove(key.first());
}

void ThresholdWatch::forget(const QModelIndex &parent, int first, int last)
{
    if (m_alerts.isEmpty())
        return;
    for (int row = first; row <= last; ++row) {
        QStringList key = keyOf(m_model->index(row, 0, parent));
        key.resize(!parent.isValid() ? 1 : !parent.parent().isValid() ? 2 : 3);
        if (m_alertsOfRecorder.contains(key.first()))
            forget(key);
    }
}

void ThresholdWatch::forget(const QStringList &path)
{
    const QHash<QStringList, QList<Threshold>> alerts = m_alerts;
    for (auto alert = alerts.begin(); alert != alerts.end(); ++alert) {
        if (alert.key().first(path.size()) != path)
            continue;
        for (const Threshold &threshold : alert.value())
            setAlert(alert.key(), threshold, false);
    }
    Q_EMIT alertsChanged();
}

QString ThresholdWatch::alertText(const QModelIndex &row) const
{
    if (m_alerts.isEmpty())
        return {};
    const QModelIndex index = row.siblingAtColumn(0);
    const int ofRecorder =
            m_alertsOfRecorder.value(index.data(SnapshotModel::EntityIdRole).toString());
    const auto type = index.data(SnapshotModel::NodeTypeRole).value<SnapshotModel::NodeType>();
    if (ofRecorder == 0 || type == SnapshotModel::NodeType::Recorder)
        return ofRecorder == 0 ? QString() : countText(ofRecorder);
    if (type == SnapshotModel::NodeType::Dimension || !index.model()->hasChildren(index)) {
        const QList<Threshold> thresholds = m_alerts.value(keyOf(index));
        return thresholds.isEmpty() ? QString() : thresholds.first().boundText();
    }
    for (int child = 0; child < index.model()->rowCount(index); ++child) {
        QString text = alertText(index.model()->index(child, 0, index));
        if (!text.isEmpty())
            return text;
    }
    return {};
}

} // namespace Recorders::Internal
