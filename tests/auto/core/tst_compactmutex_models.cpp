// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/compactmutex_p.h"
#include "modelsearch.h"
#include "shared/modelchecker.h"

#include <QTest>

#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>
#include <vector>

using namespace Recorders;
using namespace Recorders::ModelSearch;

class tst_CompactMutexModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // The shipped algorithm.
    void isCorrectInEveryExecution_data();
    void isCorrectInEveryExecution();

    // Nothing in it is superfluous.
    void needsEveryOrderAndEveryExchange_data();
    void needsEveryOrderAndEveryExchange();

    // Similar ones.
    void findsWrongMutexes_data();
    void findsWrongMutexes();
};

namespace {

using ModelMutex = Internal::BasicCompactMutex<ModelCheck::Atomic>;

// A thread for each number, which locks the mutex so often.
template <typename Mutex>
Scenario locking(const std::vector<int> &times)
{
    struct State
    {
        Mutex mutex;
        ModelCheck::Plain<int> count;
    };
    auto state = std::make_shared<State>();
    Scenario scenario;
    for (const int rounds : times) {
        scenario.threads.emplace_back([state, rounds] {
            for (int round = 0; round < rounds; ++round) {
                const std::lock_guard lock(state->mutex);
                state->count.set(state->count.get() + 1);
            }
        });
    }
    scenario.verdict = [state, expected = std::accumulate(times.begin(), times.end(), 0)] {
        return std::string(state->count.get() == expected ? "" : "a change was lost");
    };
    return scenario;
}

const std::vector<Model> &models()
{
    using std::bind_front;
    static const std::vector<Model> all{
        { "two threads", bind_front(locking<ModelMutex>, std::vector{ 1, 1 }), { 4, 4 } },
        { "two threads, one twice",
          bind_front(locking<ModelMutex>, std::vector{ 2, 1 }),
          { 4, 4 } },
        { "three threads", bind_front(locking<ModelMutex>, std::vector{ 1, 1, 1 }), { 3, 2 } },
        { "three threads, one twice",
          bind_front(locking<ModelMutex>, std::vector{ 2, 1, 1 }),
          { 3, 2 } },
        { "four threads", bind_front(locking<ModelMutex>, std::vector{ 1, 1, 1, 1 }), { 2, 2 } },
    };
    return all;
}

enum class Mistake {
    WaitSilently, // without saying that it waits
    ForgetTheOthers, // who wait as well, once it has slept
};

template <Mistake mistake>
class WrongMutex
{
public:
    void lock()
    {
        State seen = Free;
        while (!m_state.compare_exchange_strong(seen, Locked, std::memory_order_acquire,
                                                std::memory_order_relaxed)) {
            if (mistake == Mistake::WaitSilently)
                m_state.wait(Locked, std::memory_order_relaxed);
            else if (seen == Contended || tryContend())
                m_state.wait(Contended, std::memory_order_relaxed);
            seen = Free;
        }
    }
    void unlock()
    {
        if (m_state.exchange(Free, std::memory_order_release) == Contended)
            m_state.notify_one();
    }

private:
    enum State { Free, Locked, Contended };

    bool tryContend()
    {
        State seen = Locked;
        return m_state.compare_exchange_strong(seen, Contended, std::memory_order_relaxed,
                                               std::memory_order_relaxed);
    }

    ModelCheck::Atomic<State> m_state{ Free };
};

} // namespace

void tst_CompactMutexModels::initTestCase()
{
    beginTestCase();
}

void tst_CompactMutexModels::init()
{
    beginTest();
}

void tst_CompactMutexModels::isCorrectInEveryExecution_data()
{
    addRows(models());
}

void tst_CompactMutexModels::isCorrectInEveryExecution()
{
    searchAllExecutions();
}

void tst_CompactMutexModels::needsEveryOrderAndEveryExchange_data()
{
    addMutationRows(models());
}

void tst_CompactMutexModels::needsEveryOrderAndEveryExchange()
{
    searchMutant(models());
}

void tst_CompactMutexModels::findsWrongMutexes_data()
{
    QTest::addColumn<std::function<Scenario()>>("make");

    using std::bind_front;
    using Make = std::function<Scenario()>;
    QTest::newRow("waiting without saying so")
            << Make(bind_front(locking<WrongMutex<Mistake::WaitSilently>>, std::vector{ 1, 1 }));
    QTest::newRow("forgetting those who wait as well") << Make(
            bind_front(locking<WrongMutex<Mistake::ForgetTheOthers>>, std::vector{ 1, 1, 1 }));
}

void tst_CompactMutexModels::findsWrongMutexes()
{
    searchMisuse();
}

QTEST_APPLESS_MAIN(tst_CompactMutexModels)
#include "tst_compactmutex_models.moc"
