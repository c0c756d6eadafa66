// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/nodedata_p.h"

#include "model/comparison_p.h"
#include "model/scriptvalue_p.h"
#include "model/snapshotstore_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Recorders::SnapshotModel", text);
}

// English is not a translation, so %n would leave "1 metric(s)" there.
QString metricCount(qsizetype count)
{
    return count == 1 ? tr("1 metric") : tr("%1 metrics").arg(count);
}

// A total says of itself what it is; a percentile needs its name.
bool isSelfExplaining(QStringView dimension)
{
    constexpr QStringView names[] = { u"total", u"value", u"count", u"current" };
    return std::find(std::begin(names), std::end(names), dimension) != std::end(names);
}

} // namespace

NodeData::NodeData(const SnapshotStore &store)
    : m_store(&store)
{
}

NodeData NodeData::ofRecorder(const RecorderNode &recorder, const SnapshotStore &store)
{
    NodeData data(store);
    data.m_recorder = &recorder;
    return data;
}

NodeData NodeData::ofMetric(const MetricNode &metric, const SnapshotStore &store)
{
    NodeData data = ofRecorder(*metric.recorder, store);
    data.m_metric = &metric;
    return data;
}

NodeData NodeData::ofDimension(const MetricNode &metric, int dimension, const SnapshotStore &store)
{
    NodeData data = ofMetric(metric, store);
    data.m_dimension = dimension;
    return data;
}

QString NodeData::name() const
{
    if (m_dimension >= 0)
        return m_metric->dimensions.at(m_dimension).name;
    return m_metric ? m_metric->name() : m_recorder->entityId;
}

int NodeData::leadIndex() const
{
    if (m_dimension >= 0)
        return m_dimension;
    return m_metric && !m_metric->dimensions.isEmpty() ? 0 : -1;
}

std::optional<DimensionView> NodeData::lead() const
{
    const int index = leadIndex();
    return index < 0 ? std::nullopt : std::optional(dimensionAt(index));
}

DimensionView NodeData::dimensionAt(int row) const
{
    static const QVariant nothing;
    const DimensionView known = m_metric->dimensions.at(row);
    return isUnknown() ? DimensionView(known, nothing) : known;
}

bool NodeData::isEnded() const
{
    return m_store->isEnded() || m_recorder->isRemoved;
}

// Nobody looked at it before it ended.
bool NodeData::isUnknown() const
{
    return isEnded() && m_recorder->isBehind;
}

bool NodeData::isMessage() const
{
    if (m_dimension >= 0)
        return false;
    if (m_metric)
        return m_metric->state() == MetricState::Quarantined;
    return isEnded() || m_recorder->state != RecorderState::Running;
}

QString NodeData::message() const
{
    if (!m_metric)
        return recorderMessage();
    const QString why = m_metric->errorString();
    return why.isEmpty() ? tr("\u26a0 quarantined") : tr("\u26a0 quarantined: %1").arg(why);
}

QString NodeData::recorderMessage() const
{
    const bool isFailed = m_recorder->state == RecorderState::Failed;
    if (isFailed) {
        const QString why = m_recorder->error.message();
        return why.isEmpty() ? tr("\u2715 failed") : tr("\u2715 failed: %1").arg(why);
    }
    if (isEnded())
        return tr("\u25cc ended");
    switch (m_recorder->state) {
    case RecorderState::Created:
        return tr("\u25cb not started");
    case RecorderState::Starting:
        return tr("\u25cb starting");
    case RecorderState::Stopping:
        return tr("\u25cc stopping");
    default:
        return tr("\u25cc stopped");
    }
}

FormattedValue NodeData::formatted(const QVariant &value, const Unit &unit) const
{
    return FormattedValue(value, unit, m_store->bytePrefix());
}

FormattedValue NodeData::formatted() const
{
    const std::optional<DimensionView> dimension = lead();
    return dimension ? formatted(dimension->value, dimension->unit) : FormattedValue();
}

QString NodeData::valueText() const
{
    if (isMessage())
        return message();
    if (!m_metric)
        return metricCount(std::ssize(m_recorder->metrics));
    const std::optional<DimensionView> dimension = lead();
    if (!dimension)
        return tr("no values");
    if (isUnknown())
        return tr("unknown");
    const bool needsName = m_dimension < 0 && m_metric->dimensions.size() > 1
            && !isSelfExplaining(dimension->name);
    return needsName ? QString(dimension->name + u' ' + formatted().number())
                     : formatted().number();
}

QString NodeData::unitText() const
{
    return isMessage() ? QString() : formatted().unit();
}

QString NodeData::text() const
{
    const QString unit = unitText();
    return unit.isEmpty() ? valueText() : QString(valueText() + u' ' + unit);
}

std::optional<double> NodeData::rate() const
{
    if (isMessage() || isEnded() || m_store->isOld())
        return {};
    if (!m_metric)
        return m_recorder->rate.perSecond();
    const int index = leadIndex();
    return index < 0 ? std::nullopt : m_metric->rate(index);
}

Unit NodeData::rateUnit() const
{
    const std::optional<DimensionView> dimension = lead();
    return dimension ? dimension->unit : Unit();
}

QString NodeData::rateText() const
{
    if (isMessage())
        return {};
    if (const std::optional<double> perSecond = rate())
        return FormattedValue::rate(*perSecond, rateUnit(), m_store->bytePrefix()).text();
    const int index = leadIndex();
    return index >= 0 && m_metric->isRestarted(index) ? tr("restarted") : QString();
}

QVariant NodeData::value() const
{
    if (!m_metric)
        return int(m_recorder->metrics.size());
    const std::optional<DimensionView> dimension = lead();
    return dimension ? dimension->value : QVariant();
}

