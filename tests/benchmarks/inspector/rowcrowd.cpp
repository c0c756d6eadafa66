// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "rowcrowd.h"

#include <recorders/metrics/standardmetrics.h>

#include <array>
#include <utility>

namespace Benchmarks {

using namespace Recorders;

namespace {

template <std::size_t metric>
struct Bytes
{
    static constexpr char eventType[] = { 'b', 'y', 't', 'e', 's', '-', char('0' + metric), '\0' };
};

// What is done with each of the metrics of a recorder, or with one of them.
struct Access
{
    void (*registerMetric)(Recorder *);
    void (*registerEvent)(Recorder *);
};

template <std::size_t metric>
constexpr Access accessTo()
{
    return { [](Recorder *recorder) {
                recorder->registerMetric(
                        counter<Bytes<metric>>(QStringLiteral("connection.bytes-%1").arg(metric)));
            },
             [](Recorder *recorder) {
                 recorder->registerEvent(Bytes<metric>{});
             } };
}

template <std::size_t... metric>
constexpr auto accessToAll(std::index_sequence<metric...>)
{
    return std::array{ accessTo<metric>()... };
}

constexpr auto all = accessToAll(std::make_index_sequence<Size::metricsPerRecorder>());

} // namespace

RowCrowd::RowCrowd(Size size)
    : m_runtime(QStringLiteral("benchmark"))
{
    m_runtime.start();
    m_recorders.reserve(std::size_t(size.recorders));
    for (int i = 0; i < size.recorders; ++i) {
        auto recorder = m_runtime.createRecorder(QStringLiteral("connection-%1").arg(i));
        for (const Access &metric : all)
            metric.registerMetric(recorder.get());
        m_recorders.push_back(std::move(recorder));
    }
}

void RowCrowd::change(int metrics)
{
    for (int i = 0; i < metrics; ++i) {
        const std::size_t metric = m_random() % all.size();
        all[metric].registerEvent(m_recorders[m_random() % m_recorders.size()].get());
    }
}

} // namespace Benchmarks
