// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/queue/eventqueue_p.h"
#include "core/queue/readylist_p.h"
#include "eventqueuefixture.h"
#include "shared/seed.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

using namespace Recorders::Internal;
using namespace Testing;

class tst_EventQueue_Threads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // Threads
    void losesNothing_data();
    void losesNothing();
    void keepsTheOrderAcrossThreads();
    void neverHoldsMoreThanItMay();
    void showsConsistentCounts();
    void losesNothingWhenClosed();
};

void tst_EventQueue_Threads::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

// A stress test ends after so many events, or after some time on a machine that is busy; what it
// asserts holds for any number.
class Workload
{
public:
    Workload(std::uint32_t producers, std::chrono::milliseconds time)
        : m_deadline(std::chrono::steady_clock::now() + time)
        , m_producers(producers)
    {
    }
    bool isOver() const { return std::chrono::steady_clock::now() > m_deadline; }
    void finish(std::uint32_t accepted)
    {
        m_accepted.fetch_add(accepted, std::memory_order_relaxed);
        m_producers.fetch_sub(1, std::memory_order_release);
    }
    bool isFinished() const { return m_producers.load(std::memory_order_acquire) == 0; }
    std::uint64_t accepted() const { return m_accepted.load(std::memory_order_relaxed); }

private:
    const std::chrono::steady_clock::time_point m_deadline;
    std::atomic<std::uint32_t> m_producers;
    std::atomic<std::uint64_t> m_accepted = 0;
};

