// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/comparison_p.h"

#include "core/value/numericvalue_p.h"
#include "model/baseline_p.h"
#include "model/snapshotnodes_p.h"

#include <recorders/model/formattedvalue.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <limits>

namespace Recorders::Internal {

namespace {

using Change = Comparison::Change;

// Exact as long as it can be.
QVariant difference(const QVariant &before, const QVariant &after)
{
    if (!isFloatingPoint(before) && !isFloatingPoint(after)) {
        const bool hasGrown = std::is_gteq(compareNumbers(after, before));
        const quint64 distance = hasGrown ? integerBits(after) - integerBits(before)
                                          : integerBits(before) - integerBits(after);
        constexpr auto greatest = quint64(std::numeric_limits<qint64>::max());
        if (distance <= greatest)
            return hasGrown ? qint64(distance) : -qint64(distance);
    }
    const double number = after.toDouble() - before.toDouble();
    return std::isnan(number) ? QVariant() : QVariant(number);
}

// Of another run there are fewer types: integers of 64 bits, and texts for enumerators.
bool isUnchanged(const QVariant &before, const QVariant &after)
{
    if (isSameValue(before, after))
        return true;
    if (isNumber(before) && isNumber(after))
        return std::is_eq(compareNumbers(before, after));
    return !isNumber(before) && !isNumber(after)
            && FormattedValue::exact(before) == FormattedValue::exact(after);
}

bool isSame(const DimensionView &before, const DimensionView &after)
{
    return before.name == after.name && before.unit == after.unit
            && isUnchanged(before.value, after.value);
}

bool isSame(const MetricSnapshotData &before, const MetricSnapshotData &after)
{
    if (before.size() != after.size())
        return false;
    int row = 0;
    while (row < before.size() && isSame(before.at(row), after.at(row)))
        ++row;
    return row == before.size();
}

Comparison compared(const DimensionView &before, const DimensionView &after)
{
    if (isUnchanged(before.value, after.value) && before.unit == after.unit)
        return { Change::Unchanged, isNumber(after.value) ? QVariant(0) : QVariant(),
                 isNumber(after.value) ? std::optional<double>(0) : std::nullopt };
    Comparison result{ Change::Changed, {}, {} };
    if (!isNumber(before.value) || !isNumber(after.value) || before.unit != after.unit)
        return result;
    const double from = before.value.toDouble();
    if (after.kind == MetricKind::Counter && std::is_lt(compareNumbers(after.value, before.value)))
        return { Change::Restarted, {}, {} };
    result.delta = difference(before.value, after.value);
    if (from != 0 && std::isfinite(from) && result.delta.isValid())
        result.ratio = result.delta.toDouble() / std::abs(from);
    return result;
}

// What can be said of all rows of a recorder at once.
Change changeOf(const RecorderNode &recorder, const Baseline *mark, Baseline::Recorder &before)
{
    if (!mark)
        return Change::NotCompared;
    if (recorder.isRemoved)
        return Change::Gone;
    if (!mark->find(recorder.entityId, before))
        return Change::New;
    if (!before.isKnown || recorder.isBehind)
        return Change::NotCompared;
    const bool isSame = mark->isOfAnotherRun() || before.generation == recorder.generation;
    return isSame ? Change::Unchanged : Change::Restarted;
}

// The same snapshot, mostly.
bool isAsBefore(const MetricNode &metric, const Baseline::Recorder &before)
{
    const MetricSnapshot *snapshot = before.find(metric.name());
    return snapshot && isSame(SnapshotAccess::data(*snapshot), metric.dimensions.data());
}

} // namespace

Comparison Comparison::ofRecorder(const RecorderNode &recorder, const Baseline *mark)
{
    Baseline::Recorder before;
    const Change change = changeOf(recorder, mark, before);
    if (change != Change::Unchanged)
        return { change, {}, {} };
    const auto same =
            std::count_if(recorder.metrics.cbegin(), recorder.metrics.cend(),
                          [&before](const auto &metric) { return isAsBefore(*metric, before); });
    const auto changed = int(std::ssize(recorder.metrics) - same);
    return { changed > 0 ? Change::Changed : Change::Unchanged, changed, {} };
}

Comparison Comparison::ofMetric(const MetricNode &metric, const Baseline *mark)
{
    if (!metric.dimensions.isEmpty())
        return ofDimension(metric, 0, mark);
    Baseline::Recorder before;
    const Change change = changeOf(*metric.recorder, mark, before);
    const bool isNew = change == Change::Unchanged && !before.find(metric.name());
    return { isNew ? Change::New : change, {}, {} };
}

Comparison Comparison::ofDimension(const MetricNode &metric, int dimension, const Baseline *mark)
{
    Baseline::Recorder before;
    const Change change = changeOf(*metric.recorder, mark, before);
    if (change != Change::Unchanged)
        return { change, {}, {} };
    const DimensionView after = metric.dimensions.at(dimension);
    const MetricSnapshot *snapshot = before.find(metric.name());
    if (!snapshot)
        return { Change::New, {}, {} };
    const MetricSnapshotData &data = SnapshotAccess::data(*snapshot);
    const int row = data.indexOf(after.name);
    return row < 0 ? Comparison{ Change::New, {}, {} } : compared(data.at(row), after);
}

} // namespace Recorders::Internal
