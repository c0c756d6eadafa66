// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>
#include <recorders/core/unit.h>
#include <recorders/model/formattedvalue.h>

#include <QtQml/qqml.h>

// The value types of QML. What adds to a class is derived from it and has no members: QML uses it
// for the value itself.
namespace Recorders::Internal {

struct DimensionForeign : Dimension
{
    Q_GADGET
    QML_FOREIGN(Recorders::Dimension)
    QML_VALUE_TYPE(metricDimension)
    QML_EXTENDED(Recorders::Internal::DimensionForeign)
    Q_PROPERTY(QVariant value READ valueForScripts CONSTANT FINAL)
    Q_PROPERTY(QString text READ text CONSTANT FINAL)
    Q_PROPERTY(QString exactText READ exactText CONSTANT FINAL)

public:
    QVariant valueForScripts() const { return FormattedValue::forScripts(value); }
    QString text() const { return FormattedValue(value, unit).text(); }
    QString exactText() const { return FormattedValue::exact(value); }
};
static_assert(sizeof(DimensionForeign) == sizeof(Dimension));

struct ErrorForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::Error)
    QML_VALUE_TYPE(recordersError)
};

struct MetricSnapshotForeign : MetricSnapshot
{
    Q_GADGET
    QML_FOREIGN(Recorders::MetricSnapshot)
    QML_VALUE_TYPE(metricSnapshot)
    QML_EXTENDED(Recorders::Internal::MetricSnapshotForeign)

public:
    Q_INVOKABLE bool contains(const QString &dimension) const
    {
        return MetricSnapshot::contains(dimension);
    }
    Q_INVOKABLE QVariant value(const QString &dimension) const
    {
        return FormattedValue::forScripts(MetricSnapshot::value(dimension));
    }
};
static_assert(sizeof(MetricSnapshotForeign) == sizeof(MetricSnapshot));

// As numbers of JavaScript: qmllint does not know those of 64 bits.
template <typename Counts>
struct EventCounts : Counts
{
    double registeredCount() const { return double(Counts::registered); }
    double acceptedCount() const { return double(Counts::accepted); }
    double droppedCount() const { return double(Counts::dropped); }
    double rejectedCount() const { return double(Counts::rejected); }
    double notRunningCount() const { return double(Counts::notRunning); }
    double handledCount() const { return double(Counts::handled); }
    double pendingCount() const { return double(Counts::pending); }
    double metricErrorsCount() const { return double(Counts::metricErrors); }
};

struct RecorderStatisticsForeign : EventCounts<RecorderStatistics>
{
    Q_GADGET
    QML_FOREIGN(Recorders::RecorderStatistics)
    QML_VALUE_TYPE(recorderStatistics)
    QML_EXTENDED(Recorders::Internal::RecorderStatisticsForeign)
    Q_PROPERTY(double registered READ registeredCount CONSTANT FINAL)
    Q_PROPERTY(double accepted READ acceptedCount CONSTANT FINAL)
    Q_PROPERTY(double dropped READ droppedCount CONSTANT FINAL)
    Q_PROPERTY(double rejected READ rejectedCount CONSTANT FINAL)
    Q_PROPERTY(double notRunning READ notRunningCount CONSTANT FINAL)
    Q_PROPERTY(double handled READ handledCount CONSTANT FINAL)
    Q_PROPERTY(double pending READ pendingCount CONSTANT FINAL)
    Q_PROPERTY(double metricErrors READ metricErrorsCount CONSTANT FINAL)
};
static_assert(sizeof(RecorderStatisticsForeign) == sizeof(RecorderStatistics));

struct RuntimeTotalsForeign : EventCounts<RuntimeTotals>
{
    Q_GADGET
    QML_FOREIGN(Recorders::RuntimeTotals)
    QML_VALUE_TYPE(runtimeTotals)
    QML_EXTENDED(Recorders::Internal::RuntimeTotalsForeign)
    Q_PROPERTY(double recorders READ recordersCount CONSTANT FINAL)
    Q_PROPERTY(double failed READ failedCount CONSTANT FINAL)
    Q_PROPERTY(double registered READ registeredCount CONSTANT FINAL)
    Q_PROPERTY(double accepted READ acceptedCount CONSTANT FINAL)
    Q_PROPERTY(double dropped READ droppedCount CONSTANT FINAL)
    Q_PROPERTY(double rejected READ rejectedCount CONSTANT FINAL)
    Q_PROPERTY(double notRunning READ notRunningCount CONSTANT FINAL)
    Q_PROPERTY(double handled READ handledCount CONSTANT FINAL)
    Q_PROPERTY(double pending READ pendingCount CONSTANT FINAL)
    Q_PROPERTY(double metricErrors READ metricErrorsCount CONSTANT FINAL)

public:
    double recordersCount() const { return double(recorders); }
    double failedCount() const { return double(failed); }
};
static_assert(sizeof(RuntimeTotalsForeign) == sizeof(RuntimeTotals));

struct UnitForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::Unit)
    QML_VALUE_TYPE(metricUnit)
};

} // namespace Recorders::Internal
