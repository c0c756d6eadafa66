// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/model/metricvalue.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QtQml/qqml.h>

// What QML knows of the classes of Recorders::Core, which do not know QML.
namespace Recorders::Internal {

// The enumerations: Recorders.RuntimeState.Running
namespace NamespaceForeign {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(Recorders)
QML_NAMED_ELEMENT(Recorders)
} // namespace NamespaceForeign

struct MetricsRuntimeForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::MetricsRuntime)
    QML_NAMED_ELEMENT(MetricsRuntime)
    QML_UNCREATABLE("A MetricsRuntime is made in C++, and handed to QML.")
};

struct SnapshotSourceForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::SnapshotSource)
    QML_NAMED_ELEMENT(SnapshotSource)
    QML_UNCREATABLE("A SnapshotSource is made in C++: by a MetricsRuntime, or from a file.")
};

struct FlatSnapshotModelForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::FlatSnapshotModel)
    QML_ANONYMOUS
};

struct MetricValueForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::MetricValue)
    QML_NAMED_ELEMENT(MetricValue)
};

struct RecorderSnapshotModelForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::RecorderSnapshotModel)
    QML_NAMED_ELEMENT(RecorderSnapshotModel)
};

struct SnapshotFilterModelForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::SnapshotFilterModel)
    QML_NAMED_ELEMENT(SnapshotFilterModel)
};

struct SnapshotMarkForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::SnapshotMark)
    QML_VALUE_TYPE(snapshotMark)
};

struct SnapshotModelForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::SnapshotModel)
    QML_NAMED_ELEMENT(SnapshotModel)
};

struct SnapshotTableModelForeign
{
    Q_GADGET
    QML_FOREIGN(Recorders::SnapshotTableModel)
    QML_NAMED_ELEMENT(SnapshotTableModel)
};

} // namespace Recorders::Internal
