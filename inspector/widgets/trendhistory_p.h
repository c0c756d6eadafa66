// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QModelIndex>
#include <QString>

#include <chrono>
#include <functional>
#include <vector>

namespace Recorders::Internal {

// What rows were in the last minute, as far as somebody looked: their rate, or of what has none
// the value. A sample a second, of so many rows at most that memory stays small.
class TrendHistory
{
public:
    using Time = std::chrono::milliseconds;
    using Clock = std::function<Time()>;

    static constexpr Time length = std::chrono::minutes(1);
    static constexpr Time step = std::chrono::seconds(1);

    struct Sample
    {
        Time time;
        double value;
    };

    explicit TrendHistory(Clock clock = steadyTime);

    bool isDue() const; // a step has gone by
    void sample(const QModelIndexList &rows); // that are in sight
    const std::vector<Sample> &samples(const QModelIndex &row) const;
    Time now() const { return m_clock(); }
    qsizetype rowCount() const { return m_rows.size(); }

private:
    static constexpr qsizetype rowLimit = 1000;

    struct Row
    {
        bool isRate = false;
        std::vector<Sample> samples;
    };

    static Time steadyTime();
    void add(const QModelIndex &row, Time now);
    void forgetOldest();

    Clock m_clock;
    QHash<QString, Row> m_rows; // by their names
    Time m_last{ -step };
};

} // namespace Recorders::Internal
