// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/samplehistory_p.h"

#include <algorithm>

namespace Recorders::Internal {

namespace {

bool isSame(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

} // namespace

SampleHistory::SampleHistory(qsizetype capacity)
    : m_capacity(qMax(qsizetype(2), capacity))
{
}

const Sample &SampleHistory::at(qsizetype index) const
{
    Q_ASSERT_X(index >= 0 && index < size(), "SampleHistory::at", "index must be in range");
    const qsizetype position = m_first + index;
    return m_samples[size_t(position < size() ? position : position - size())];
}

Sample &SampleHistory::slot(qsizetype index)
{
    return const_cast<Sample &>(at(index));
}

// Of a value that stays the same, two samples say all: the second one moves on.
void SampleHistory::append(std::chrono::nanoseconds time, double value)
{
    if (!isEmpty())
        time = std::max(time, last().time);
    if (size() >= 2 && isSame(last().value, value) && isSame(at(size() - 2).value, value)) {
        slot(size() - 1).time = time;
        return;
    }
    if (size() < m_capacity) {
        makeRoom();
        m_samples.push_back({ time, value });
        return;
    }
    m_samples[size_t(m_first)] = { time, value };
    m_first = (m_first + 1) % m_capacity;
}

// A vector that grows by itself may take more than the capacity.
void SampleHistory::makeRoom()
{
    constexpr qsizetype fewest = 64;
    if (m_samples.size() == m_samples.capacity())
        m_samples.reserve(size_t(std::min(std::max(2 * size(), fewest), m_capacity)));
}

void SampleHistory::setCapacity(qsizetype capacity)
{
    m_capacity = qMax(qsizetype(2), capacity);
    std::rotate(m_samples.begin(), m_samples.begin() + m_first, m_samples.end());
    m_first = 0;
    if (size() > m_capacity)
        m_samples.erase(m_samples.begin(), m_samples.end() - m_capacity);
    if (m_samples.capacity() > size_t(m_capacity))
        m_samples.shrink_to_fit();
}

void SampleHistory::breakLine()
{
    if (!isEmpty() && !last().isGap())
        append(last().time, std::numeric_limits<double>::quiet_NaN());
}

qsizetype SampleHistory::lowerBound(std::chrono::nanoseconds time) const
{
    qsizetype low = 0;
    qsizetype high = size();
    while (low < high) {
        const qsizetype middle = low + (high - low) / 2;
        if (at(middle).time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

qsizetype SampleHistory::nearest(std::chrono::nanoseconds time) const
{
    const qsizetype after = lowerBound(time);
    if (after == size())
        return size() - 1;
    if (after == 0)
        return 0;
    return time - at(after - 1).time <= at(after).time - time ? after - 1 : after;
}

double SampleHistory::growthPerSecond(std::chrono::nanoseconds window) const
{
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    if (isEmpty())
        return unknown;
    const std::chrono::nanoseconds from = last().time - window;
    const qsizetype begin = lowerBound(from);
    for (qsizetype i = begin; i < size(); ++i) {
        if (at(i).isGap() || (i > begin && at(i).value < at(i - 1).value))
            return unknown;
    }
    // A value that stays is known between its samples, too.
    const bool isHeld = begin > 0 && at(begin - 1).value == at(begin).value;
    const std::chrono::duration<double> length = last().time - (isHeld ? from : at(begin).time);
    const double growth = last().value - at(begin).value;
    return length < window / 2 ? unknown : growth / length.count();
}

} // namespace Recorders::Internal
