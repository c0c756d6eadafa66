// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <chrono>
#include <cmath>
#include <limits>
#include <vector>

namespace Recorders::Internal {

struct Sample
{
    std::chrono::nanoseconds time{}; // steady clock
    double value = std::numeric_limits<double>::quiet_NaN(); // not finite: the line is broken here

    bool isGap() const { return !std::isfinite(value); }
};

// The last samples of one value, in the order of time. What is older than there is room for goes.
class SampleHistory
{
public:
    static constexpr qsizetype defaultCapacity = 36'000; // 1 h at 10 Hz, 576 KB

    explicit SampleHistory(qsizetype capacity = defaultCapacity);

    void append(std::chrono::nanoseconds time, double value);
    void breakLine(); // nothing is known from here to the next sample

    bool isEmpty() const { return m_samples.empty(); }
    qsizetype size() const { return qsizetype(m_samples.size()); }
    qsizetype capacity() const { return m_capacity; }
    void setCapacity(qsizetype capacity); // forgets the oldest
    qsizetype bytes() const { return qsizetype(m_samples.capacity()) * qsizetype(sizeof(Sample)); }
    const Sample &at(qsizetype index) const; // 0 is the oldest
    const Sample &first() const { return at(0); }
    const Sample &last() const { return at(size() - 1); }
    qsizetype lowerBound(std::chrono::nanoseconds time) const; // the first that is not before it
    qsizetype nearest(std::chrono::nanoseconds time) const; // -1: there is none

    // How fast it grew until the last sample; not a number if that is not known, or if it shrank.
    double growthPerSecond(std::chrono::nanoseconds window) const;

private:
    void makeRoom();
    Sample &slot(qsizetype index);

    qsizetype m_capacity;
    qsizetype m_first = 0; // where the oldest one is
    std::vector<Sample> m_samples; // a ring once it is full
};

} // namespace Recorders::Internal
