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

} // namespace

class tst_ReadyList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void startsAsleepAndEmpty();
    void tellsTheFirstPusherToRing();
    void tellsNobodyToRingWhileAwake();
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

void tst_ReadyList::tellsTheFirstPusherToRing()
{
    List list;
    Node first;
    Node second;

    QVERIFY(list.push(first));
    QVERIFY(!list.push(second));
    QVERIFY(!list.isAsleep());
}

void tst_ReadyList::tellsNobodyToRingWhileAwake()
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
    List list;
    std::array<Node, 4> nodes;
    std::mutex mutex; // guards wakeUps
    std::condition_variable woken;
    int wakeUps = 0;
    const auto push = [&](Node &node) {
        node.isInList.store(true, std::memory_order_relaxed);
        if (!list.push(node))
            return;
        {
            const std::lock_guard lock(mutex);
            ++wakeUps;
        }
        woken.notify_one();
    };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(scaled(500));
    std::atomic<std::uint64_t> pushed = 0;
    std::atomic<bool> isOver = false;

    std::vector<std::thread> threads;
    for (std::size_t p = 0; p < 2; ++p) {
        threads.emplace_back([&, p] {
            std::uint32_t count = 0;
            while (!isOver.load(std::memory_order_relaxed)
                   && std::chrono::steady_clock::now() < deadline) {
                Node &node = nodes[2 * p + count % 2];
                if (node.isInList.load(std::memory_order_acquire)) {
                    std::this_thread::yield();
                    continue;
                }
                node.load = ++count;
                push(node);
            }
            pushed.fetch_add(count, std::memory_order_relaxed);
        });
    }
    Node last;
    std::thread ender([&] {
        for (std::thread &thread : threads)
            thread.join();
        push(last);
    });

    std::uint64_t taken = 0;
    std::array<std::uint32_t, 4> lastLoad = {};
    int misplaced = 0;
    bool wasWoken = true;
    bool hasEnded = false;
    while (wasWoken && !hasEnded) {
        {
            std::unique_lock lock(mutex);
            wasWoken = woken.wait_for(lock, std::chrono::seconds(20), [&] { return wakeUps > 0; });
            wakeUps -= wasWoken;
        }
        do {
            for (Node *next = list.takeAll(); next;) {
                Node &node = *next;
                next = node.nextReady;
                if (&node == &last) {
                    hasEnded = true;
                    continue;
                }
                ++taken;
                std::uint32_t &before = lastLoad[std::size_t(&node - nodes.data())];
                misplaced += node.load <= before;
                before = node.load;
                node.isInList.store(false, std::memory_order_release);
            }
        } while (!list.tryIdle());
    }
    isOver.store(true, std::memory_order_relaxed);
    ender.join();

    QVERIFY2(wasWoken, "a wake-up was lost");
    QCOMPARE(taken, pushed.load());
    QCOMPARE(misplaced, 0);
}

QTEST_APPLESS_MAIN(tst_ReadyList)
#include "tst_readylist.moc"
