// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "queuemodels.h"
#include "shared/modelchecker.h"

#include <QRegularExpression>
#include <QTest>

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

using namespace Recorders;
using namespace Recorders::QueueModels;
using ModelCheck::Limits;
using ModelCheck::MutationKind;
using ModelCheck::Result;
using ModelCheck::Scenario;

namespace {

// The whole search takes half a minute with -O2, and five times as long without. Without, the tests
// look at the beginning only.
#ifdef __OPTIMIZE__
constexpr bool isThorough = true;
constexpr std::uint64_t firstLook = 2000;
#else
constexpr bool isThorough = false;
constexpr std::uint64_t firstLook = 500;
#endif

struct Model
{
    const char *name;
    std::function<Scenario()> make;
    Limits limits;
};

const std::vector<Model> &models()
{
    using std::bind_front;
    static const std::vector<Model> all{
        { "pool lends exclusively", poolLendsExclusively, { 2, 2 } },
        { "pool grows", poolGrows, { 3, 3 } },
        { "blocks are discarded",
          bind_front(discarding, 2, 0, std::vector<Step>{ borrowTwice, discardTwo }),
          { 3, 2 } },
        { "two threads discard blocks",
          bind_front(discarding, 4, 0, std::vector<Step>{ discardTwo, discardTwo }),
          { 2, 2 } },
        { "discarded blocks are used again",
          bind_front(discarding, 2, 2, std::vector<Step>{ borrowTwice, borrowTwice }),
          { 2, 2 } },
        { "blocks are discarded and used again",
          bind_front(discarding, 2, 1, std::vector<Step>{ borrowTwice, borrowTwice, discardTwo }),
          { 2, 1 } },
        { "consistent counts", countsAreConsistent, { 2, 3 } },
        { "counts keep the bound", countsKeepTheBound, { 2, 2 } },
        { "left over is published", leftOverIsPublished, { 2, 2 } },
        { "sleep and wake", bind_front(sleepAndWake, Misuse::None), { 2, 3 } },
        { "close and reopen", bind_front(closeAndReopen, Misuse::None), { 2, 2 } },
        { "room is granted", roomIsGranted, { 2, 2 } },
        { "keeping up with a producer", keepingUp, { 2, 2 } },
        { "limit is passed on", limitIsPassedOn, { 1, 1 } },
        { "blocks are passed on", blocksArePassedOn, { 2, 1 } },
        { "a segment is passed on", aSegmentIsPassedOn, { 1, 1 } },
        { "a directory is passed on", aDirectoryIsPassedOn, { 1, 1 } },
        { "a directory is passed on to the other side",
          aDirectoryIsPassedOnToTheOtherSide,
          { 1, 1 } },
        { "an old directory is forgotten", anOldDirectoryIsForgotten, { 1, 1 } },
        { "an old directory is discarded",
          bind_front(anOldDirectoryIsDiscarded, std::size_t{ 0 }),
          { 2, 1 } },
        { "an old directory is discarded and serves another",
          bind_front(anOldDirectoryIsDiscarded, std::size_t{ 1 }),
          { 2, 1 } },
        { "a late segment is found", aLateSegmentIsFound, { 2, 2 } },
        { "free blocks are discarded", freeBlocksAreDiscarded, { 2, 1 } },
        { "a closed queue tells why", aClosedQueueTellsWhy, { 2, 2 } },
        { "wake-up", bind_front(wakeUp, Misuse::None), { 2, 1 } },
        { "bound of one", bind_front(laps, 1, 2, 2), { 2, 1 } },
        { "bound of two", bind_front(laps, 2, 2, 2), { 1, 2 } },
        { "two recorders share blocks", bind_front(twoRecorders, Misuse::None), { 2, 1 } },
    };
    return all;
}

} // namespace

class tst_EventQueueModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // The checker itself.
    void findsMissingOrders();
    void findsDeadlocks();

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
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("The checker changes stacks, which sanitizers take for a mistake.");
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    QSKIP("The checker changes stacks, which sanitizers take for a mistake.");
#  endif
#endif
}

void tst_EventQueueModels::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    ModelCheck::Internal::Engine::instance().mutation = {};
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

void tst_EventQueueModels::isCorrectInEveryExecution_data()
{
    QTest::addColumn<std::function<Scenario()>>("make");
    QTest::addColumn<Limits>("limits");

    for (const Model &model : models())
        QTest::newRow(model.name) << model.make << model.limits;
}

