// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QElapsedTimer>
#include <QTest>

#include <stdexcept>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

class tst_MetricsRuntime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // life
    void startsCreated();
    void startsOnceForManyThreads();
    void shutsDownOnceForManyThreads();
    void staysClosed();
    void announcesItsStates();
    void drainsWhenItShutsDown();
    void needsNoMoreThanItsDestructor();
    void keepsItsDrainIntervalAboveZero();
    void handlesEventsWhateverTheDrainInterval();

    // recorders
    void createsRunningRecorders();
    void createsRecordersOfOnesOwnType();
    void survivesAConstructorThatThrows();
    void tellsWhyItMadeNoRecorder_data();
    void tellsWhyItMadeNoRecorder();
    void tellsAnErrorFromAnArgument_data();
    void tellsAnErrorFromAnArgument();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void refusesAnIdInUse();
    void knowsItsRecorders();
    void createsEachRecorderOnceForManyThreads();
    void announcesItsRecorders();
    void removesRecorders();
    void givesARemovedIdToAnotherRecorder();
    void refusesToRemoveAnUnknownRecorder();

    // handles
    void isOutlivedByItsHandles();
    void letsAnyThreadDropTheLastHandle();

    // shutdown with deadlines
    void shutsDownDespiteAStuckMetric();
    void namesWhatWasLeftUndone();
    void stopsRecordersSideBySide();
};

void tst_MetricsRuntime::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

static const QString clockId = QStringLiteral("clock");

void tst_MetricsRuntime::startsCreated()
{
    const MetricsRuntime runtime(QStringLiteral("test"));

    QCOMPARE(runtime.name(), QStringLiteral("test"));
    QCOMPARE(runtime.state(), RuntimeState::Created);
    QVERIFY(!runtime.lastError());
    QVERIFY(runtime.recorderIds().isEmpty());
}

// Threads that make a call at once.
class Callers
{
public:
    // True if the call was so in all of them.
    template <typename Call>
    bool isTrueInAll(Call call)
    {
        std::atomic<int> trueCount = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i) {
            threads.emplace_back([&] {
                ++m_begun;
                trueCount += call() ? 1 : 0;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        return trueCount == count;
    }

    // For what is under way in one of them: the others meet it.
    void waitForAll() const
    {
        while (m_begun < count)
            std::this_thread::yield();
        for (int i = 0; i < 10; ++i)
            std::this_thread::yield();
    }

private:
    static constexpr int count = 4;

    std::atomic<int> m_begun = 0;
};

void tst_MetricsRuntime::startsOnceForManyThreads()
{
    Callers callers;
    Log<RuntimeState> states;
    MetricsRuntime runtime(QStringLiteral("test"));
    connect(
            &runtime, &MetricsRuntime::stateChanged, &runtime,
            [&](RuntimeState state) {
                states.append(state);
                callers.waitForAll();
            },
            Qt::DirectConnection);

    const bool isStarted = callers.isTrueInAll([&] {
        Error error;
        return runtime.start(&error) && !error && runtime.state() == RuntimeState::Running;
    });

    QVERIFY(isStarted);
    QVERIFY(runtime.createRecorder(clockId));
    QCOMPARE(states.entries(),
             (QList<RuntimeState>{ RuntimeState::Starting, RuntimeState::Running }));
}

void tst_MetricsRuntime::shutsDownOnceForManyThreads()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto recorder = runtime.createRecorder(clockId);
    recorder->registerEvent(Tick{});
    Callers callers;
    Log<RuntimeState> states;
    connect(
            &runtime, &MetricsRuntime::stateChanged, &runtime,
            [&](RuntimeState state) {
                states.append(state);
                callers.waitForAll();
            },
            Qt::DirectConnection);

    const bool isShutDown = callers.isTrueInAll([&] {
        Error error;
        return runtime.shutdown(&error) && !error && runtime.state() == RuntimeState::Stopped
                && recorder->state() == RecorderState::Stopped;
    });

    QVERIFY(isShutDown);
    QCOMPARE(states.entries(),
             (QList<RuntimeState>{ RuntimeState::Stopping, RuntimeState::Stopped }));
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_MetricsRuntime::staysClosed()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    runtime.shutdown();
    Error error;

    QVERIFY(!runtime.start(&error));

    QCOMPARE(error.code(), ErrorCode::InvalidState);
    QCOMPARE(runtime.state(), RuntimeState::Stopped);
    QVERIFY(runtime.shutdown());
}

void tst_MetricsRuntime::announcesItsStates()
{
    Log<RuntimeState> states;
    MetricsRuntime runtime(QStringLiteral("test"));
    connect(&runtime, &MetricsRuntime::stateChanged, this,
            [&](RuntimeState state) { states.append(state); });

    runtime.start();
    runtime.shutdown();

    QTRY_COMPARE(states.entries(),
                 QList<RuntimeState>({ RuntimeState::Starting, RuntimeState::Running,
                                       RuntimeState::Stopping, RuntimeState::Stopped }));
}

void tst_MetricsRuntime::drainsWhenItShutsDown()
{
    const auto log = std::make_shared<TickLog>();
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    QList<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < 10; ++i) {
        recorders.append(runtime.createRecorder(QString::number(i)));
        recorders.constLast()->registerMetric(tickMetric(log));
        for (int n = 0; n < 100; ++n)
            recorders.constLast()->registerEvent(Tick{ n });
    }

