// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/extremes.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/core/sum.h>
#include <recorders/recorders_export.h>

#include <QString>
#include <QVariant>

#include <chrono>

namespace Recorders::Internal {

// What an accumulator may know of the event that it is handed. It asks the time only if it must.
struct Occasion
{
    quint64 number = 0; // of the events that the metric was handed
    std::chrono::nanoseconds (*steadyTime)() = nullptr;
    std::chrono::nanoseconds (*wallTime)() = nullptr; // since 1970, UTC
};

/*
    Writes what an accumulator knows into a snapshot: of the whole "total", of the part "Success"
    "Success_total", with the attribute that tells the part. No figure has an underscore in its
    name, so that no two dimensions have the same.
*/
class RECORDERS_EXPORT FigureWriter
{
public:
    FigureWriter(MetricSnapshot &snapshot, const Unit &unit);

    void setPart(const QString &label, const QVariantMap &attributes);

    // In the unit of the metric.
    void addAmount(const QString &figure, const QVariant &value, MetricKind kind,
                   const QVariantMap &attributes = {});
    void addSum(const Sum &sum, const Extremes &extremes); // of numbers between these
    void addRate(const QString &figure, double perSecond);
    void addCount(const QString &figure, quint64 count);
    void addInvalid(quint64 count); // events without a number that counts; only if there are any
    void add(const QString &figure, const QVariant &value, MetricKind kind);
    void addDistribution(const QVariant &distribution); // in the unit of the metric

private:
    void write(const QString &figure, const QVariant &value, const Unit &unit, MetricKind kind,
               const QVariantMap &attributes);

    MetricSnapshot &m_snapshot;
    const Unit &m_unit;
    QString m_label; // null: the whole
    QVariantMap m_attributes;
};

} // namespace Recorders::Internal