template <typename Queue>
void produce(Queue &queue, Workload &workload, std::uint32_t producer, Jitter jitter)
{
    std::uint32_t next = 0;
    while (next < std::uint32_t(scaled(20'000))) {
        if (put(queue, Event::make(producer, next)) < ClaimOutcome::Full) {
            ++next;
        } else {
            std::this_thread::yield();
        }
        if (jitter.oneIn(64)) {
            if (workload.isOver())
                break;
            jitter.pause();
        }
    }
    workload.finish(next);
}

template <typename Queue>
void consume(Queue &queue, const Workload &workload, Ledger &ledger)
{
    while (!workload.isFinished() || !queue.isEmpty()) {
        if (const auto event = take(queue))
            ledger.note(*event);
        else if (!queue.isEmpty() || !queue.tryIdle())
            std::this_thread::yield();
    }
}

template <typename Queue>
void stress(std::size_t maxPending, std::uint32_t producers)
{
    const std::uint32_t seed = newSeed();
    typename Queue::Pools pools;
    Queue queue(maxPending, pools);
    queue.open();
    Workload workload(producers, std::chrono::milliseconds(scaled(100)));
    Ledger ledger;

    std::vector<std::thread> threads;
    for (std::uint32_t p = 0; p < producers; ++p)
        threads.emplace_back([&, p] { produce(queue, workload, p, Jitter(seed + p)); });
    consume(queue, workload, ledger);
    for (std::thread &thread : threads)
        thread.join();

    QCOMPARE(ledger.total(), workload.accepted());
    QCOMPARE(queue.ticket(), workload.accepted());
    QCOMPARE(ledger.broken(), 0);
    QCOMPARE(ledger.misplaced(), 0);
}

} // namespace

void tst_EventQueue_Threads::losesNothing_data()
{
    QTest::addColumn<bool>("isSmall");
    QTest::addColumn<bool>("hasLanes");
    QTest::addColumn<std::size_t>("maxPending");
    QTest::addColumn<std::uint32_t>("producers");

    for (const auto &[isSmall, hasLanes] : { std::pair(true, true), std::pair(true, false),
                                             std::pair(false, true), std::pair(false, false) }) {
        for (const std::size_t maxPending : { 1, 2, 7, 1000 }) {
            for (const std::uint32_t producers : { 1U, 2U, 4U }) {
                QTest::addRow("%s blocks, %s lanes, at most %zu, %u producers",
                              isSmall ? "small" : "real", hasLanes ? "with" : "without", maxPending,
                              producers)
                        << isSmall << hasLanes << maxPending << producers;
            }
        }
    }
}

void tst_EventQueue_Threads::losesNothing()
{
    QFETCH(const bool, isSmall);
    QFETCH(const bool, hasLanes);
    QFETCH(const std::size_t, maxPending);
    QFETCH(const std::uint32_t, producers);

    if (isSmall && hasLanes)
        stress<SmallLaneQueue>(maxPending, producers);
    else if (isSmall)
        stress<SmallQueue>(maxPending, producers);
    else if (hasLanes)
        stress<Queue>(maxPending, producers);
    else
        stress<SharedQueue>(maxPending, producers);
}

// Two threads pass a token to and fro; who has it registers the next number. So the numbers come
// from both, and happens-before orders them all.
void tst_EventQueue_Threads::keepsTheOrderAcrossThreads()
{
    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue(1'000'000, pools);
    queue.open();
    std::atomic<std::uint32_t> token = 0;
    Workload workload(2, std::chrono::milliseconds(scaled(300)));

    const auto play = [&](std::uint32_t parity) {
        std::uint32_t i = parity;
        for (; i < std::uint32_t(scaled(20'000)) && !workload.isOver(); i += 2) {
            while (token.load(std::memory_order_acquire) != i) {
                if (workload.isOver())
                    return workload.finish(i / 2);
                std::this_thread::yield();
            }
            put(queue, Event::make(0, i));
            token.store(i + 1, std::memory_order_release);
        }
        workload.finish(i / 2);
    };
    std::thread even(play, 0);
    std::thread odd(play, 1);
    Ledger ledger;
    consume(queue, workload, ledger);
    even.join();
    odd.join();

    QCOMPARE(ledger.total(), workload.accepted());
    QCOMPARE(ledger.misplaced(), 0);
}

static void raiseTo(std::atomic<int> &most, int now)
{
    if (now > most.load(std::memory_order_relaxed))
        most.store(now, std::memory_order_relaxed);
}

void tst_EventQueue_Threads::neverHoldsMoreThanItMay()
{
    constexpr int maxPending = 3;
    SmallQueue::Pools pools;
    SmallQueue queue(maxPending, pools);
    queue.open();
    Workload workload(2, std::chrono::milliseconds(scaled(300)));
    const std::uint32_t seed = newSeed();
    std::atomic<int> pending = 0; // less than the truth: counted late, uncounted early
    std::atomic<int> worst = 0;

    const auto produceAndCount = [&](std::uint32_t p) {
        Jitter jitter(seed + p);
        std::uint32_t i = 0;
        while (!workload.isOver()) {
            const SmallQueue::Claim claim = queue.claim();
            if (!claim.slot) {
                std::this_thread::yield();
                continue;
            }
            raiseTo(worst, pending.fetch_add(1, std::memory_order_relaxed) + 1);
            jitter.pause();
            fill(claim.slot, Event::make(p, i++));
        }
        workload.finish(i);
    };
    std::thread first(produceAndCount, 0);
    std::thread second(produceAndCount, 1);
    Ledger ledger;
    while (!workload.isFinished() || !queue.isEmpty()) {
        if (!queue.front()) {
            std::this_thread::yield();
            continue;
        }
        pending.fetch_sub(1, std::memory_order_relaxed);
        ledger.note(*take(queue));
    }
    first.join();
    second.join();

    QCOMPARE_LE(worst.load(), maxPending);
    QCOMPARE(ledger.total(), workload.accepted());
    QCOMPARE(ledger.broken() + ledger.misplaced(), 0);
}

void tst_EventQueue_Threads::showsConsistentCounts()
{
    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue(5, pools);
    queue.open();
    Workload workload(1, std::chrono::milliseconds(scaled(300)));
    std::atomic<bool> isDone = false;
    int inconsistent = 0;

    std::thread reader([&] {
        SmallLaneQueue::Counts last{};
        while (!isDone.load(std::memory_order_acquire)) {
            const SmallLaneQueue::Counts now = queue.counts();
            inconsistent += now.handled > now.accepted || now.handled < last.handled
                    || now.accepted < last.accepted;
            last = now;
            std::this_thread::yield();
        }
    });
    std::thread writer([&, seed = newSeed()] { produce(queue, workload, 0, Jitter(seed)); });
    Ledger ledger;
    consume(queue, workload, ledger);
    writer.join();
    isDone.store(true, std::memory_order_release);
    reader.join();

    QCOMPARE(inconsistent, 0);
    QCOMPARE(queue.counts().handled, workload.accepted());
}

// Returns how many were accepted. The owner's number is used while a ticket is held.
static std::uint32_t produceUntilClosed(SmallQueue &queue, std::uint32_t producer,
                                        const std::uint32_t *owner)
{
    for (std::uint32_t i = 0;;) {
        const SmallQueue::Claim claim = queue.claim();
        if (claim.outcome == ClaimOutcome::Closed)
            return i;
        if (claim.slot)
            fill(claim.slot, Event::make(producer + *owner, i++));
        else
            std::this_thread::yield();
    }
}

// The owner closes the queue in the middle of a flood, drains it, and then frees what producers
// use while they hold a ticket. Sanitizers see who comes late.
void tst_EventQueue_Threads::losesNothingWhenClosed()
{
    SmallQueue::Pools pools;
    SmallQueue queue(8, pools);
    Jitter jitter(newSeed());

    for (std::uint32_t round = 0; round < std::uint32_t(scaled(30)); ++round) {
        auto owner = std::make_unique<std::uint32_t>(round);
        queue.open();
        const std::uint64_t before = queue.counts().handled;
        std::atomic<std::uint64_t> accepted = 0;
        const auto produce = [&, ownerOfRound = owner.get()](std::uint32_t producer) {
            const std::uint32_t count = produceUntilClosed(queue, producer, ownerOfRound);
            accepted.fetch_add(count, std::memory_order_relaxed);
        };
        std::thread first(produce, 0);
        std::thread second(produce, 1'000'000);
        Ledger ledger;
        while (ledger.total() < 5 + round % 50) {
            if (const auto event = take(queue))
                ledger.note(*event);
            else
                std::this_thread::yield();
        }
        jitter.pause();
        QVERIFY(queue.close());
        while (!queue.isEmpty()) {
            if (const auto event = take(queue))
                ledger.note(*event);
        }
        owner.reset();
        first.join();
        second.join();
        QCOMPARE(ledger.total(), accepted.load());
        QCOMPARE(queue.counts().handled - before, accepted.load());
        QCOMPARE(ledger.broken() + ledger.misplaced(), 0);
    }
}

QTEST_APPLESS_MAIN(tst_EventQueue_Threads)
#include "tst_eventqueue_threads.moc"
