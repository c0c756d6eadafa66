// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/plotsummary_p.h"

#include "plot/decimation_p.h"
#include "plot/plottexts_p.h"

#include <recorders/model/formattedvalue.h>

#include <algorithm>

namespace Recorders::Internal {

namespace {

struct Figures
{
    ValueSpan span;
    double first = 0;
    double last = 0;
};

Figures figuresOf(const SampleHistory &history, std::chrono::nanoseconds begin,
                  std::chrono::nanoseconds end)
{
    Figures figures;
    for (qsizetype i = history.lowerBound(begin); i < history.size(); ++i) {
        const Sample &sample = history.at(i);
        if (sample.time > end)
            break;
        if (sample.isGap())
            continue;
        if (figures.span.isEmpty)
            figures.first = sample.value;
        figures.span.include(sample.value, sample.value);
        figures.last = sample.value;
    }
    return figures;
}

QString trend(const Figures &figures)
{
    // Less than this part of the range is noise.
    constexpr double noise = 0.2;
    const double range = figures.span.max - figures.span.min;
    const double change = figures.last - figures.first;
    if (range == 0)
        return PlotTexts::tr("steady");
    if (std::abs(change) < noise * range)
        return PlotTexts::tr("up and down");
    return change > 0 ? PlotTexts::tr("rising") : PlotTexts::tr("falling");
}

} // namespace

QString plotSummary(const PlotSeries &series, std::chrono::nanoseconds begin,
                    std::chrono::nanoseconds end, BytePrefix bytes)
{
    const Figures figures = figuresOf(*series.history, begin, end);
    if (figures.span.isEmpty)
        return PlotTexts::tr("%1: no values").arg(series.name);
    const auto text = [&series, bytes](double value) {
        return FormattedValue(value, series.unit, bytes).text();
    };
    return PlotTexts::tr("%1: minimum %2, maximum %3, last %4, %5")
            .arg(series.name, text(figures.span.min), text(figures.span.max), text(figures.last),
                 trend(figures));
}

} // namespace Recorders::Internal
