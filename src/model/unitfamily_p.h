// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/namespace.h>
#include <recorders/core/unit.h>

#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>
#include <span>

namespace Recorders::Internal {

// One prefix of a unit: values from `factor` on are shown with `symbol`.
struct UnitStep
{
    double factor = 1;
    QStringView symbol;
};

// How a unit is shown: scaled by steps, or as it is.
struct UnitFamily
{
    std::span<const UnitStep> steps; // empty: the unit is never scaled
    double factor = 1; // of one such unit, in units of the first step
    QString symbol; // of what is not scaled
    QString suffix; // "/s"
    bool isCount = false; // of things, or of nothing in particular
    QStringList scaledSymbols; // of the steps, with the suffix

    bool isTime() const;
};

// A unit with prefixes.
struct UnitScale
{
    std::span<const UnitStep> steps; // of all units with the same first step
    double factor = 1; // of one such unit, in units of the first step
    bool isPerSecond = false;

    bool isOfCounts() const; // a prefix alone: k
    bool isOfSameFamily(const UnitScale &other) const
    {
        return steps.data() == other.steps.data() && isPerSecond == other.isPerSecond;
    }
};

std::optional<UnitScale> unitScaleOfCode(QStringView code); // by UCUM
std::optional<UnitScale>
unitScale(QStringView written); // or as it is shown, in any case of letters
std::span<const UnitStep> countSteps(); // of numbers of things: k, M, G, T

// Until the thread asks for some more.
const UnitFamily &unitFamily(const Unit &unit, BytePrefix bytes);

QString readableUnit(QStringView code); // as people write it: "{rows}" is "rows", "Cel" a degree
bool isCount(QStringView code); // of things, or of nothing in particular

} // namespace Recorders::Internal
