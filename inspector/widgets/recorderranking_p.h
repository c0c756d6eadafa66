// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <QCollator>
#include <QHash>
#include <QObject>
#include <QVariant>

#include <chrono>
#include <vector>

namespace Recorders::Internal {

struct ComparedValue
{
    QString metric;
    QString dimension; // empty: the first one

    friend bool operator==(const ComparedValue &, const ComparedValue &) = default;
};

enum class RankingOrder { LargestFirst, SmallestFirst, ByName, ByNameBackwards };

struct RankedRecorder
{
    QString entityId;
    QVariant value;
    std::vector<double> trend; // of counters how much they grew per second
};

// The first recorders of all that have a value.
struct Ranking
{
    int round = 0; // of begin()
    QList<RankedRecorder> recorders;
    qsizetype total = 0;
    double largest = 0; // of all of them, regardless of the sign
    QString dimension;
    Unit unit;
};

// Keeps one value of all recorders, and ranks them. It lives in a thread of its own, so that their
// number costs those who look at it nothing.
class RecorderRanking : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype maxRecorders = 50;
    static constexpr size_t trendLength = 60;

    using QObject::QObject;

    void begin(int round, const ComparedValue &value); // forgets all
    void setOrder(RankingOrder order);
    void setHeld(bool held); // those that were told last stay where they are
    void apply(const SnapshotUpdate &update);
    void pass(); // nothing has changed for a while

Q_SIGNALS:
    void ranked(const Recorders::Internal::Ranking &ranking);

private:
    struct Entry
    {
        QString entityId;
        QVariant value;
        double number = 0; // not a number: it is none
    };
    using Entries = std::vector<const Entry *>;

    void take(const RecorderSnapshot &recorder);
    bool isBefore(const Entry &a, const Entry &b) const;
    Entries first() const;
    Entries held() const;
    void tell(bool isChanged);
    bool isToBeTold(const SnapshotUpdate &update) const;
    bool mayMove(bool isChanged) const;
    void findLargest();
    std::vector<double> trendOf(const Entry &entry);

    struct Trend
    {
        std::vector<double> points; // the last one is that of the last tick
        double number = 0; // of then
        int tick = 0;
    };

    ComparedValue m_value;
    QHash<QString, Entry> m_entries;
    QHash<QString, Trend> m_trends; // of those that were told lately
    QList<QString> m_told;
    RankingOrder m_order = RankingOrder::LargestFirst;
    QCollator m_collator{ QLocale(QLocale::English) }; // that of C knows no numbers
    std::chrono::nanoseconds m_time{}; // of the last update that was told
    std::chrono::duration<double> m_elapsed{}; // from the one before
    QString m_dimension;
    Unit m_unit;
    bool m_isCounter = false;
    bool m_isHeld = false;
    bool m_isOthers = true; // recorders have come or gone since they were told
    double m_largest = 0;
    int m_round = 0;
    int m_tick = 0;
};

} // namespace Recorders::Internal
