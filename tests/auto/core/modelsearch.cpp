// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "modelsearch.h"

#include <QRegularExpression>
#include <QTest>

#include <map>
#include <utility>

namespace Recorders::ModelSearch {

using ModelCheck::MutationKind;
using ModelCheck::Result;

namespace {

// The whole search takes minutes with -O2, and five times as long without. Without, the tests look at
// the beginning only.
#ifdef __OPTIMIZE__
constexpr bool isThorough = true;
constexpr std::uint64_t firstLook = 2000;
#else
constexpr bool isThorough = false;
constexpr std::uint64_t firstLook = 500;
#endif

} // namespace

void beginTestCase()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("The checker changes stacks, which sanitizers take for a mistake.");
#elif defined(__has_feature)
#  if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    QSKIP("The checker changes stacks, which sanitizers take for a mistake.");
#  endif
#endif
}

void beginTest()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    ModelCheck::Internal::Engine::instance().mutation = {};
}

void addRows(const std::vector<Model> &models)
{
    QTest::addColumn<std::function<Scenario()>>("make");
    QTest::addColumn<Limits>("limits");

    for (const Model &model : models)
        QTest::newRow(model.name) << model.make << model.limits;
}

void searchAllExecutions()
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

using Operations = std::map<ModelCheck::Site, ModelCheck::Operation>;

// What the source of a mutation is called: class::function(), without its template arguments.
QByteArray shortName(const std::string &function)
{
    const QByteArray text = QByteArray::fromStdString(function);
    const auto end = text.indexOf('(');
    const auto start = text.lastIndexOf(':', end) + 1;
    return text.mid(start, end - start);
}

Operations operationsOf(const std::vector<Model> &models)
{
    Operations operations;
    auto &engine = ModelCheck::Internal::Engine::instance();
    engine.recording = &operations;
    for (const Model &model : models)
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
    if (operation.isOmittable)
        kinds.emplace_back(MutationKind::Omit, "left out");
    // What the light fence keeps the compiler from.
    if (shortName(operation.function) == "announce" && QByteArray(operation.name) == "store")
        kinds.emplace_back(MutationKind::Postpone, "after the next load");
    return kinds;
}

// What no model can need, and why it is there all the same.
bool isNeededOtherwise(const QByteArray &function, const QByteArray &name, MutationKind kind)
{
    // The checker does not watch that a region was mapped, or a block or a lane constructed, before
    // somebody else uses it.
    if (function == "provideRegion" && kind != MutationKind::Split)
        return true;
    static const QByteArrayList lookForLanes{ "laneOfThisThread", "laneOfThread", "laneAt",
                                              "areAllIdle", "giveBackBlocks" };
    if (lookForLanes.contains(function) && kind != MutationKind::Split)
        return true;
    if (function == "tryGrant" && kind == MutationKind::DropRelease && name == "store")
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

void addMutationRows(const std::vector<Model> &models, const std::vector<Model> &others)
{
    QTest::addColumn<ModelCheck::Mutation>("mutation");

    const Operations elsewhere = operationsOf(others);
    for (const auto &[site, operation] : operationsOf(models)) {
        if (elsewhere.count(site) > 0)
            continue;
        for (const auto &[kind, what] : mutationsOf(operation)) {
            const QByteArray function = shortName(operation.function);
            if (isNeededOtherwise(function, operation.name, kind))
                continue;
            const QByteArray file = QByteArray::fromStdString(site.file);
            QTest::addRow("%s, line %u: %s in %s() %s",
                          file.mid(file.lastIndexOf('/') + 1).constData(), site.line,
                          operation.name, function.constData(), what)
                    << ModelCheck::Mutation{ kind, site };
        }
    }
}

void searchMutant(const std::vector<Model> &models)
{
    QFETCH(const ModelCheck::Mutation, mutation);

    ModelCheck::Internal::Engine::instance().mutation = mutation;
    // First a short look at every model: most of what is wrong shows early.
    for (const std::uint64_t executions :
         { firstLook, isThorough ? Limits{}.executions : firstLook }) {
        for (const Model &model : models) {
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

void searchMisuse()
{
    QFETCH(const std::function<Scenario()>, make);

    const Result result = ModelCheck::explore(make);

    QVERIFY(!result.error.empty());
    qInfo("found in execution %llu: %s", static_cast<unsigned long long>(result.executions),
          result.error.c_str());
}

} // namespace Recorders::ModelSearch
