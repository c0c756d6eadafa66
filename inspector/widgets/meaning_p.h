// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>

#include <QList>
#include <QString>

namespace Recorders::Internal {

struct MeaningLine
{
    QString subject; // "Unit"
    QString text; // "bytes (By)"

    friend bool operator==(const MeaningLine &, const MeaningLine &) = default;
};

QString kindName(MetricKind kind); // "counter"

// What a metric, or one of its dimensions, means, in words.
QList<MeaningLine> meaningOf(const MetricSnapshot &metric, const QString &dimension);

} // namespace Recorders::Internal
