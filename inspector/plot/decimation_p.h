// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <chrono>
#include <vector>

namespace Recorders::Internal {

class SampleHistory;

// All samples that fall into one column of pixels, by what is seen of them.
struct PlotColumn
{
    std::chrono::nanoseconds time{}; // of the first one
    double first = 0;
    double min = 0;
    double max = 0;
    double last = 0;

    friend bool operator==(const PlotColumn &, const PlotColumn &) = default;
};

// What is drawn without lifting the pen.
using PlotLine = std::vector<PlotColumn>;

struct ValueSpan
{
    double min = 0;
    double max = 0;
    bool isEmpty = true;

    void include(double low, double high);
};

// The samples from begin to end, and the one on either side, so that lines reach the edges.
// Columns begin at multiples of their width in time: they do not shimmer as the plot moves on.
std::vector<PlotLine> decimate(const SampleHistory &history, std::chrono::nanoseconds begin,
                               std::chrono::nanoseconds end, std::chrono::nanoseconds perColumn);

} // namespace Recorders::Internal
