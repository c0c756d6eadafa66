// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metric.h>
#include <recorders/core/number.h>
#include <recorders/metrics/breakdown.h>
#include <recorders/metrics/figurewriter.h>
#include <recorders/recorders_export.h>

#include <QString>

#include <chrono>
#include <memory>

namespace Recorders::Internal {

// What a standard metric is told before it is registered, whatever it measures.
class RECORDERS_EXPORT MetricSettings
{
public:
    explicit MetricSettings(QString name)
        : m_name(std::move(name))
    {
    }

    const QString &name() const { return m_name; }
    const QString &description() const { return m_description; }
    void setDescription(QString description) { m_description = std::move(description); }
    const Unit &unit() const { return m_unit; }
    void setUnit(Unit unit);
    void setOfDurations(); // which are in nanoseconds

    bool isSplit() const { return m_isSplit; }
    bool isSplitRepeatedly() const { return m_isSplitRepeatedly; } // events of several types are
    const QString &attribute() const { return m_attribute; } // of the parts
    int limit() const { return m_limit; }
    void setSplit(const QString &attribute, std::string_view typeName, int limit);
    void reserveAttribute(const QString &name); // not for the parts

    QString errorString() const { return m_errorString; } // empty: all is well
    void setErrorString(const QString &message); // the first one counts

private:
    QString m_name;
    QString m_description;
    QString m_errorString;
    QString m_attribute;
    Unit m_unit;
    bool m_hasUnit = false; // it was given
    bool m_isSplit = false;
    bool m_isSplitRepeatedly = false;
    bool m_hasAttribute = false; // it was given
    int m_limit = KeyIndex::defaultLimit;
};

// What standard metrics have in common, whatever they measure.
class RECORDERS_EXPORT StandardMetricBase : public Metric
{
public:
    void reset() override;

    // For tests: instead of the clocks of the system, and before the metric is registered.
    void setClocks(std::chrono::nanoseconds (*steady)(), std::chrono::nanoseconds (*wall)());

protected:
    explicit StandardMetricBase(MetricSettings settings);

    Error configurationError() const override;
    MetricSnapshot emptySnapshot() const;
    const Unit &unit() const { return m_settings.unit(); }
    KeyIndex &keys() { return *m_keys; } // if it is split
    const KeyIndex &keys() const { return *m_keys; }

    Occasion m_occasion; // of the last event

private:
    const MetricSettings m_settings;
    const std::unique_ptr<KeyIndex> m_keys; // null: it is not split
};

} // namespace Recorders::Internal