QVariant NodeData::state() const
{
    if (m_metric)
        return QVariant::fromValue(m_metric->state());
    return QVariant::fromValue(m_recorder->state);
}

QString NodeData::error() const
{
    return m_metric ? m_metric->errorString() : m_recorder->error.message();
}

QString NodeData::description() const
{
    return m_metric ? m_metric->description() : QString();
}

QDateTime NodeData::lastChanged() const
{
    return QDateTime::fromMSecsSinceEpoch(m_metric ? m_metric->lastChanged
                                                   : m_recorder->lastChanged);
}

QVariant NodeData::role(int role) const
{
    if (role >= scriptRoles)
        return role < 2 * scriptRoles ? scriptValue(this->role(role - scriptRoles)) : QVariant();
    switch (role) {
    case SnapshotModel::MetricRole:
        return m_metric ? m_metric->name() : QString();
    case SnapshotModel::DimensionRole:
        return m_dimension >= 0 ? name() : QString();
    case SnapshotModel::ValueRole:
        return value();
    case SnapshotModel::TextRole:
        return text();
    case SnapshotModel::ExactTextRole:
        return FormattedValue::exact(value());
    case SnapshotModel::IsMessageRole:
        return isMessage();
    case SnapshotModel::UnitRole:
        return lead() ? lead()->unit.code() : QString();
    case SnapshotModel::KindRole:
        return QVariant::fromValue(lead() ? lead()->kind : MetricKind::Unspecified);
    case SnapshotModel::DescriptionRole:
        return description();
    case SnapshotModel::RateRole: {
        const std::optional<double> perSecond = rate();
        return perSecond ? QVariant(*perSecond) : QVariant();
    }
    case SnapshotModel::RateTextRole:
        return rateText();
    case SnapshotModel::LastChangedRole:
        return lastChanged();
    default:
        return nodeRole(role);
    }
}

// What a row is, and how it is with its recorder.
QVariant NodeData::nodeRole(int role) const
{
    using NodeType = SnapshotModel::NodeType;
    switch (role) {
    case SnapshotModel::NodeTypeRole:
        if (!m_metric)
            return QVariant::fromValue(NodeType::Recorder);
        return QVariant::fromValue(m_dimension < 0 ? NodeType::Metric : NodeType::Dimension);
    case SnapshotModel::StateRole:
        return state();
    case SnapshotModel::ErrorTextRole:
        return error();
    case SnapshotModel::EntityIdRole:
        return m_recorder->entityId;
    case SnapshotModel::PendingRole:
        return m_recorder->statistics.pending;
    case SnapshotModel::DroppedRole:
        return m_recorder->statistics.dropped + m_recorder->statistics.rejected;
    case SnapshotModel::RegisteredRole:
        return m_recorder->statistics.registered;
    case SnapshotModel::HandledRole:
        return m_recorder->statistics.handled;
    case SnapshotModel::RemovedRole:
        return m_recorder->isRemoved;
    default:
        return comparisonRole(role);
    }
}

// How a row compares with the mark; of any other role the value of a figure.
QVariant NodeData::comparisonRole(int role) const
{
    switch (role) {
    case SnapshotModel::ChangeRole:
        return QVariant::fromValue(comparison().change);
    case SnapshotModel::DeltaRole:
        return comparison().delta;
    case SnapshotModel::DeltaTextRole:
        return deltaText();
    case SnapshotModel::DeltaRatioRole: {
        const std::optional<double> ratio = comparison().ratio;
        return ratio ? QVariant(*ratio) : QVariant();
    }
    default:
        break;
    }
    const std::optional<DimensionView> dimension = figure(role);
    return dimension ? dimension->value : QVariant();
}

namespace {

QString recorderToolTip(const RecorderNode &recorder, const QString &message)
{
    const RecorderStatistics &statistics = recorder.statistics;
    QStringList lines{ recorder.entityId };
    if (!message.isEmpty())
        lines += message;
    lines += metricCount(std::ssize(recorder.metrics));
    lines += tr("%1 events registered, %2 handled")
                     .arg(QString::number(statistics.registered),
                          QString::number(statistics.handled));
    lines += tr("%1 pending, %2 dropped, %3 rejected")
                     .arg(QString::number(statistics.pending), QString::number(statistics.dropped),
                          QString::number(statistics.rejected));
    if (statistics.metricErrors > 0)
        lines += tr("%1 errors of metrics").arg(QString::number(statistics.metricErrors));
    return lines.join(u'\n');
}

} // namespace

// Every digit, since the columns round.
QString NodeData::toolTip() const
{
    if (!m_metric)
        return recorderToolTip(*m_recorder, isMessage() ? message() : QString());
    constexpr int shown = 12;
    QStringList lines{ m_metric->name() };
    if (!description().isEmpty())
        lines += description();
    if (m_metric->state() == MetricState::Quarantined)
        lines += message();
    if (isUnknown())
        lines += tr("Nobody looked at it before it ended");
    const int first = m_dimension < 0 ? 0 : m_dimension;
    const int count = m_dimension < 0 ? int(m_metric->dimensions.size()) : 1;
    for (int i = first; i < first + std::min(count, shown); ++i) {
        const DimensionView dimension = dimensionAt(i);
        lines += tr("%1: %2").arg(dimension.name,
                                  isUnknown()
                                          ? tr("unknown")
                                          : FormattedValue::exact(dimension.value, dimension.unit));
    }
    if (count > shown)
        lines += tr("and %1 more").arg(count - shown);
    return lines.join(u'\n');
}

QString rateToolTip()
{
    return tr("Growth per second, over the last second.\nOf a recorder: events handled.");
}

} // namespace Recorders::Internal
