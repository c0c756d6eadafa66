// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "recorderfixture.h"
#include "shared/messagelog.h"

#include <recorders/metrics/standardmetrics.h>
#include <recorders/qml/registerqmltypes.h>

#include <QTest>

#include <thread>

using namespace Recorders;
using namespace Testing;

// Recorders that the element makes, and that come and go.
class tst_RecorderElement_Lifetime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // recorders that it makes
    void makesARecorderWhereThereIsNone();
    void makesNoRecorderUnasked();
    void takesARecorderThatIsThere();
    void makesARecorderWhenTheRuntimeRuns();
    void makesNoneAgainThatWasRemoved();
    void leavesBehindWhatItMade();
    void saysWhyItCouldMakeNone();

    // recorders that come and go
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void findsARecorderThatComesLater();
    void findsTheRecorderThatIsThereByNow();
    void noticesThatItsRecorderWasRemoved();
    void outlivesItsRuntime();
    void survivesThatAnotherThreadRemovesItsRecorder();
};

void tst_RecorderElement_Lifetime::initTestCase()
{
    registerQmlTypes();
}

void tst_RecorderElement_Lifetime::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

static const QByteArray maker = R"(Recorder { entityId: "ui"; create: true })";

void tst_RecorderElement_Lifetime::makesARecorderWhereThereIsNone()
{
    RecorderFixture fixture;
    QmlScene scene(maker, fixture.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    QVERIFY(fixture.runtime.recorder(uiId));
    QCOMPARE(scene.value("available"), QVariant(true));
    QCOMPARE(call(scene, QStringLiteral("'event'")), resultOf(RegisterResult::Accepted));

    scene.evaluate(QStringLiteral("entityId = 'other'"));
    QVERIFY(fixture.runtime.recorder(QStringLiteral("other")));
}

void tst_RecorderElement_Lifetime::makesNoRecorderUnasked()
{
    RecorderFixture fixture;
    QmlScene scene(element, fixture.asRequired());
    QVERIFY(!fixture.runtime.recorder(uiId));

    scene.evaluate(QStringLiteral("create = true"));
    QVERIFY(fixture.runtime.recorder(uiId));
}

void tst_RecorderElement_Lifetime::takesARecorderThatIsThere()
{
    RecorderFixture fixture;
    const auto recorder = fixture.createRecorder();
    QmlScene scene(maker, fixture.asRequired());

    QCOMPARE(call(scene, QStringLiteral("'event'")), resultOf(RegisterResult::Accepted));
    QCOMPARE(recorder->statistics().registered, 1U);
    QCOMPARE(scene.value("errorString"), QVariant(QString()));
}

void tst_RecorderElement_Lifetime::makesARecorderWhenTheRuntimeRuns()
{
    MetricsRuntime runtime(QStringLiteral("app"));
    const QmlScene scene(maker, { { QStringLiteral("runtime"), QVariant::fromValue(&runtime) } });
    QVERIFY(!runtime.recorder(uiId));

    QVERIFY(runtime.start());

    QTRY_VERIFY(runtime.recorder(uiId));
    QCOMPARE(scene.value("available"), QVariant(true));
}

void tst_RecorderElement_Lifetime::makesNoneAgainThatWasRemoved()
{
    RecorderFixture fixture;
    const QmlScene scene(maker, fixture.asRequired());

    fixture.runtime.removeRecorder(uiId);
    QTRY_COMPARE(scene.value("errorString"),
                 QVariant(QStringLiteral("recorder \"ui\" has stopped")));
    QCoreApplication::processEvents();

    QVERIFY(!fixture.runtime.recorder(uiId));
}

void tst_RecorderElement_Lifetime::leavesBehindWhatItMade()
{
    RecorderFixture fixture;
    {
        const QmlScene scene(maker, fixture.asRequired());
    }

    QVERIFY(fixture.runtime.recorder(uiId));
}

void tst_RecorderElement_Lifetime::saysWhyItCouldMakeNone()
{
    const MessageLog log;
    RecorderFixture fixture;
    const QString error =
            QStringLiteral("MetricsRuntime \"app\": the id of a recorder is blank: \" \"");
    const QmlScene scene(R"(Recorder { entityId: " "; create: true })", fixture.asRequired());

    QCOMPARE(scene.value("errorString"), QVariant(error));
    QTRY_COMPARE(log.messages().size(), 1);
    QVERIFY(log.messages().constFirst().text.endsWith(error));
}

void tst_RecorderElement_Lifetime::saysWhatIsMissing_data()
{
    QTest::addColumn<QByteArray>("component");
    QTest::addColumn<bool>("hasRuntime");
    QTest::addColumn<QString>("error");

    QTest::newRow("a runtime") << element << false << QStringLiteral("runtime is null");
    QTest::newRow("an id") << QByteArray("Recorder {}") << true
                           << QStringLiteral("entityId is empty");
    QTest::newRow("a recorder") << element << true
                                << QStringLiteral("the runtime \"app\" has no recorder \"ui\"");
}

void tst_RecorderElement_Lifetime::saysWhatIsMissing()
{
    QFETCH(const QByteArray, component);
    QFETCH(const bool, hasRuntime);
    QFETCH(const QString, error);
    RecorderFixture fixture;
    QmlScene scene(component, hasRuntime ? fixture.asRequired() : QVariantMap());
    ignore(u"events are not registered: " + error);

    const QVariant result = call(scene, QStringLiteral("'event'"));

    QCOMPARE(result, resultOf(RegisterResult::NotRunning));
    QCOMPARE(scene.value("errorString"), QVariant(error));
    QCOMPARE(scene.value("available"), QVariant(false));
}

void tst_RecorderElement_Lifetime::findsARecorderThatComesLater()
{
    RecorderFixture fixture;
    QmlScene scene(element, fixture.asRequired());
    QCOMPARE(scene.value("available"), QVariant(false));

    fixture.createRecorder();

    QTRY_COMPARE(scene.value("available"), QVariant(true));
    QCOMPARE(scene.value("errorString"), QVariant(QString()));
}

void tst_RecorderElement_Lifetime::findsTheRecorderThatIsThereByNow()
{
    RecorderFixture fixture;
    QmlScene scene(element, fixture.asRequired());
    fixture.createRecorder();

    QCOMPARE(call(scene, QStringLiteral("'event'")), resultOf(RegisterResult::Accepted));

    fixture.runtime.removeRecorder(uiId);
    fixture.createRecorder();
    QCOMPARE(call(scene, QStringLiteral("'event'")), resultOf(RegisterResult::Accepted));
}

void tst_RecorderElement_Lifetime::noticesThatItsRecorderWasRemoved()
{
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());
    ignore(QStringLiteral("events are not registered: recorder \"ui\" has stopped"));

    fixture.runtime.removeRecorder(uiId);

    QCOMPARE(call(scene, QStringLiteral("'event'")), resultOf(RegisterResult::NotRunning));
    QCOMPARE(scene.value("errorString"), QVariant(QStringLiteral("recorder \"ui\" has stopped")));
}

