// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "crowd.h"

#include "effort.h"

#include <recorders/metrics/standardmetrics.h>

#include <utility>

namespace Benchmarks {

using namespace Recorders;

namespace {

struct Request
{
    static constexpr char eventType[] = "benchmark.request";
};

} // namespace

Crowd &Crowd::instance()
{
    static Crowd crowd;
    return crowd;
}

Crowd::Crowd()
    : m_runtime(QStringLiteral("benchmark"))
{
    m_runtime.start();
    const int count = Effort::scaled(size);
    m_recorders.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i) {
        auto recorder = m_runtime.createRecorder(QStringLiteral("connection-%1").arg(i));
        for (const char *name : { "requests", "answers", "checks" })
            recorder->registerMetric(counter<Request>(QString::fromLatin1(name)));
        m_recorders.push_back(std::move(recorder));
    }
}

void Crowd::registerEvents(int recorders)
{
    for (int i = 0; i < recorders; ++i)
        m_recorders[m_random() % m_recorders.size()]->registerEvent(Request{});
}

LiveCrowd::LiveCrowd(std::function<void()> change)
    : m_thread([change = std::move(change)](const std::stop_token &stop) {
        for (auto next = std::chrono::steady_clock::now(); !stop.stop_requested();
             std::this_thread::sleep_until(next += interval))
            change();
    })
{
}

} // namespace Benchmarks
