// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>

#include <chrono>
#include <memory>

namespace {

struct Saved
{
    enum class Outcome { Success, Failure };
    Outcome outcome = Outcome::Failure;
    qint64 bytes = 0;
    std::chrono::nanoseconds duration{};
    QString user;
};
struct Opened
{
};
struct Closed
{
};

} // namespace

void registerMetrics(Recorders::MetricsRecorder *recorder);
std::shared_ptr<Recorders::MetricsRecorder> connectionRecorder(Recorders::MetricsRuntime &runtime);
bool save(Recorders::MetricsRecorder *recorder, const QByteArray &content);
bool write(const QByteArray &content);

void registerMetrics(Recorders::MetricsRecorder *recorder)
{
    using namespace Recorders;
    using namespace std::chrono_literals;
    using namespace Qt::StringLiterals;

    // README: registrations
    recorder->registerMetric(counter<Saved>(u"saves"_s).by(&Saved::outcome));
    recorder->registerMetric(counter<Saved>(u"saved"_s).of(&Saved::bytes).unit(Unit::bytes()));
    recorder->registerMetric(histogram<Saved>(u"save.duration"_s)
                                     .of(&Saved::duration)
                                     .by(u"user"_s, &Saved::user, 10));
    recorder->registerMetric(rate<Saved>(u"save.rate"_s).over(30s));
    recorder->registerMetric(upDownCounter<Opened>(u"open"_s)
                                     .of([](const Opened &) { return 1; })
                                     .andOf<Closed>([](const Closed &) { return -1; }));
    // README: end
}

std::shared_ptr<Recorders::MetricsRecorder> connectionRecorder(Recorders::MetricsRuntime &runtime)
{
    // README: lifetime
    Recorders::RecorderOptions options;
    options.lifetime = Recorders::RecorderLifetime::UntilLastHandle;
    auto recorder = runtime.createRecorder(QStringLiteral("connection-001"), options);
    // README: end
    return recorder;
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
