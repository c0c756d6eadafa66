// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "modelsearch.h"
#include "queuemodels.h"
#include "shared/modelchecker.h"

#include <QTest>

#include <functional>
#include <memory>
#include <set>
#include <vector>

using namespace Recorders;
using namespace Recorders::ModelSearch;
using namespace Recorders::QueueModels;
using ModelCheck::Result;
using ModelCheck::Scenario;

class tst_EventQueueModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // The checker itself.
    void findsMissingOrders();
    void findsDeadlocks();
    void findsLostWakeUps();
    void wakesEitherOfTwo();

    // The shipped algorithms.
    void isCorrectInEveryExecution_data();
    void isCorrectInEveryExecution();

    // Nothing in them is superfluous.
    void needsEveryOrderAndEveryExchange_data();
    void needsEveryOrderAndEveryExchange();

    // Rules for their users.
    void findsMisuse_data();
    void findsMisuse();
};

void tst_EventQueueModels::initTestCase()
{
    beginTestCase();
}

void tst_EventQueueModels::init()
{
    beginTest();
}

void tst_EventQueueModels::findsMissingOrders()
{
    const auto handOver = [](std::memory_order publish, std::memory_order look) {
        struct State
        {
            ModelCheck::Plain<int> value;
            ModelCheck::Atomic<bool> isReady{ false };
        };
        auto state = std::make_shared<State>();
        return Scenario{ { [state, publish] {
                              state->value.set(1);
                              state->isReady.store(true, publish);
                          },
                           [state, look] {
                               if (state->isReady.load(look))
                                   (void)state->value.get();
                           } },
                         {} };
    };
    using enum std::memory_order;

    const Result right = ModelCheck::explore([&] { return handOver(release, acquire); });
    const Result noRelease = ModelCheck::explore([&] { return handOver(relaxed, acquire); });
    const Result noAcquire = ModelCheck::explore([&] { return handOver(release, relaxed); });

    QVERIFY(right.isComplete && right.error.empty());
    QCOMPARE(noRelease.error, "data race: write and read");
    QCOMPARE(noAcquire.error, "data race: write and read");
}

void tst_EventQueueModels::findsDeadlocks()
{
    const auto waitForEver = [] {
        return Scenario{ { [] {
                             ModelCheck::waitUntil([] { return false; });
                         } },
                         {} };
    };
    const auto spinForEver = [] {
        auto word = std::make_shared<ModelCheck::Atomic<int>>(0);
        return Scenario{ { [word] {
                             while (word->load(std::memory_order_relaxed) == 0)
                                 ModelCheck::yield();
                         } },
                         {} };
    };

    const Result deadlock = ModelCheck::explore(waitForEver);
    const Result spinning = ModelCheck::explore(spinForEver);

    QCOMPARE(deadlock.error, "deadlock: every thread that is left waits");
    QCOMPARE(spinning.error, "deadlock: every thread that is left waits");
}

void tst_EventQueueModels::findsLostWakeUps()
{
    enum class WakeUp { Before, After, Never };
    const auto wake = [](WakeUp when) {
        auto word = std::make_shared<ModelCheck::Atomic<int>>(0);
        return Scenario{ { [word] { word->wait(0, std::memory_order_relaxed); },
                           [word, when] {
                               if (when == WakeUp::Before)
                                   word->notify_one();
                               word->store(1, std::memory_order_relaxed);
                               if (when == WakeUp::After)
                                   word->notify_one();
                           } },
                         {} };
    };

    const Result right = ModelCheck::explore([&] { return wake(WakeUp::After); });
    const Result tooEarly = ModelCheck::explore([&] { return wake(WakeUp::Before); });
    const Result never = ModelCheck::explore([&] { return wake(WakeUp::Never); });

    QVERIFY(right.isComplete && right.error.empty());
    QCOMPARE(tooEarly.error, "deadlock: every thread that is left waits");
    QCOMPARE(never.error, "deadlock: every thread that is left waits");
}

void tst_EventQueueModels::wakesEitherOfTwo()
{
    std::set<int> wokenFirst; // in some execution
    const auto twoSleep = [&wokenFirst] {
        struct State
        {
            ModelCheck::Atomic<int> word{ 0 };
            int asleep = 0; // or about to be, without a step before
            std::vector<int> awake;
        };
        auto state = std::make_shared<State>();
        const auto sleep = [state](int self) {
            ++state->asleep;
            state->word.wait(0, std::memory_order_relaxed);
            state->awake.push_back(self);
        };
        const auto wake = [state, &wokenFirst] {
            ModelCheck::waitUntil([state] { return state->asleep == 2; });
            state->word.store(1, std::memory_order_relaxed);
            state->word.notify_one();
            ModelCheck::waitUntil([state] { return !state->awake.empty(); });
            ModelCheck::require(state->awake.size() == 1, "one wake-up has woken two");
            wokenFirst.insert(state->awake.front());
            state->word.notify_one();
        };
        return Scenario{ { std::bind_front(sleep, 1), std::bind_front(sleep, 2), wake }, {} };
    };

    const Result result = ModelCheck::explore(twoSleep);

    QVERIFY(result.isComplete && result.error.empty());
    QCOMPARE(wokenFirst, (std::set{ 1, 2 }));
}

void tst_EventQueueModels::isCorrectInEveryExecution_data()
{
    addRows(slotModels());
}

void tst_EventQueueModels::isCorrectInEveryExecution()
{
    searchAllExecutions();
}

void tst_EventQueueModels::needsEveryOrderAndEveryExchange_data()
{
    addMutationRows(slotModels());
}

void tst_EventQueueModels::needsEveryOrderAndEveryExchange()
{
    searchMutant(slotModels());
}

void tst_EventQueueModels::findsMisuse_data()
{
    QTest::addColumn<std::function<Scenario()>>("make");

    using std::bind_front;
    using Make = std::function<Scenario()>;
    QTest::newRow("publishing before waking")
            << Make(bind_front(closeAndReopen, Misuse::PublishBeforeWaking));
    QTest::newRow("sleeping though the list refuses")
            << Make(bind_front(twoRecorders, Misuse::SleepThoughListRefuses));
    QTest::newRow("sleeping though the queue refuses")
            << Make(bind_front(sleepAndWake, Misuse::SleepThoughQueueRefuses));
    QTest::newRow("sleeping when the front is null")
            << Make(bind_front(sleepAndWake, Misuse::SleepOnNullFront));
    QTest::newRow("stopping when the front is null")
            << Make(bind_front(closeAndReopen, Misuse::DrainUntilNullFront));
    QTest::newRow("stopping with a flag beside the queue")
            << Make(bind_front(closeAndReopen, Misuse::FlagInsteadOfGate));
    QTest::newRow("pushing a recorder that was not asleep")
            << Make(bind_front(sleepAndWake, Misuse::PushEveryTime));
}

void tst_EventQueueModels::findsMisuse()
{
    searchMisuse();
}

QTEST_APPLESS_MAIN(tst_EventQueueModels)
#include "tst_eventqueue_models.moc"
