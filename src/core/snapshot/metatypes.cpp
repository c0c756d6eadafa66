// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/metatypes_p.h"

#include <recorders/core/error.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/core/namespace.h>
#include <recorders/core/recorderstatistics.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/core/unit.h>

#include <QList>

namespace Recorders::Internal {

void registerSnapshotTypes()
{
    registerMetaTypes<BytePrefix, Dimension, Distribution, Error, ErrorCode, MetricFailurePolicy,
                      MetricKind, MetricSnapshot, MetricState, OverflowPolicy, QList<Dimension>,
                      QList<MetricSnapshot>, RecorderLifetime, RecorderSnapshot, RecorderState,
                      RecorderStatistics, RegisterResult, RuntimeState, SnapshotDetail,
                      SnapshotUpdate, Unit>();
}

} // namespace Recorders::Internal
