// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotnodes_p.h"

#include <recorders/core/unit.h>

#include <QString>
#include <QVariant>

#include <optional>

namespace Recorders::Internal {

// What a MetricValue says at one moment. Its texts are worked out when they are asked for: most of
// what changes is shown by one of them, or by none.
struct MetricReading
{
    // The first dimension if its name is empty.
    static MetricReading of(const RecorderNode &recorder, const QString &metric,
                            const QString &dimension);
    static MetricReading of(const MetricNode &metric, const QString &dimension);

    void read(const MetricNode &metric, int dimension);
    void keepValue(const MetricReading &known); // but not how fast it grew
    void keepTexts(const MetricReading &known); // of what is the same

    QVariant value;
    Unit unit;
    std::optional<double> perSecond;
    QString error;

    QString text() const;
    QString rateText() const;
    double rate() const { return perSecond.value_or(0); }
    bool isValid() const { return value.isValid() && error.isEmpty(); }
    bool isStale() const { return value.isValid() && !error.isEmpty(); }
    bool hasSameValue(const MetricReading &other) const; // of the same type, NaN included
    bool hasSameText(const MetricReading &other) const;
    bool hasSameRateText(const MetricReading &other) const;

private:
    bool isShownAlike(const MetricReading &other) const;
    bool growsAlike(const MetricReading &other) const;

    mutable std::optional<QString> m_text; // without a value: not there yet
    mutable std::optional<QString> m_rateText;
};

} // namespace Recorders::Internal
