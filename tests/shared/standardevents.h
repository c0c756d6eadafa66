// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metric.h>
#include <recorders/metrics/standardmetricbase.h>

#include <QString>

#include <chrono>
#include <memory>
#include <string>

// What the tests of standard metrics measure.
namespace Testing {

struct Saved
{
    static constexpr char eventType[] = "test.saved";

    enum class Outcome { Success, Failure, Cancelled };
    Outcome outcome = Outcome::Failure;
    qint64 bytes = 0;
    double ratio = 0;
    std::chrono::milliseconds duration{};
    QString user;
    bool isRetry = false;

    bool isLarge() const { return bytes >= 1000; }
};

struct Loaded
{
    static constexpr char eventType[] = "test.loaded";

    Saved::Outcome outcome = Saved::Outcome::Failure;
    qint64 bytes = 0;
    std::string user;
};

inline Saved savedBytes(qint64 bytes)
{
    Saved saved;
    saved.bytes = bytes;
    return saved;
}

inline Saved savedRatio(double ratio)
{
    Saved saved;
    saved.ratio = ratio;
    return saved;
}

inline Saved savedBy(const QString &user, qint64 bytes = 1)
{
    Saved saved = savedBytes(bytes);
    saved.user = user;
    return saved;
}

inline Saved savedWith(Saved::Outcome outcome, qint64 bytes = 1)
{
    Saved saved = savedBytes(bytes);
    saved.outcome = outcome;
    return saved;
}

// The snapshot after these events.
template <typename... Events>
Recorders::MetricSnapshot snapshotAfter(const std::unique_ptr<Recorders::Metric> &metric,
                                        const Events &...events)
{
    (metric->handleEvent(Recorders::MetricEvent(events)), ...);
    return metric->snapshot();
}

// Clocks that stand still until the test moves them.
struct FakeClocks
{
    static inline std::chrono::nanoseconds steady = std::chrono::hours(1000);
    static inline std::chrono::nanoseconds wall = std::chrono::hours(500'000);

    // A standard one, which is returned.
    static std::unique_ptr<Recorders::Metric> drive(std::unique_ptr<Recorders::Metric> metric)
    {
        dynamic_cast<Recorders::Internal::StandardMetricBase &>(*metric).setClocks(
                [] { return steady; }, [] { return wall; });
        return metric;
    }
};

// The steady one of these, for templates.
struct FakeSteadyClock
{
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<FakeSteadyClock>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept { return time_point(FakeClocks::steady); }
};

} // namespace Testing
