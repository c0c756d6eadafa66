// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "milliseconds.h"
#include "plainvalue.h"
#include "shared/threadclock.h"
#include "valuesource.h"

#include <QQmlComponent>
#include <QQmlEngine>
#include <QVariant>

#include <chrono>
#include <memory>
#include <vector>

namespace Benchmarks {

enum class Bound { Text, CountedText, TextValueAndRate };

// Objects of QML that each show one value, by bindings.
class BoundRows
{
public:
    BoundRows(const QByteArray &properties, Bound bound);

    void add(const QVariantMap &required);
    QObject *at(int row) const { return m_rows[std::size_t(row)].get(); }
    QString shownAt(int row) const { return at(row)->property("shown").toString(); }
    int count() const { return int(m_rows.size()); }
    int evaluations() const { return m_evaluations.count(); } // of those that are counted

private:
    Evaluations m_evaluations;
    QQmlEngine m_engine;
    QQmlComponent m_component;
    std::vector<std::unique_ptr<QObject>> m_rows;
};

// That of a MetricValue each.
class MetricRows
{
public:
    MetricRows(int count, Bound bound, int others = 0); // and values that nobody looks at

    // Milliseconds of this thread's work from the answer of the source until all is shown.
    double update(int changed); // others, too

    struct Idling
    {
        double evaluations;
        double microsecondsPerLook; // of this thread's work
    };
    Idling idle(std::chrono::milliseconds time);

private:
    Testing::ThreadClock m_clock;
    ValueSource m_source;
    BoundRows m_rows;
};

// That of an object of somebody's own each.
class PlainRows
{
public:
    PlainRows(int count, Bound bound);

    double update(int changed); // likewise, of texts that are already there

private:
    PlainValue::Reading nextReading(int row);

    Testing::ThreadClock m_clock;
    BoundRows m_rows;
    std::vector<PlainValue *> m_shown;
    std::vector<qint64> m_values;
    std::mt19937 m_random{ 20261125 };
};

} // namespace Benchmarks
