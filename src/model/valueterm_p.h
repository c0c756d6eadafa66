// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/unitfamily_p.h"

#include <QString>
#include <QStringView>
#include <QVariant>

#include <optional>

namespace Recorders::Internal {

/*
    A term of a filter text that compares values: ">10ms".

    Its number is converted once for each unit of the dimensions, and not for each value: to an
    integer where it is one, so that it is compared exactly with integers.
*/
class ValueTerm
{
public:
    // Where the term ends that begins there, with what belongs to it behind spaces; -1: no such
    // term begins there.
    static qsizetype endOf(QStringView text, qsizetype begin);
    static std::optional<ValueTerm> of(QStringView term); // none: it has no number

    QVariant boundIn(const QString &unit) const; // a UCUM code; invalid: no such value is met
    bool isMet(const QVariant &value, const QVariant &bound) const;

private:
    enum class Relation { Less, LessOrEqual, Equal, GreaterOrEqual, Greater };

    ValueTerm() = default;
    QVariant scaled(double factor, double divisor) const;

    Relation m_relation = Relation::Equal;
    QVariant m_number; // as it was written
    QString m_unit; // likewise; empty: whichever unit a value has
    std::optional<UnitScale> m_scale; // if the unit is one with prefixes
};

} // namespace Recorders::Internal
