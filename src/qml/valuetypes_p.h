// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/scriptvalue_p.h"

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
    QVariant valueForScripts() const { return scriptValue(value); }
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
        return scriptValue(MetricSnapshot::value(dimension));
    }
};
static_assert(sizeof(MetricSnapshotForeign) == sizeof(MetricSnapshot));

struct RecorderStatisticsForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::RecorderStatistics)
    QML_VALUE_TYPE(recorderStatistics)
};

struct RuntimeTotalsForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::RuntimeTotals)
    QML_VALUE_TYPE(runtimeTotals)
};

struct UnitForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::Unit)
    QML_VALUE_TYPE(metricUnit)
};

} // namespace Recorders::Internal
