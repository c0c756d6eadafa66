// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/queue/readylist_p.h"
#include "shared/seed.h"

#include <QRegularExpression>
#include <QTest>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

using namespace Recorders::Internal;
using namespace Testing;

namespace {

struct Node
{
    Node *nextReady = nullptr;
    std::uint32_t load = 0; // written by the pusher, read by the consumer
    std::atomic<bool> isInList{ false }; // what an event queue's Asleep bit is in earnest
};

using List = ReadyList<Node>;

std::vector<Node *> takeAll(List &list)
{
    std::vector<Node *> nodes;
    for (Node *node = list.takeAll(); node; node = node->nextReady)
        nodes.push_back(node);
    return nodes;
}

// Producers that push two nodes each, by turns, and what the consumer finds.
class Exchange
{
public:
    static constexpr std::size_t producerCount = 2;

    explicit Exchange(std::chrono::steady_clock::time_point deadline)
        : m_deadline(deadline)
    {
    }

    // a producer's thread
    void pushByTurns(std::size_t producer)
    {
        std::uint32_t count = 0;
        while (!m_isOver.load(std::memory_order_relaxed)
               && std::chrono::steady_clock::now() < m_deadline) {
            Node &node = m_nodes[2 * producer + count % 2];
            if (node.isInList.load(std::memory_order_acquire)) {
                std::this_thread::yield();
                continue;
            }
            node.load = ++count;
            push(node);
        }
        m_pushed.fetch_add(count, std::memory_order_relaxed);
    }
    void pushLast() { push(m_last); }

    // the consumer's thread
    bool awaitWakeUp() // false: none came
    {
        std::unique_lock lock(m_mutex);
        const bool wasWoken =
                m_woken.wait_for(lock, std::chrono::seconds(20), [this] { return m_wakeUps > 0; });
        m_wakeUps -= wasWoken;
        return wasWoken;
    }
    void takeUntilIdle()
    {
        do {
            for (Node *next = m_list.takeAll(); next;) {
                Node &node = *next;
                next = node.nextReady;
                take(node);
            }
        } while (!m_list.tryIdle());
    }
    bool hasEnded() const { return m_hasEnded; }
    void stopProducers() { m_isOver.store(true, std::memory_order_relaxed); }

    // once all threads have ended
    std::uint64_t pushed() const { return m_pushed.load(); }
    std::uint64_t taken() const { return m_taken; }
    int misplaced() const { return m_misplaced; }

private:
    void push(Node &node)
    {
        node.isInList.store(true, std::memory_order_relaxed);
        if (!m_list.push(node))
            return;
        {
            const std::lock_guard lock(m_mutex);
            ++m_wakeUps;
        }
        m_woken.notify_one();
    }

    void take(Node &node)
    {
        if (&node == &m_last) {
            m_hasEnded = true;
            return;
        }
        ++m_taken;
        std::uint32_t &before = m_lastLoad[std::size_t(&node - m_nodes.data())];
        m_misplaced += node.load <= before;
        before = node.load;
        node.isInList.store(false, std::memory_order_release);
    }

    const std::chrono::steady_clock::time_point m_deadline;
    List m_list;
    std::array<Node, 2 * producerCount> m_nodes;
    Node m_last;
    std::mutex m_mutex; // guards m_wakeUps
    std::condition_variable m_woken;
    int m_wakeUps = 0;
    std::atomic<std::uint64_t> m_pushed = 0;
    std::atomic<bool> m_isOver = false;

    // the consumer's thread
    std::uint64_t m_taken = 0;
    std::array<std::uint32_t, 2 *producerCount> m_lastLoad = {};
    int m_misplaced = 0;
    bool m_hasEnded = false;
};

} // namespace

class tst_ReadyList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void startsAsleepAndEmpty();
    void tellsTheFirstPusherToWakeTheConsumer();
    void tellsNobodyToWakeItWhileAwake();
    void returnsNodesInTheOrderPushed();
    void staysAsleepWhenItIsTakenFrom();
    void refusesToSleepOnNodes();
    void sleepsAgainOnceItIsEmpty();
    void takesNodesAgain();

    // Threads
    void losesNeitherNodesNorWakeUps();
};

void tst_ReadyList::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_ReadyList::startsAsleepAndEmpty()
{
    List list;

    QVERIFY(list.isAsleep());
    QVERIFY(!list.takeAll());
}

void tst_ReadyList::tellsTheFirstPusherToWakeTheConsumer()
{
    List list;
    Node first;
    Node second;

    QVERIFY(list.push(first));
    QVERIFY(!list.push(second));
    QVERIFY(!list.isAsleep());
}

void tst_ReadyList::tellsNobodyToWakeItWhileAwake()
{
    List list;
    Node first;
    Node second;
    (void)list.push(first);

    takeAll(list);

    QVERIFY(!list.isAsleep());
    QVERIFY(!list.push(second));
}

void tst_ReadyList::returnsNodesInTheOrderPushed()
{
    List list;
    std::array<Node, 3> nodes;

    for (Node &node : nodes)
        (void)list.push(node);

    QCOMPARE(takeAll(list), (std::vector<Node *>{ &nodes[0], &nodes[1], &nodes[2] }));
    QVERIFY(takeAll(list).empty());
}

void tst_ReadyList::staysAsleepWhenItIsTakenFrom()
{
    List list;
    Node node;

    QVERIFY(takeAll(list).empty());

    QVERIFY(list.isAsleep());
    QVERIFY(list.push(node));
}

void tst_ReadyList::refusesToSleepOnNodes()
{
    List list;
    Node node;
    (void)list.push(node);

    QVERIFY(!list.tryIdle());
    QCOMPARE(takeAll(list), std::vector<Node *>{ &node });
}

void tst_ReadyList::sleepsAgainOnceItIsEmpty()
{
    List list;
    Node node;
    (void)list.push(node);
    takeAll(list);

    const bool sleeps = list.tryIdle();
    const bool stillSleeps = list.tryIdle();

    QVERIFY(sleeps && stillSleeps);
    QVERIFY(list.isAsleep());
    QVERIFY(list.push(node));
}

void tst_ReadyList::takesNodesAgain()
{
    List list;
    Node first;
    Node second;

    for (int i = 0; i < 3; ++i) {
        (void)list.push(first);
        (void)list.push(second);
        QCOMPARE(takeAll(list), (std::vector<Node *>{ &first, &second }));
    }
}

// A consumer that only works when it is woken up, and producers that wait until their node was
// taken: a lost node or wake-up stops everything, and the test with it.
void tst_ReadyList::losesNeitherNodesNorWakeUps()
{
    Exchange exchange(std::chrono::steady_clock::now() + std::chrono::milliseconds(scaled(500)));
    std::vector<std::thread> producers;
    for (std::size_t producer = 0; producer < Exchange::producerCount; ++producer)
        producers.emplace_back([&exchange, producer] { exchange.pushByTurns(producer); });
    std::thread ender([&] {
        for (std::thread &producer : producers)
            producer.join();
        exchange.pushLast();
    });

    bool wasWoken = true;
    while (wasWoken && !exchange.hasEnded()) {
        wasWoken = exchange.awaitWakeUp();
        exchange.takeUntilIdle();
    }
    exchange.stopProducers();
    ender.join();

    QVERIFY2(wasWoken, "a wake-up was lost");
    QCOMPARE(exchange.taken(), exchange.pushed());
    QCOMPARE(exchange.misplaced(), 0);
}

QTEST_APPLESS_MAIN(tst_ReadyList)
#include "tst_readylist.moc"
