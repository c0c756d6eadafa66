// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsrecorder.h>
#include <recorders/metrics/standardmetrics.h>

#include <chrono>

namespace {

struct Saved
{
    enum class Outcome { Success, Failure };
    Outcome outcome = Outcome::Failure;
    qint64 bytes = 0;
    std::chrono::nanoseconds duration{};
    QString user;
};
struct TransferStarted
{
};
struct TransferFinished
{
};

} // namespace

void registerMetrics(Recorders::MetricsRecorder *recorder);
bool save(Recorders::MetricsRecorder *recorder, const QByteArray &content);
bool write(const QByteArray &content);

void registerMetrics(Recorders::MetricsRecorder *recorder)
{
    using namespace Recorders;
    using namespace std::chrono_literals;

    // README: registrations
    recorder->registerMetric(CounterMetric<Saved>(QStringLiteral("saves")).by(&Saved::outcome));
    recorder->registerMetric(
            CounterMetric(QStringLiteral("saved"), &Saved::bytes).in(Unit::bytes()));
    recorder->registerMetric(HistogramMetric(QStringLiteral("save.duration"), &Saved::duration)
                                     .by(QStringLiteral("user"), &Saved::user)
                                     .limitedTo(10));
    recorder->registerMetric(RateMetric<Saved>(QStringLiteral("save.rate")).over(30s));
    recorder->registerMetric(UpDownCounterMetric<TransferStarted, TransferFinished>(
            QStringLiteral("transfers.active")));
    // README: end
}

bool write(const QByteArray &content)
{
    return !content.isEmpty();
}

bool save(Recorders::MetricsRecorder *recorder, const QByteArray &content)
{
    // README: timer
    Recorders::ScopedTimer saved(recorder, &Saved::duration); // emits a Saved when the scope ends
    if (!write(content))
        return false;
    saved->outcome = Saved::Outcome::Success;
    saved->bytes = content.size();
    return true;
    // README: end
}

int main()
{
    return save(nullptr, QByteArrayLiteral("x")) ? 0 : 1;
}
