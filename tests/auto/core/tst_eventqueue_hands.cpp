// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/queue/eventqueue_p.h"
#include "eventqueuefixture.h"
#include "shared/seed.h"

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

using namespace Recorders::Internal;
using namespace Testing;

// Threads that have the queue to themselves in turn, while others take that from them.
class tst_EventQueue_Hands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void losesNothingBetweenOwners_data();
    void losesNothingBetweenOwners();
};

void tst_EventQueue_Hands::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

struct World
{
    World(std::size_t maxPending, std::uint32_t producers)
        : queue(maxPending, pools)
        , producing(producers)
    {
        queue.open();
    }

    // In bursts, so that each thread has its time alone.
    void produce(std::uint32_t producer, std::uint32_t count)
    {
        Jitter pace(newSeed() + producer);
        std::uint32_t next = 0;
        while (next < count) {
            const ClaimOutcome outcome = put(queue, Event::make(producer, next));
            if (outcome < ClaimOutcome::Full)
                ++next;
            else
                std::this_thread::yield();
            if (pace.oneIn(32))
                standBack();
            else if (pace.oneIn(16))
                pace.pause();
        }
        producing.fetch_sub(1, std::memory_order_relaxed);
    }

    // Until what was pending is handled, and a burst of the other producers, unless all of them
    // stand back as well.
    void standBack()
    {
        constexpr std::uint64_t burst = 32;
        const std::uint64_t pending = queue.ticket();
        producing.fetch_sub(1, std::memory_order_relaxed);
        while (queue.handled() < pending
               || (queue.handled() < pending + burst
                   && producing.load(std::memory_order_relaxed) > 0))
            std::this_thread::yield();
        producing.fetch_add(1, std::memory_order_relaxed);
    }

    // Sleeps whenever it can, and opens the queue again when it was closed.
    void consume()
    {
        while (isAtWork.load(std::memory_order_acquire) || !queue.isEmpty()) {
            if (const auto event = take(queue))
                ledger.note(*event);
            else if (queue.isEmpty())
                rest();
        }
    }

    void rest()
    {
        if (isClosed.load(std::memory_order_acquire)) {
            const std::uint64_t last = queue.ticket();
            admittedLate += queue.handled() != last || !queue.isPublished();
            queue.open();
            isClosed.store(false, std::memory_order_release); // after that it may be closed again
        } else {
            if (jitter.oneIn(2) && queue.prepareIdle())
                AsymmetricFence::heavy();
            static_cast<void>(queue.tryIdle());
            std::this_thread::yield();
        }
    }

    // Closes it now and then, and looks at the counts all the time.
    void interfere()
    {
        Jitter pauses(newSeed());
        SmallLaneQueue::Counts last{};
        while (isAtWork.load(std::memory_order_acquire)) {
            const SmallLaneQueue::Counts now = queue.counts();
            inconsistent += now.handled > now.accepted || now.accepted < last.accepted
                    || now.handled < last.handled
                    || now.accepted - now.handled > queue.maxPending();
            last = now;
            if (pauses.oneIn(64) && !isClosed.load(std::memory_order_acquire)) {
                queue.close();
                isClosed.store(true, std::memory_order_release);
            }
            std::this_thread::yield();
        }
    }

    SmallLaneQueue::Pools pools;
    SmallLaneQueue queue;
    std::atomic<std::uint32_t> producing; // producers, that do not stand back; relaxed: a count
    std::atomic<bool> isAtWork = true;
    std::atomic<bool> isClosed = false; // and close() has returned
    Ledger ledger;
    Jitter jitter{ newSeed() };
    int admittedLate = 0;
    int inconsistent = 0;
};

} // namespace

void tst_EventQueue_Hands::losesNothingBetweenOwners_data()
{
    QTest::addColumn<std::size_t>("maxPending");
    QTest::addColumn<std::uint32_t>("producers");

    for (const std::size_t maxPending : { 1, 5, 1000 }) {
        for (const std::uint32_t producers : { 1U, 3U })
            QTest::addRow("at most %zu, %u producers", maxPending, producers)
                    << maxPending << producers;
    }
}

void tst_EventQueue_Hands::losesNothingBetweenOwners()
{
    QFETCH(const std::size_t, maxPending);
    QFETCH(const std::uint32_t, producers);
    World world(maxPending, producers);
    std::thread consumer(&World::consume, &world);
    std::thread interferer(&World::interfere, &world);
    const auto count = std::uint32_t(scaled(1000));

    std::vector<std::thread> threads;
    for (std::uint32_t p = 0; p < producers; ++p)
        threads.emplace_back([&world, p, count] { world.produce(p, count); });
    for (std::thread &thread : threads)
        thread.join();
    world.isAtWork.store(false, std::memory_order_release);
    interferer.join();
    consumer.join();

    QCOMPARE(world.ledger.total(), std::uint64_t{ producers } * count);
    QCOMPARE(world.queue.counts().handled, world.ledger.total());
    QCOMPARE(world.ledger.broken() + world.ledger.misplaced(), 0);
    QCOMPARE(world.admittedLate + world.inconsistent, 0);
}

QTEST_APPLESS_MAIN(tst_EventQueue_Hands)
#include "tst_eventqueue_hands.moc"
