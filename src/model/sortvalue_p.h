// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/announcements_p.h"

#include <QString>
#include <QVariant>

namespace Recorders::Internal {

// What rows may be ordered by.
enum class SortKey {
    None,
    Name,
    Metric,
    Dimension,
    Unit,
    Value, // from here on, what changes while the names stay
    Rate,
    Delta,
    DeltaRatio,
    Count,
    Minimum,
    Mean,
    Maximum,
    P50,
    P90,
    P99,
    P999,
    LastChanged,
};

constexpr bool isLive(SortKey key)
{
    return key >= SortKey::Value;
}

int roleOf(SortKey key); // of SnapshotModel; of a live key
ChangeKind kindOf(SortKey key); // with which it changes; likewise
SortKey keyOf(int role); // None if rows cannot be ordered by it

// Rows are ordered by their numbers, then texts, then come those that have neither.
struct SortValue
{
    enum Rank { Number, Text, None };

    SortValue() = default;
    explicit SortValue(const QString &value);
    explicit SortValue(const QVariant &value);

    Rank rank = None;
    double number = 0;
    QString text;
};

// A value beside a row, so that sorting does not look elsewhere.
struct SortCandidate
{
    SortCandidate(const SortValue &value, int candidate)
        : rank(value.rank)
        , row(candidate)
        , number(value.number)
        , text(&value.text)
    {
    }
    SortCandidate(const QString &name, int candidate)
        : rank(name.isEmpty() ? SortValue::None : SortValue::Text)
        , row(candidate)
        , text(&name)
    {
    }

    SortValue::Rank rank;
    int row;
    double number = 0;
    const QString *text; // which has to stay
};

bool isLess(const SortCandidate &a, const SortCandidate &b);
bool isGreater(const SortCandidate &a, const SortCandidate &b); // those without a value are last

} // namespace Recorders::Internal
