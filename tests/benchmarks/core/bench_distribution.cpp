// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/pacing.h"
#include "core/tables.h"

#include <recorders/core/distribution.h>

#include <prometheus/summary.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include <malloc.h>

namespace Benchmarks {

namespace {

using Recorders::Distribution;

constexpr double quantiles[] = { 0.5, 0.9, 0.99, 0.999 };
// Log-normal around 3 ms, as durations are.
const std::vector<double> &numbers()
{
    static const std::vector<double> all = [] {
        std::mt19937_64 generator(42);
        std::lognormal_distribution<double> nanosecondsOf(15, 1);
        std::vector<double> made(std::size_t(Effort::scaled(100'000)));
        for (double &number : made)
            number = nanosecondsOf(generator);
        return made;
    }();
    return all;
}

// The greatest one of the four quantiles.
template <typename Quantile>
double relativeError(Quantile quantileOf)
{
    static const std::vector<double> sorted = [] {
        std::vector<double> all = numbers();
        std::sort(all.begin(), all.end());
        return all;
    }();
    double error = 0;
    for (const double q : quantiles) {
        const auto rank = static_cast<std::size_t>(std::ceil(q * double(sorted.size()))) - 1;
        error = std::max(error, std::abs(quantileOf(q) / sorted[rank] - 1));
    }
    return error;
}

// A summary of one window, for as long as this takes: what it knows is what was observed.
std::unique_ptr<prometheus::Summary> summaryOf(double rankError)
{
    prometheus::Summary::Quantiles wanted;
    for (const double q : quantiles)
        wanted.emplace_back(q, rankError * (1 - q)); // the rarer, the more exact
    return std::make_unique<prometheus::Summary>(wanted, std::chrono::hours(1), 1);
}

double errorOf(prometheus::Summary &summary)
{
    const prometheus::ClientMetric metric = summary.Collect();
    return relativeError([&metric](double q) {
        for (const auto &told : metric.summary.quantile) {
            if (told.quantile == q)
                return told.value;
        }
        return 0.0;
    });
}

Distribution recordedDistribution()
{
    Distribution distribution;
    for (const double number : numbers())
        distribution.record(number);
    return distribution;
}

// The coarsest summary that is as exact as the distribution.
double equalRankError()
{
    static const double found = [] {
        const Distribution distribution = recordedDistribution();
        const double wanted =
                relativeError([&distribution](double q) { return distribution.quantile(q); });
        for (double rankError = 0.5; rankError > 1e-4; rankError *= 0.8) {
            const auto summary = summaryOf(rankError);
            for (const double number : numbers())
                summary->Observe(number);
            if (errorOf(*summary) <= wanted)
                return rankError;
        }
        return 1e-4;
    }();
    return found;
}

template <typename Record>
double nanosecondsPerNumber(Record record)
{
    const Clock::time_point begin = Clock::now();
    for (const double number : numbers())
        record(number);
    return nanoseconds(Clock::now() - begin) / double(numbers().size());
}

// What make() keeps on the heap.
template <typename Make>
double heapBytesOf(Make make)
{
    const std::size_t before = mallinfo2().uordblks;
    const auto made = make();
    benchmark::DoNotOptimize(made);
    return double(mallinfo2().uordblks) - double(before);
}

constexpr char prometheusName[] = "prometheus-cpp, Summary";

} // namespace

void addDistributions(std::deque<Table> &tables)
{
    Table &times = tables.emplace_back("Recording into a distribution", "ns per number");
    times.row("4 quantiles, of equal relative error")
            .measure(ownName,
                     [] {
                         Distribution distribution;
                         return nanosecondsPerNumber(
                                 [&](double number) { distribution.record(number); });
                     })
            .measure(prometheusName, [] {
                const auto summary = summaryOf(equalRankError());
                return nanosecondsPerNumber([&](double number) { summary->Observe(number); });
            });

    Table &sizes = tables.emplace_back("The size of a distribution of 100 000 numbers", "bytes");
    sizes.row("4 quantiles, of equal relative error")
            .measure(ownName,
                     [] {
                         return heapBytesOf([] {
                             return std::make_unique<Distribution>(recordedDistribution());
                         });
                     })
            .measure(prometheusName, [] {
                const double rankError = equalRankError();
                return heapBytesOf([rankError] {
                    auto summary = summaryOf(rankError);
                    for (const double number : numbers())
                        summary->Observe(number);
                    return summary;
                });
            });
}

} // namespace Benchmarks