    QVERIFY(runtime.shutdown());

    QCOMPARE(log->size(), 1000);
    for (const auto &recorder : recorders) {
        VERIFY_ALL_HANDLED(*recorder);
        QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"total"), 100);
    }
}

void tst_MetricsRuntime::needsNoMoreThanItsDestructor()
{
    const auto log = std::make_shared<TickLog>();
    QStringList calls;
    {
        MetricsRuntime runtime(QStringLiteral("test"));
        runtime.start();
        const auto recorder = runtime.createRecorder<HookedRecorder>(
                clockId, {}, [&] { calls.append(QStringLiteral("starting")); },
                [&] { calls.append(QStringLiteral("stopped")); });
        recorder->registerMetric(tickMetric(log));
        for (int i = 0; i < 1000; ++i)
            recorder->registerEvent(Tick{ i });
    }

    QCOMPARE(log->size(), 1000);
    QCOMPARE(calls.join(u' '), QStringLiteral("starting stopped"));
}

void tst_MetricsRuntime::keepsItsDrainIntervalAboveZero()
{
    MetricsRuntime runtime(QStringLiteral("test"));

    runtime.setDrainInterval(3ms);
    QVERIFY(runtime.drainInterval() == 3ms);
    QTest::ignoreMessage(QtWarningMsg,
                         "MetricsRuntime \"test\": interval is 0 ms, but must be at least 1");
    runtime.setDrainInterval(0ms);
    QVERIFY(runtime.drainInterval() == 3ms);
}

void tst_MetricsRuntime::handlesEventsWhateverTheDrainInterval()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.setDrainInterval(std::chrono::milliseconds::max());
    QVERIFY(runtime.drainInterval() == 24h);
    runtime.start();
    const auto recorder = runtime.createRecorder(clockId);

    for (int i = 0; i < 3; ++i) {
        QCOMPARE(recorder->registerEvent(Tick{ 1 }), RegisterResult::Accepted);
        QVERIFY(recorder->flush());
    }

    QCOMPARE(recorder->statistics().handled, 3U);
}

void tst_MetricsRuntime::createsRunningRecorders()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();

    const auto recorder = runtime.createRecorder(clockId);
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerEvent(Tick{ 42 });

    QCOMPARE(recorder->entityId(), clockId);
    QCOMPARE(recorder->state(), RecorderState::Running);
    QCOMPARE(valueOf(recorder->metricSnapshots(), QStringLiteral("ticks"), u"sum"), 42);
}

namespace {

class SizedRecorder : public HookedRecorder
{
public:
    SizedRecorder(const QString &entityId, const RecorderOptions &options,
                  std::unique_ptr<int> ownSize, Hook onStarting)
        : HookedRecorder(entityId, options, std::move(onStarting))
        , size(*ownSize)
    {
    }

    const int size;
};

struct ThrowingRecorder : Recorder
{
    ThrowingRecorder(const QString &entityId, const RecorderOptions &options)
        : Recorder(entityId, options)
    {
        throw std::runtime_error("no such device");
    }
};

} // namespace