void tst_RecorderElement_Lifetime::outlivesItsRuntime()
{
    auto fixture = std::make_unique<RecorderFixture>();
    fixture->createRecorder();
    QmlScene scene(element, fixture->asRequired());
    QCOMPARE(call(scene, QStringLiteral("'event'")), resultOf(RegisterResult::Accepted));
    ignore(QStringLiteral("events are not registered: recorder \"ui\" has stopped"));

    fixture.reset();

    QCOMPARE(scene.value("available"), QVariant(false));
    QCOMPARE(call(scene, QStringLiteral("'event'")), resultOf(RegisterResult::NotRunning));
    QCOMPARE(scene.evaluate(QStringLiteral("latestSnapshots()[0].value('total')")).toInt(), 1);
}

void tst_RecorderElement_Lifetime::survivesThatAnotherThreadRemovesItsRecorder()
{
    MessageLog messages; // whether an event comes too late is up to the threads
    RecorderFixture fixture;
    QmlScene scene(element, fixture.asRequired());

    std::atomic<bool> isDone = false;
    std::thread other([&] {
        for (int i = 0; i < 200; ++i) {
            fixture.runtime.createRecorder(uiId);
            fixture.runtime.removeRecorder(uiId);
        }
        isDone = true;
    });
    while (!isDone) {
        call(scene, QStringLiteral("'event', { number: 1 }"));
        QCoreApplication::processEvents();
    }
    other.join();

    fixture.createRecorder();
    QCOMPARE(call(scene, QStringLiteral("'event'")), resultOf(RegisterResult::Accepted));
}

QTEST_GUILESS_MAIN(tst_RecorderElement_Lifetime)
#include "tst_recorderelement_lifetime.moc"
