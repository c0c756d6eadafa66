// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmodel.h>

#include <QVariant>

#include <optional>

namespace Recorders::Internal {

class Baseline;
struct MetricNode;
struct RecorderNode;

// A row beside what it was at a mark.
struct Comparison
{
    using Change = SnapshotModel::Change;

    static Comparison ofRecorder(const RecorderNode &recorder, const Baseline *mark);
    static Comparison ofMetric(const MetricNode &metric, const Baseline *mark); // its first value
    static Comparison ofDimension(const MetricNode &metric, int dimension, const Baseline *mark);

    Change change = Change::NotCompared;
    QVariant delta; // of a recorder: how many of its metrics changed; invalid if there is none
    std::optional<double> ratio; // of the delta to what it was
};

} // namespace Recorders::Internal