void tst_MetricsRuntime::createsRecordersOfOnesOwnType()
{
    Latch isStarting;
    std::thread::id hookThread;
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();

    const std::shared_ptr<SizedRecorder> recorder =
            runtime.createRecorder<SizedRecorder>(clockId, {}, std::make_unique<int>(42), [&] {
                hookThread = std::this_thread::get_id();
                isStarting.set();
            });

    QVERIFY(recorder);
    QCOMPARE(recorder->size, 42);
    QCOMPARE(recorder->entityId(), clockId);
    QVERIFY(isStarting.wait());
    QVERIFY(hookThread != std::this_thread::get_id());
    QTRY_COMPARE(recorder->state(), RecorderState::Running);
    QCOMPARE(runtime.recorder(clockId), recorder);
}

void tst_MetricsRuntime::survivesAConstructorThatThrows()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();

    const auto recorder = runtime.createRecorder<ThrowingRecorder>(clockId, {});

    QVERIFY(!recorder);
    QVERIFY(runtime.lastError());
    QVERIFY2(runtime.lastError().message().contains(clockId),
             qPrintable(runtime.lastError().message()));
    QVERIFY(runtime.createRecorder(clockId));
}

namespace {

const Error formerError(ErrorCode::NotFound, QStringLiteral("what there was before"));

using Creation = std::shared_ptr<Recorder> (*)(MetricsRuntime &, Error *);

struct RecorderWithoutMemory : Recorder
{
    RecorderWithoutMemory(const QString &entityId, const RecorderOptions &options)
        : Recorder(entityId, options)
    {
        throw std::bad_alloc();
    }
};

} // namespace

void tst_MetricsRuntime::tellsWhyItMadeNoRecorder_data()
{
    QTest::addColumn<Creation>("create");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("reason");

    QTest::newRow("there is a reason for none")
            << Creation([](MetricsRuntime &runtime, Error *error) -> std::shared_ptr<Recorder> {
                   return runtime.createRecorder<HookedRecorder>(clockId, {}, error);
               })
            << ErrorCode::NoError << QString();
    QTest::newRow("the runtime does not run")
            << Creation([](MetricsRuntime &runtime, Error *error) -> std::shared_ptr<Recorder> {
                   runtime.shutdown();
                   return runtime.createRecorder<HookedRecorder>(clockId, {}, error);
               })
            << ErrorCode::InvalidState << QStringLiteral("shut down");
    QTest::newRow("the id is in use")
            << Creation([](MetricsRuntime &runtime, Error *error) -> std::shared_ptr<Recorder> {
                   runtime.createRecorder(clockId);
                   return runtime.createRecorder<HookedRecorder>(clockId, {}, error);
               })
            << ErrorCode::AlreadyExists << clockId;
    QTest::newRow("an option is wrong")
            << Creation([](MetricsRuntime &runtime, Error *error) -> std::shared_ptr<Recorder> {
                   RecorderOptions options;
                   options.queueMaxSize = 0;
                   return runtime.createRecorder<HookedRecorder>(clockId, options, error);
               })
            << ErrorCode::InvalidArgument << QStringLiteral("queueMaxSize");
    QTest::newRow("the constructor throws")
            << Creation([](MetricsRuntime &runtime, Error *error) -> std::shared_ptr<Recorder> {
                   return runtime.createRecorder<ThrowingRecorder>(clockId, {}, error);
               })
            << ErrorCode::HookFailed << clockId;
    QTest::newRow("the hook throws")
            << Creation([](MetricsRuntime &runtime, Error *error) -> std::shared_ptr<Recorder> {
                   return runtime.createRecorder<HookedRecorder>(
                           clockId, {}, error, [] { throw std::runtime_error("no such device"); });
               })
            << ErrorCode::HookFailed << QStringLiteral("no such device");
    QTest::newRow("there is not enough memory")
            << Creation([](MetricsRuntime &runtime, Error *error) -> std::shared_ptr<Recorder> {
                   return runtime.createRecorder<RecorderWithoutMemory>(clockId, {}, error);
               })
            << ErrorCode::OutOfMemory << QStringLiteral("memory");
}

