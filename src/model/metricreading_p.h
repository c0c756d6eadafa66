// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotnodes_p.h"

#include <QString>
#include <QVariant>

namespace Recorders::Internal {

// What a MetricValue says at one moment.
struct MetricReading
{
    static MetricReading of(const RecorderNode &recorder, const QString &metric,
                            const QString &dimension); // empty: the first one

    void read(const MetricNode &metric, int dimension);
    void keepValue(const MetricReading &known); // but not how fast it grew

    QVariant value;
    QString text;
    QString unit;
    double rate = 0;
    QString rateText;
    QString error;

    bool isValid() const { return value.isValid() && error.isEmpty(); }
    bool isStale() const { return value.isValid() && !error.isEmpty(); }
    bool hasSameValue(const MetricReading &other) const; // of the same type, NaN included
};

} // namespace Recorders::Internal
