// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/decimation_p.h"

#include "plot/samplehistory_p.h"

#include <algorithm>

namespace Recorders::Internal {

void ValueSpan::include(double low, double high)
{
    min = isEmpty ? low : std::min(min, low);
    max = isEmpty ? high : std::max(max, high);
    isEmpty = false;
}

std::vector<PlotLine> decimate(const SampleHistory &history, std::chrono::nanoseconds begin,
                               std::chrono::nanoseconds end, std::chrono::nanoseconds perColumn)
{
    Q_ASSERT_X(perColumn.count() > 0, "decimate", "perColumn must be positive");
    const qsizetype from = std::max(qsizetype(0), history.lowerBound(begin) - 1);
    std::vector<PlotLine> lines;
    bool isDrawing = false;
    std::chrono::nanoseconds::rep column = 0;
    for (qsizetype i = from; i < history.size(); ++i) {
        const Sample &sample = history.at(i);
        if (sample.isGap()) {
            isDrawing = false;
        } else {
            const auto its = sample.time / perColumn;
            if (!isDrawing)
                lines.emplace_back();
            if (!isDrawing || its != column) {
                lines.back().push_back(
                        { sample.time, sample.value, sample.value, sample.value, sample.value });
            } else {
                PlotColumn &same = lines.back().back();
                same.min = std::min(same.min, sample.value);
                same.max = std::max(same.max, sample.value);
                same.last = sample.value;
            }
            isDrawing = true;
            column = its;
        }
        if (sample.time > end)
            break;
    }
    return lines;
}

} // namespace Recorders::Internal