void tst_MetricsRuntime::tellsWhyItMadeNoRecorder()
{
    QFETCH(const Creation, create);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, reason);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    Error error = formerError;

    const std::shared_ptr<Recorder> recorder = create(runtime, &error);

    QCOMPARE(error.code(), code);
    QVERIFY2(error.message().contains(reason), qPrintable(error.message()));
    QCOMPARE(!recorder, bool(error));
    QCOMPARE(runtime.lastError(), error);
}

namespace {

// What a recorder's constructor was given, but for id and options.
struct Given
{
    QString argument;
    bool isErrorTold = false;
};

// Looked at by a call that may tell an error, which is none then.
template <typename Call>
Given givenBy(Call call)
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    Error error = formerError;
    const auto recorder = call(runtime, error);
    return recorder ? Given{ recorder->argument, error != formerError }
                    : Given{ runtime.lastError().message() };
}

struct ArgumentRecorder : Recorder
{
    ArgumentRecorder(const QString &entityId, const RecorderOptions &options,
                     QString given = QStringLiteral("nothing"))
        : Recorder(entityId, options)
        , argument(std::move(given))
    {
    }

    const QString argument;
};

struct MoveRecorder : ArgumentRecorder
{
    MoveRecorder(const QString &entityId, const RecorderOptions &options,
                 std::unique_ptr<int> number)
        : ArgumentRecorder(entityId, options, QString::number(*number))
    {
    }
};

struct PointerRecorder : ArgumentRecorder
{
    PointerRecorder(const QString &entityId, const RecorderOptions &options, QObject *object)
        : ArgumentRecorder(entityId, options,
                           object ? object->objectName() : QStringLiteral("null"))
    {
    }
};

struct ErrorRecorder : ArgumentRecorder
{
    ErrorRecorder(const QString &entityId, const RecorderOptions &options, Error *own)
        : ArgumentRecorder(entityId, options, own ? own->message() : QStringLiteral("null"))
    {
    }
};

} // namespace

void tst_MetricsRuntime::tellsAnErrorFromAnArgument_data()
{
    QTest::addColumn<Given>("given");
    QTest::addColumn<QString>("argument");
    QTest::addColumn<bool>("isErrorTold");

    QObject object;
    object.setObjectName(QStringLiteral("object"));
    QTest::newRow("nothing") << givenBy([](MetricsRuntime &runtime, Error &) {
        return runtime.createRecorder<ArgumentRecorder>(clockId, {});
    }) << QStringLiteral("nothing")
                             << false;
    QTest::newRow("the address of an error") << givenBy([](MetricsRuntime &runtime, Error &error) {
        return runtime.createRecorder<ArgumentRecorder>(clockId, {}, &error);
    }) << QStringLiteral("nothing") << true;
    QTest::newRow("a pointer to an error") << givenBy([](MetricsRuntime &runtime, Error &error) {
        Error *pointer = &error;
        return runtime.createRecorder<ArgumentRecorder>(clockId, {}, pointer);
    }) << QStringLiteral("nothing") << true;
    QTest::newRow("a constant pointer to an error")
            << givenBy([](MetricsRuntime &runtime, Error &error) {
                   Error *const pointer = &error;
                   return runtime.createRecorder<ArgumentRecorder>(clockId, {}, pointer);
               })
            << QStringLiteral("nothing") << true;
    QTest::newRow("a pointer to no error") << givenBy([](MetricsRuntime &runtime, Error &) {
        Error *pointer = nullptr;
        return runtime.createRecorder<ArgumentRecorder>(clockId, {}, pointer);
    }) << QStringLiteral("nothing") << false;
    QTest::newRow("an error and an argument") << givenBy([](MetricsRuntime &runtime, Error &error) {
        return runtime.createRecorder<ArgumentRecorder>(clockId, {}, &error, clockId);
    }) << clockId << true;
    QTest::newRow("an argument") << givenBy([](MetricsRuntime &runtime, Error &) {
        return runtime.createRecorder<ArgumentRecorder>(clockId, {}, clockId);
    }) << clockId << false;
    QTest::newRow("an error and an argument that can only be moved")
            << givenBy([](MetricsRuntime &runtime, Error &error) {
                   return runtime.createRecorder<MoveRecorder>(clockId, {}, &error,
                                                               std::make_unique<int>(42));
               })
            << QStringLiteral("42") << true;
    QTest::newRow("an argument that can only be moved") << givenBy(
            [](MetricsRuntime &runtime, Error &) {
                return runtime.createRecorder<MoveRecorder>(clockId, {}, std::make_unique<int>(42));
            }) << QStringLiteral("42") << false;
    QTest::newRow("nullptr, where no pointer is taken")
            << givenBy([](MetricsRuntime &runtime, Error &) {
                   return runtime.createRecorder<ArgumentRecorder>(clockId, {}, nullptr);
               })
            << QStringLiteral("nothing") << false;
    QTest::newRow("nullptr, where a pointer is taken")
            << givenBy([](MetricsRuntime &runtime, Error &) {
                   return runtime.createRecorder<PointerRecorder>(clockId, {}, nullptr);
               })
            << QStringLiteral("null") << false;
    QTest::newRow("another pointer") << givenBy([&object](MetricsRuntime &runtime, Error &) {
        return runtime.createRecorder<PointerRecorder>(clockId, {}, &object);
    }) << QStringLiteral("object") << false;
    QTest::newRow("an error and another pointer")
            << givenBy([&object](MetricsRuntime &runtime, Error &error) {
                   return runtime.createRecorder<PointerRecorder>(clockId, {}, &error, &object);
               })
            << QStringLiteral("object") << true;
    QTest::newRow("an error and nullptr") << givenBy([](MetricsRuntime &runtime, Error &error) {
        return runtime.createRecorder<PointerRecorder>(clockId, {}, &error, nullptr);
    }) << QStringLiteral("null") << true;
    QTest::newRow("an error, where the constructor takes one")
            << givenBy([](MetricsRuntime &runtime, Error &error) {
                   return runtime.createRecorder<ErrorRecorder>(clockId, {}, &error);
               })
            << formerError.message() << false;
    QTest::newRow("two errors, where the constructor takes one")
            << givenBy([](MetricsRuntime &runtime, Error &error) {
                   Error own(ErrorCode::Timeout, QStringLiteral("own"));
                   return runtime.createRecorder<ErrorRecorder>(clockId, {}, &error, &own);
               })
            << QStringLiteral("own") << true;
}

