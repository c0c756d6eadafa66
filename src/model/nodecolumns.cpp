// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/nodedata_p.h"

#include "model/baseline_p.h"
#include "model/comparison_p.h"
#include "model/snapshotstore_p.h"

#include <recorders/model/formattedvalue.h>

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Recorders::SnapshotModel", text);
}

// With a sign, and without digits that say nothing.
QString percentText(double ratio)
{
    const double percent = ratio * 100;
    if (!std::isfinite(percent))
        return (percent > 0 ? u"+" : u"") + FormattedValue(percent, Unit::percent()).text()
                + QStringLiteral(" %");
    const QString number = std::abs(percent) < 10 ? QString::number(percent, 'f', 1)
            : std::abs(percent) < 9999.5          ? QString::number(percent, 'f', 0)
                                                  : QString::number(percent, 'g', 2);
    return (percent > 0 ? u"+" : u"") + number + QStringLiteral(" %");
}

// The day is said if it is not this one.
QString timeText(const QDateTime &time)
{
    const bool isToday = time.date() == QDate::currentDate();
    return time.toString(isToday ? QStringLiteral("HH:mm:ss")
                                 : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

} // namespace

QVariant alignmentOf(NodeColumn column)
{
    const bool isNumber = column == NodeColumn::Value || column == NodeColumn::Rate;
    return QVariant::fromValue((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

// ---- The columns of models

QVariant NodeData::data(NodeColumn column, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role == Qt::ToolTipRole)
        return toolTip();
    if (role == Qt::AccessibleTextRole && column == NodeColumn::Value)
        return text(); // with its unit
    return role == Qt::DisplayRole ? displayed(column) : this->role(role);
}

QVariant NodeData::displayed(NodeColumn column) const
{
    switch (column) {
    case NodeColumn::Entity:
        return role(SnapshotModel::EntityIdRole);
    case NodeColumn::Metric:
        return role(SnapshotModel::MetricRole);
    case NodeColumn::Name:
        return name();
    case NodeColumn::Value:
        return valueText();
    case NodeColumn::Unit:
        return unitText();
    case NodeColumn::Rate:
    case NodeColumn::Added:
        break;
    }
    return rateText();
}

// ---- What it was

Comparison NodeData::comparison() const
{
    const Baseline *mark = Baseline::of(m_store->mark());
    if (!m_metric)
        return Comparison::ofRecorder(*m_recorder, mark);
    return m_dimension < 0 ? Comparison::ofMetric(*m_metric, mark)
                           : Comparison::ofDimension(*m_metric, m_dimension, mark);
}

QString NodeData::deltaText() const
{
    using Change = SnapshotModel::Change;
    const Comparison compared = comparison();
    switch (compared.change) {
    case Change::NotCompared:
        return {};
    case Change::New:
        return tr("new");
    case Change::Gone:
        return tr("gone");
    case Change::Restarted:
        return tr("restarted");
    case Change::Unchanged:
        return m_metric && compared.delta.isValid() ? QStringLiteral("0") : QString();
    case Change::Changed:
        break;
    }
    if (!m_metric)
        return tr("%1 changed").arg(compared.delta.toInt());
    if (!compared.delta.isValid())
        return tr("changed");
    const QString text = formatted(compared.delta, lead()->unit).text();
    return compared.delta.toDouble() > 0 ? QString(u'+' + text) : text;
}

// ---- Its figures

std::optional<DimensionView> NodeData::figure(int role) const
{
    static const QHash<int, QString> names{
        { SnapshotModel::CountRole, QStringLiteral("count") },
        { SnapshotModel::MinimumRole, QStringLiteral("min") },
        { SnapshotModel::MeanRole, QStringLiteral("mean") },
        { SnapshotModel::MaximumRole, QStringLiteral("max") },
        { SnapshotModel::P50Role, QStringLiteral("p50") },
        { SnapshotModel::P90Role, QStringLiteral("p90") },
        { SnapshotModel::P99Role, QStringLiteral("p99") },
        { SnapshotModel::P999Role, QStringLiteral("p99.9") },
    };
    const auto name = names.constFind(role);
    if (name == names.cend() || !m_metric || m_dimension > 0)
        return std::nullopt;
    const int row = m_metric->dimensions.indexOf(*name);
    return row < 0 ? std::nullopt : std::optional(dimensionAt(row));
}

QString NodeData::columnText(int role) const
{
    switch (role) {
    case SnapshotModel::DeltaRole:
        return deltaText();
    case SnapshotModel::DeltaRatioRole: {
        const std::optional<double> ratio = comparison().ratio;
        return ratio && *ratio != 0 ? percentText(*ratio) : QString();
    }
    case SnapshotModel::LastChangedRole:
        return timeText(lastChanged());
    default:
        break;
    }
    if (const std::optional<DimensionView> dimension = figure(role))
        return formatted(dimension->value, dimension->unit).text();
    return {};
}

} // namespace Recorders::Internal
