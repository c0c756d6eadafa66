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
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

using namespace Recorders::Internal;
using namespace Testing;

// Who wakes up the consumer, and when: the queue alone, and together with a list of ready ones.
class tst_EventQueue_WakeUps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // Sleep
    void tellsTheFirstClaimThatItWoke();
    void staysAwakeWhileAnEventIsOut();
    void wakesOncePerSleep();
    void closesAndOpensWithoutWaking();

    // Threads
    void losesNoWakeUp();
};

void tst_EventQueue_WakeUps::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_EventQueue_WakeUps::tellsTheFirstClaimThatItWoke()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();

    QCOMPARE(put(queue, Event::make(0, 0)), ClaimOutcome::ClaimedAndWoke);
    QCOMPARE(put(queue, Event::make(0, 1)), ClaimOutcome::Claimed);
    QVERIFY(!queue.isAsleep());
}

void tst_EventQueue_WakeUps::staysAwakeWhileAnEventIsOut()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();
    const SmallQueue::Claim claim = queue.claim();

    const bool sleptUnpublished = queue.tryIdle();
    fill(claim.slot, Event::make(0, 0));
    const bool sleptPublished = queue.tryIdle();
    take(queue);
    const bool sleptEmpty = queue.tryIdle();

    QVERIFY(!sleptUnpublished);
    QVERIFY(!sleptPublished);
    QVERIFY(sleptEmpty);
    QVERIFY(queue.isAsleep());
}

void tst_EventQueue_WakeUps::wakesOncePerSleep()
{
    SmallQueue::Pools pools;
    SmallQueue queue(7, pools);
    queue.open();

    for (std::uint32_t round = 0; round < 40; ++round) {
        QCOMPARE(put(queue, Event::make(round, 0)), ClaimOutcome::ClaimedAndWoke);
        for (std::uint32_t i = 0; i < round % 7; ++i)
            QCOMPARE(put(queue, Event::make(round, i + 1)), ClaimOutcome::Claimed);
        while (take(queue)) { }
        QVERIFY(queue.tryIdle());
        QVERIFY(queue.tryIdle());
    }
}

void tst_EventQueue_WakeUps::closesAndOpensWithoutWaking()
{
    SmallQueue::Pools pools;
    SmallQueue queue(3, pools);
    queue.open();
    put(queue, Event::make(0, 0));
    take(queue);

    queue.close();
    const bool slept = queue.tryIdle();
    queue.open();

    QVERIFY(slept);
    QCOMPARE(put(queue, Event::make(0, 1)), ClaimOutcome::ClaimedAndWoke);
}

namespace {

struct Node
{
    explicit Node(SmallQueue::Pools &pools)
        : queue(4, pools)
    {
        queue.open();
    }
    SmallQueue queue;
    Node *nextReady = nullptr;
};

// An event loop that has nothing but its waker: one lost wake-up, and it sleeps until the test fails.
class Loop
{
public:
    void wake()
    {
        {
            const std::lock_guard lock(m_mutex);
            ++m_wakeUps;
        }
        m_woken.notify_one();
    }
    bool waitForWakeUp()
    {
        std::unique_lock lock(m_mutex);
        if (!m_woken.wait_for(lock, std::chrono::seconds(20), [this] { return m_wakeUps > 0; }))
            return false;
        --m_wakeUps;
        return true;
    }

    ReadyList<Node> list;

private:
    std::mutex m_mutex; // guards m_wakeUps
    std::condition_variable m_woken;
    int m_wakeUps = 0;
};

void post(Loop &loop, Node &node, const Event &event)
{
    for (;;) {
        const SmallQueue::Claim claim = node.queue.claim();
        if (!claim.slot) {
            std::this_thread::yield();
            continue;
        }
        if (claim.outcome == ClaimOutcome::ClaimedAndWoke && loop.list.push(node))
            loop.wake();
        fill(claim.slot, event);
        return;
    }
}

void drainAndSleep(Node &node, Ledger &ledger)
{
    while (!node.queue.tryIdle()) {
        if (const auto event = take(node.queue))
            ledger.note(*event);
    }
}

} // namespace

using Nodes = std::array<Node, 3>;

// Returns how many it has posted.
static std::uint32_t postByTurns(Loop &loop, Nodes &nodes, std::uint32_t producer,
                                 std::uint32_t seed)
{
    Jitter jitter(seed + producer);
    std::uint32_t next[3] = {};
    std::uint32_t i = 0;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(scaled(400));
    while (i < std::uint32_t(scaled(10'000)) && std::chrono::steady_clock::now() < deadline) {
        post(loop, nodes[i % 3], Event::make(producer * 3 + i % 3, next[i % 3]++));
        ++i;
        if (jitter.oneIn(4))
            jitter.pause();
    }
    return i;
}

void tst_EventQueue_WakeUps::losesNoWakeUp()
{
    SmallQueue::Pools pools;
    Nodes nodes{ Node(pools), Node(pools), Node(pools) };
    Loop loop;
    const std::uint32_t seed = newSeed();
    std::atomic<std::uint32_t> accepted = 0;
    constexpr std::uint32_t last = UINT32_MAX; // the producer that ends the test

    std::vector<std::thread> threads;
    for (std::uint32_t p = 0; p < 2; ++p) {
        threads.emplace_back([&, p] {
            const std::uint32_t count = postByTurns(loop, nodes, p, seed);
            accepted.fetch_add(count, std::memory_order_relaxed);
        });
    }
    std::thread closer([&] {
        for (std::thread &thread : threads)
            thread.join();
        post(loop, nodes[0], Event::make(last, 0));
    });
    Ledger ledger;
    bool wasRung = true;
    while (wasRung && !ledger.hasSeen(last)) {
        wasRung = loop.waitForWakeUp();
        do {
            for (Node *next = loop.list.takeAll(); next;) {
                Node &node = *next;
                next = node.nextReady;
                drainAndSleep(node, ledger);
            }
        } while (!loop.list.tryIdle());
    }
    closer.join();

    QVERIFY2(wasRung, "a wake-up was lost");
    QCOMPARE(ledger.total(), std::uint64_t{ accepted.load() } + 1);
    QCOMPARE(ledger.broken() + ledger.misplaced(), 0);
}

QTEST_APPLESS_MAIN(tst_EventQueue_WakeUps)
#include "tst_eventqueue_wakeups.moc"