void tst_MetricsRuntime::tellsAnErrorFromAnArgument()
{
    QFETCH(const Given, given);
    QFETCH(const QString, argument);
    QFETCH(const bool, isErrorTold);

    QCOMPARE(given.argument, argument);
    QCOMPARE(given.isErrorTold, isErrorTold);
}

void tst_MetricsRuntime::refusesBadArguments_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<qint64>("queueMaxSize");
    QTest::addColumn<QString>("argument");

    QTest::newRow("no id") << QString() << qint64(1) << QStringLiteral("id");
    QTest::newRow("blank id") << QStringLiteral(" \n") << qint64(1) << QStringLiteral("id");
    QTest::newRow("no room") << clockId << qint64(0) << QStringLiteral("queueMaxSize");
    QTest::newRow("less than no room") << clockId << qint64(-7) << QStringLiteral("queueMaxSize");
}

void tst_MetricsRuntime::refusesBadArguments()
{
    QFETCH(const QString, id);
    QFETCH(const qint64, queueMaxSize);
    QFETCH(const QString, argument);
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    RecorderOptions options;
    options.queueMaxSize = queueMaxSize;
    Error error;

    const auto recorder = runtime.createRecorder(id, options, &error);
    const auto custom = runtime.createRecorder<HookedRecorder>(id, options);

    QVERIFY(!recorder);
    QVERIFY(!custom);
    QCOMPARE(error.code(), ErrorCode::InvalidArgument);
    QVERIFY2(error.message().contains(argument), qPrintable(error.message()));
    QCOMPARE(runtime.lastError().code(), ErrorCode::InvalidArgument);
    QVERIFY(runtime.recorderIds().isEmpty());
}

