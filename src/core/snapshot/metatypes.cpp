// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/metatypes_p.h"

#include "core/platform/processwide_p.h"

#include <recorders/core/error.h>
#include <recorders/core/metricevent.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/core/metricsruntime.h>
#include <recorders/core/namespace.h>
#include <recorders/core/recorder.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/core/unit.h>

#include <QList>
#include <QMetaType>

namespace Recorders::Internal {

namespace {

template <typename... Types>
struct MetaTypes
{
    MetaTypes() { (qRegisterMetaType<Types>(), ...); }
};

using SignalTypes =
        MetaTypes<BytePrefix, Dimension, Distribution, Error, ErrorCode, MetricEvent,
                  MetricFailurePolicy, MetricKind, MetricSnapshot, MetricState, OverflowPolicy,
                  QList<Dimension>, QList<MetricSnapshot>, RecorderLifetime, RecorderSnapshot,
                  RecorderState, RecorderStatistics, RegisterResult, RuntimeState, RuntimeTotals,
                  SnapshotDetail, SnapshotUpdate, Unit>;

} // namespace

void registerMetaTypes()
{
    ProcessWide<SignalTypes>::instance();
}

} // namespace Recorders::Internal