void tst_EventQueueModels::isCorrectInEveryExecution()
{
    QFETCH(const std::function<Scenario()>, make);
    QFETCH(Limits, limits);
    if (!isThorough)
        limits.executions = firstLook;

    const Result result = ModelCheck::explore(make, limits);

    QCOMPARE(QString::fromStdString(result.error), QString());
    QVERIFY(result.isComplete || !isThorough);
    qInfo("%llu executions, at most %d preemptions and %d stale loads",
          static_cast<unsigned long long>(result.executions), limits.preemptions,
          limits.staleLoads);
}

namespace {

// What the source of a mutation is called: class::function(), without its template arguments.
QByteArray shortName(const std::string &function)
{
    const QByteArray text = QByteArray::fromStdString(function);
    const auto end = text.indexOf('(');
    const auto start = text.lastIndexOf(':', end) + 1;
    return text.mid(start, end - start);
}

std::map<ModelCheck::Site, ModelCheck::Operation> recordedOperations()
{
    std::map<ModelCheck::Site, ModelCheck::Operation> operations;
    auto &engine = ModelCheck::Internal::Engine::instance();
    engine.recording = &operations;
    for (const Model &model : models())
        (void)ModelCheck::explore(model.make, { .executions = 3000 });
    engine.recording = nullptr;
    return operations;
}

std::vector<std::pair<MutationKind, const char *>>
mutationsOf(const ModelCheck::Operation &operation)
{
    using namespace ModelCheck::Internal;
    std::vector<std::pair<MutationKind, const char *>> kinds;
    if (acquires(operation.success))
        kinds.emplace_back(MutationKind::DropAcquire, "without acquire");
    if (releases(operation.success))
        kinds.emplace_back(MutationKind::DropRelease, "without release");
    if (acquires(operation.failure))
        kinds.emplace_back(MutationKind::DropFailureAcquire, "without acquire when it fails");
    if (operation.isExchange)
        kinds.emplace_back(MutationKind::Split, "in two steps");
    return kinds;
}

} // namespace

namespace {

// What no model can need, and why it is there all the same.
bool isNeededOtherwise(const QByteArray &function, MutationKind kind)
{
    // The checker does not watch that a region was mapped, or a block constructed, before somebody
    // else uses it.
    if (function == "provideRegion" && kind != MutationKind::Split)
        return true;
    if (kind == MutationKind::DropAcquire) {
        return function == "takeSegment" || function == "giveBackSide"
                || function == "provideSegment";
    }
    // A tail that is closed is changed by close() only, to what it is. Being one step keeps the
    // release sequence simple (P5).
    return kind == MutationKind::Split && function == "open";
}

} // namespace

void tst_EventQueueModels::needsEveryOrderAndEveryExchange_data()
{
    QTest::addColumn<ModelCheck::Mutation>("mutation");

    for (const auto &[site, operation] : recordedOperations()) {
        for (const auto &[kind, what] : mutationsOf(operation)) {
            const QByteArray function = shortName(operation.function);
            if (isNeededOtherwise(function, kind))
                continue;
            const QByteArray file = QByteArray::fromStdString(site.file);
            QTest::addRow("%s, line %u: %s in %s() %s",
                          file.mid(file.lastIndexOf('/') + 1).constData(), site.line,
                          operation.name, function.constData(), what)
                    << ModelCheck::Mutation{ kind, site };
        }
    }
}

void tst_EventQueueModels::needsEveryOrderAndEveryExchange()
{
    QFETCH(const ModelCheck::Mutation, mutation);

    ModelCheck::Internal::Engine::instance().mutation = mutation;
    // First a short look at every model: most of what is wrong shows early.
    for (const std::uint64_t executions :
         { firstLook, isThorough ? Limits{}.executions : firstLook }) {
        for (const Model &model : models()) {
            Limits limits = model.limits;
            limits.executions = executions;
            const Result result = ModelCheck::explore(model.make, limits);
            if (!result.error.empty()) {
                qInfo("found by \"%s\" in execution %llu: %s", model.name,
                      static_cast<unsigned long long>(result.executions), result.error.c_str());
                return;
            }
        }
    }
    if (!isThorough)
        QSKIP("Not found at the beginning of the search; the rest needs an optimized build.");
    QFAIL("no model needs this");
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
    QFETCH(const std::function<Scenario()>, make);

    const Result result = ModelCheck::explore(make);

    QVERIFY(!result.error.empty());
    qInfo("found in execution %llu: %s", static_cast<unsigned long long>(result.executions),
          result.error.c_str());
}

QTEST_APPLESS_MAIN(tst_EventQueueModels)
#include "tst_eventqueue_models.moc"