void tst_MetricsRuntime::refusesAnIdInUse()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto first = runtime.createRecorder(clockId);
    Error error;

    const auto second = runtime.createRecorder(clockId, {}, &error);

    QVERIFY(!second);
    QVERIFY(!runtime.createRecorder<HookedRecorder>(clockId, {}));
    QCOMPARE(error.code(), ErrorCode::AlreadyExists);
    QVERIFY2(error.message().contains(clockId), qPrintable(error.message()));
    QCOMPARE(runtime.recorder(clockId), first);
    QCOMPARE(first->registerEvent(Tick{}), RegisterResult::Accepted);
}

void tst_MetricsRuntime::knowsItsRecorders()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();

    const auto b = runtime.createRecorder(QStringLiteral("b"));
    const auto a = runtime.createRecorder(QStringLiteral("a"));

    QCOMPARE(runtime.recorderIds(), QStringList({ QStringLiteral("a"), QStringLiteral("b") }));
    QCOMPARE(runtime.recorder(QStringLiteral("a")), a);
    QCOMPARE(runtime.recorder(QStringLiteral("b")), b);
    QVERIFY(!runtime.recorder(QStringLiteral("c")));
}

void tst_MetricsRuntime::createsEachRecorderOnceForManyThreads()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    std::atomic<int> created = 0;

    Callers().isTrueInAll([&] {
        for (int i = 0; i < 50; ++i)
            created += runtime.createRecorder(QString::number(i)) ? 1 : 0;
        return true;
    });

    QCOMPARE(created.load(), 50);
    QCOMPARE(runtime.recorderIds().size(), 50);
}

void tst_MetricsRuntime::announcesItsRecorders()
{
    Log<QString> news;
    MetricsRuntime runtime(QStringLiteral("test"));
    connect(&runtime, &MetricsRuntime::recorderAdded, this,
            [&](const QString &id) { news.append(u'+' + id); });
    connect(&runtime, &MetricsRuntime::recorderRemoved, this,
            [&](const QString &id) { news.append(u'-' + id); });
    runtime.start();

    runtime.createRecorder(clockId);
    runtime.createRecorder(clockId);
    runtime.removeRecorder(clockId);
    runtime.removeRecorder(clockId);

    QTRY_COMPARE(news.entries(),
                 QList<QString>({ QStringLiteral("+clock"), QStringLiteral("-clock") }));
}

void tst_MetricsRuntime::removesRecorders()
{
    const auto log = std::make_shared<TickLog>();
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto recorder = runtime.createRecorder(clockId);
    recorder->registerMetric(tickMetric(log));
    for (int i = 0; i < 100; ++i)
        recorder->registerEvent(Tick{ i });

    const bool isRemoved = runtime.removeRecorder(clockId);

    QVERIFY(isRemoved);
    QVERIFY(!runtime.recorder(clockId));
    QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
    QTRY_COMPARE(recorder->state(), RecorderState::Stopped);
    QCOMPARE(log->size(), 100);
    QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"total"), 100);
    QCOMPARE(recorder->start().result().code(), ErrorCode::InvalidState);
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_MetricsRuntime::givesARemovedIdToAnotherRecorder()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    const auto first = runtime.createRecorder(clockId);
    runtime.removeRecorder(clockId);

    const auto second = runtime.createRecorder(clockId);

    QVERIFY(second);
    QVERIFY(second != first);
    QCOMPARE(first->registerEvent(Tick{}), RegisterResult::NotRunning);
    QCOMPARE(second->registerEvent(Tick{}), RegisterResult::Accepted);
}

void tst_MetricsRuntime::refusesToRemoveAnUnknownRecorder()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    Error error;

    QVERIFY(!runtime.removeRecorder(clockId, &error));

    QCOMPARE(error.code(), ErrorCode::NotFound);
    QVERIFY2(error.message().contains(clockId), qPrintable(error.message()));
}

