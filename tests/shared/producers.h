// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/conservation.h"

#include <recorders/core/metric.h>
#include <recorders/core/recorder.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

namespace Testing {

// An event that names its producer and its number there and carries a checksum, so that loss,
// repetition, reordering and tearing are all seen.
struct Sequenced
{
    static constexpr char eventType[] = "test.sequenced";

    quint32 producer;
    quint32 sequence;
    quint64 checksum;

    static quint64 checksumOf(quint32 producer, quint32 sequence)
    {
        return (quint64(producer) << 32 | sequence) * 0x9E3779B97F4A7C15ULL;
    }
};

using Sequences = std::vector<std::vector<quint32>>; // by producer

// Notes what was handled. Read it once the recorder has stopped.
class SequenceMetric : public Recorders::TypedMetric<Sequenced>
{
public:
    explicit SequenceMetric(std::shared_ptr<Sequences> handled, std::shared_ptr<int> torn)
        : TypedMetric(QStringLiteral("sequences"))
        , m_handled(std::move(handled))
        , m_torn(std::move(torn))
    {
    }

    bool handle(const Sequenced &event) override
    {
        if (event.producer >= m_handled->size()
            || event.checksum != Sequenced::checksumOf(event.producer, event.sequence))
            ++*m_torn;
        else
            (*m_handled)[event.producer].push_back(event.sequence);
        return true;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name());
    }

private:
    const std::shared_ptr<Sequences> m_handled;
    const std::shared_ptr<int> m_torn;
};

// Producers of one recorder, and what they were answered.
class Producers
{
public:
    static constexpr int maxCount = 32;

    explicit Producers(const std::shared_ptr<Recorders::Recorder> &recorder)
        : m_recorder(recorder)
    {
        recorder->registerMetric(std::make_unique<SequenceMetric>(m_handled, m_torn));
    }
    ~Producers() { join(); }

    Producers(const Producers &) = delete;
    Producers &operator=(const Producers &) = delete;

    // Each registers so many events, or, with none given, until the end of the test.
    void start(int count, quint32 events = 0)
    {
        m_count = count;
        for (quint32 id = 0; id < quint32(count); ++id)
            m_threads.emplace_back([this, id, events] { produce(id, events); });
    }

    void join()
    {
        m_isOver.store(true, std::memory_order_relaxed);
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }

    void finish()
    {
        for (std::thread &thread : m_threads)
            thread.join();
        m_threads.clear();
    }

    // Spins until every producer has had that many events accepted.
    void waitUntilAccepted(quint64 count) const
    {
        for (int id = 0; id < m_count; ++id) {
            while (m_progress[std::size_t(id)].load(std::memory_order_relaxed) < count)
                std::this_thread::yield();
        }
    }

    // Takes into account what somebody else was answered, in any thread.
    void addAnswer(Recorders::RegisterResult answer)
    {
        m_othersAnswers[std::size_t(answer)].fetch_add(1, std::memory_order_relaxed);
    }

    // Empty if all is well: what the producers know agrees with what the recorder and the metric
    // know. Only once it has stopped.
    QByteArray disagreement() const
    {
        const Recorders::RecorderStatistics s = m_recorder->statistics();
        const auto answered = [this](Recorders::RegisterResult result) {
            quint64 sum = m_othersAnswers[std::size_t(result)].load(std::memory_order_relaxed);
            for (const auto &answers : m_answers)
                sum += answers[std::size_t(result)];
            return sum;
        };
        if (!isConserved(s) || s.pending != 0)
            return brokenLaw(describe(s));
        if (s.accepted != answered(Recorders::RegisterResult::Accepted)
            || s.dropped != answered(Recorders::RegisterResult::Dropped)
            || s.rejected != answered(Recorders::RegisterResult::Rejected)
            || s.notRunning != answered(Recorders::RegisterResult::NotRunning))
            return brokenLaw("not what was answered, " + describe(s));
        if (*m_torn > 0)
            return brokenLaw("torn events");
        for (std::size_t id = 0; id < maxCount; ++id) {
            if ((*m_handled)[id] != m_accepted[id])
                return brokenLaw("producer " + QByteArray::number(int(id)) + ": handled "
                                 + QByteArray::number(qsizetype((*m_handled)[id].size())) + " of "
                                 + QByteArray::number(qsizetype(m_accepted[id].size()))
                                 + ", or in another order");
        }
        return {};
    }

private:
    void produce(quint32 id, quint32 events)
    {
        for (quint32 n = 0; events == 0 || n < events; ++n) {
            if (events == 0 && m_isOver.load(std::memory_order_relaxed))
                return;
            const Recorders::RegisterResult result =
                    m_recorder->registerEvent(Sequenced{ id, n, Sequenced::checksumOf(id, n) });
            ++m_answers[id][std::size_t(result)];
            if (result == Recorders::RegisterResult::Accepted) {
                m_accepted[id].push_back(n);
                m_progress[id].fetch_add(1, std::memory_order_relaxed);
            }
        }
    }

    const std::shared_ptr<Recorders::Recorder> m_recorder;
    const std::shared_ptr<Sequences> m_handled = std::make_shared<Sequences>(maxCount);
    const std::shared_ptr<int> m_torn = std::make_shared<int>(0);
    std::array<std::array<quint64, 4>, maxCount> m_answers{};
    std::array<std::atomic<quint64>, 4> m_othersAnswers{};
    Sequences m_accepted = Sequences(maxCount);
    std::array<std::atomic<quint64>, maxCount> m_progress{};
    std::atomic<bool> m_isOver = false;
    std::vector<std::thread> m_threads;
    int m_count = 0;
};

// With times that no machine needs, also where a full queue is to be handled first.
inline Recorders::RecorderOptions optionsFor(qsizetype size, Recorders::OverflowPolicy policy)
{
    Recorders::RecorderOptions options;
    options.queueMaxSize = size;
    options.overflowPolicy = policy;
    options.blockTimeout = options.stopTimeout = options.snapshotTimeout = std::chrono::minutes(1);
    return options;
}

} // namespace Testing

#define VERIFY_AGREEMENT(producers)                                                                \
  do {                                                                                             \
    const QByteArray disagreement = (producers).disagreement();                                    \
    QVERIFY2(disagreement.isEmpty(), disagreement.constData());                                    \
  } while (false)
