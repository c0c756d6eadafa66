// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/samplehistory_p.h"

#include <recorders/core/unit.h>

#include <QString>

#include <memory>

namespace Recorders::Internal {

struct PlotSeries
{
    QString name;
    Unit unit;
    int color = 0;
    std::shared_ptr<const SampleHistory> history;

    friend bool operator==(const PlotSeries &, const PlotSeries &) = default;
};

// The unit of how much a value grows in a second.
inline Unit perSecond(const Unit &unit)
{
    const QString code = unit.isDimensionless() ? QStringLiteral("1") : unit.code();
    return Unit(code + QStringLiteral("/s"));
}

} // namespace Recorders::Internal
