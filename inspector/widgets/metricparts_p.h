// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>

#include <QList>
#include <QString>

#include <optional>

namespace Recorders::Internal {

struct MetricPart
{
    QString name; // "Success"
    QVariant value;
    std::optional<double> share; // of all parts; none if some are below 0, or all are 0
    bool isRest = false; // of what is too much to be told apart
};

// One figure of a metric that is split by what its events say.
struct MetricParts
{
    // That of the dimension if it adds up, or else the first one that does.
    static MetricParts of(const MetricSnapshot &metric, const QString &dimension);

    QString figure; // "total"
    QString attribute; // "outcome"
    Unit unit;
    QList<MetricPart> parts; // the largest comes first, the rest last
};

} // namespace Recorders::Internal
