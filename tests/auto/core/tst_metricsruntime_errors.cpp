// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "metricsruntimefixture.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <stdexcept>

using namespace Recorders;
using namespace Testing;

// Recorders that a runtime does not make, and how it tells why.
class tst_MetricsRuntime_Errors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // recorders
    void survivesAConstructorThatThrows();
    void tellsWhyItMadeNoRecorder_data();
    void tellsWhyItMadeNoRecorder();
    void tellsAnErrorFromAnArgument_data();
    void tellsAnErrorFromAnArgument();
    void refusesBadArguments_data();
    void refusesBadArguments();
};

void tst_MetricsRuntime_Errors::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

namespace {

struct ThrowingRecorder : Recorder
{
    ThrowingRecorder(const QString &entityId, const RecorderOptions &options)
        : Recorder(entityId, options)
    {
        throw std::runtime_error("no such device");
    }
};

} // namespace

void tst_MetricsRuntime_Errors::survivesAConstructorThatThrows()
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

void tst_MetricsRuntime_Errors::tellsWhyItMadeNoRecorder_data()
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

void tst_MetricsRuntime_Errors::tellsWhyItMadeNoRecorder()
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

void tst_MetricsRuntime_Errors::tellsAnErrorFromAnArgument_data()
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

void tst_MetricsRuntime_Errors::tellsAnErrorFromAnArgument()
{
    QFETCH(const Given, given);
    QFETCH(const QString, argument);
    QFETCH(const bool, isErrorTold);

    QCOMPARE(given.argument, argument);
    QCOMPARE(given.isErrorTold, isErrorTold);
}

void tst_MetricsRuntime_Errors::refusesBadArguments_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<qint64>("queueMaxSize");
    QTest::addColumn<QString>("argument");

    QTest::newRow("no id") << QString() << qint64(1) << QStringLiteral("id");
    QTest::newRow("blank id") << QStringLiteral(" \n") << qint64(1) << QStringLiteral("id");
    QTest::newRow("no room") << clockId << qint64(0) << QStringLiteral("queueMaxSize");
    QTest::newRow("less than no room") << clockId << qint64(-7) << QStringLiteral("queueMaxSize");
}

void tst_MetricsRuntime_Errors::refusesBadArguments()
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

QTEST_GUILESS_MAIN(tst_MetricsRuntime_Errors)
#include "tst_metricsruntime_errors.moc"