void tst_MetricsRuntime::isOutlivedByItsHandles()
{
    auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    runtime->start();
    const auto recorder = runtime->createRecorder(clockId);
    recorder->registerMetric(std::make_unique<TickMetric>());
    recorder->registerEvent(Tick{ 42 });

    runtime.reset();

    QCOMPARE(recorder->state(), RecorderState::Stopped);
    QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
    QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"sum"), 42);
    Error error = formerError;
    QCOMPARE(valueOf(recorder->metricSnapshots(&error), QStringLiteral("ticks"), u"sum"), 42);
    QCOMPARE(error, Error());
    QVERIFY(recorder->registerMetric(std::make_unique<TickMetric>(QStringLiteral("late"))));
    QVERIFY(recorder->removeMetric(QStringLiteral("late")));
    QVERIFY(recorder->flush());
    QCOMPARE(recorder->start().result().code(), ErrorCode::InvalidState);
    QVERIFY(!recorder->stop().result());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_MetricsRuntime::letsAnyThreadDropTheLastHandle()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    for (int i = 0; i < 20; ++i) {
        auto recorder = runtime.createRecorder(clockId);
        recorder->registerEvent(Tick{});
        runtime.removeRecorder(clockId);
        std::thread([recorder = std::move(recorder)]() mutable {
            recorder->registerEvent(Tick{});
            recorder.reset();
        }).join();
    }

    QVERIFY(runtime.shutdown());
}

namespace {

RecorderOptions shortStop()
{
    RecorderOptions options;
    options.stopTimeout = 50ms;
    return options;
}

// A runtime with three recorders, of which the one called "stuck" is.
struct StuckRuntime
{
    StuckRuntime()
    {
        runtime.start();
        stuck = runtime.createRecorder(QStringLiteral("stuck"), shortStop());
        first = runtime.createRecorder(QStringLiteral("first"), shortStop());
        second = runtime.createRecorder(QStringLiteral("second"), shortStop());
        stuck->registerMetric(heldMetric(gate));
        stuck->registerEvent(Tick{});
        stuck->registerEvent(Tick{});
        isHeld = gate->waitUntilEntered();
    }

    const std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<Recorder> stuck;
    std::shared_ptr<Recorder> first;
    std::shared_ptr<Recorder> second;
    bool isHeld = false;
    GateOpener opener{ gate };
};

} // namespace

void tst_MetricsRuntime::shutsDownDespiteAStuckMetric()
{
    StuckRuntime stuck;
    QVERIFY(stuck.isHeld);
    Error error;

    const bool isShutDown = stuck.runtime.shutdown(&error);

    QVERIFY(!isShutDown);
    QCOMPARE(error.code(), ErrorCode::Timeout);
    QCOMPARE(stuck.stuck->statistics().handled, quint64(0)); // it has not waited for the gate
    QCOMPARE(stuck.stuck->registerEvent(Tick{}), RegisterResult::NotRunning);
    QCOMPARE(stuck.first->registerEvent(Tick{}), RegisterResult::NotRunning);
    stuck.gate->open();
    QTRY_COMPARE(stuck.stuck->state(), RecorderState::Stopped);
    QCOMPARE(stuck.stuck->statistics().handled, quint64(1)); // its time was over after that
    VERIFY_CONSERVED(*stuck.stuck);
}

void tst_MetricsRuntime::namesWhatWasLeftUndone()
{
    StuckRuntime stuck;
    QVERIFY(stuck.isHeld);
    Error error;

    stuck.runtime.shutdown(&error);

    QVERIFY2(error.message().contains(QStringLiteral("stuck")), qPrintable(error.message()));
    QVERIFY2(error.message().contains(u'2'), qPrintable(error.message()));
}

void tst_MetricsRuntime::stopsRecordersSideBySide()
{
    constexpr int count = 200;
    MetricsRuntime runtime(QStringLiteral("test"));
    runtime.start();
    RecorderOptions options;
    options.stopTimeout = 100ms;
    QList<std::shared_ptr<Recorder>> recorders;
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    for (int i = 0; i < count; ++i) {
        recorders.append(runtime.createRecorder(QString::number(i), options));
        recorders.constLast()->registerMetric(heldMetric(gate));
        recorders.constLast()->registerEvent(Tick{});
    }
    QVERIFY(gate->waitUntilEntered());
    QElapsedTimer timer;
    timer.start();

    QVERIFY(!runtime.shutdown());

    QVERIFY(timer.elapsed() < count * 100); // many times what one needs
    for (const auto &recorder : recorders) {
        QCOMPARE(recorder->registerEvent(Tick{}), RegisterResult::NotRunning);
        VERIFY_CONSERVED(*recorder);
    }
}

QTEST_GUILESS_MAIN(tst_MetricsRuntime)
#include "tst_metricsruntime.moc"
