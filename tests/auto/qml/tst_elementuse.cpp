// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/messagelog.h"
#include "shared/qmlscene.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/model/metricvalue.h>
#include <recorders/qml/registerqmltypes.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;

// What is said of an element that QML uses wrongly: which one, on which line, and what is wrong.
class tst_ElementUse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void isSaidWithElementAndLine_data();
    void isSaidWithElementAndLine();
    void isSaidOfARuntimeInAnotherThread_data();
    void isSaidOfARuntimeInAnotherThread();
    void isSaidOnce();

    void isNotSaidOfWhatComesAMomentLater();
    void isNotSaidOfWhatWent();
    void isNotSaidOfWhatCppMade();
    void isNotSaidOfASelectionOfNothing();
};

namespace {

const QString worker = QStringLiteral("worker-3");

QStringList textsOf(const MessageLog &log)
{
    QStringList texts;
    for (const MessageLog::Message &message : log.messages())
        texts += message.text;
    return texts;
}

class Application
{
public:
    Application()
    {
        runtime.start();
        runtime.createRecorder(worker)->registerMetric(std::make_unique<TickMetric>());
    }
    QVariantMap asRequired()
    {
        return { { QStringLiteral("app"), QVariant::fromValue(&runtime) } };
    }

    MetricsRuntime runtime{ QStringLiteral("app") };
};

// On the fifth line, where the element is.
QByteArray sceneOf(const QByteArray &element)
{
    return "QtObject { id: scene; required property MetricsRuntime app\n"
           "    property QtObject element:\n"
           "        "
            + element + "\n}";
}

} // namespace

void tst_ElementUse::initTestCase()
{
    registerQmlTypes();
}

void tst_ElementUse::isSaidWithElementAndLine_data()
{
    QTest::addColumn<QByteArray>("element");
    QTest::addColumn<QString>("message");

    const auto row = [](const char *name, const char *element, const char *message) {
        QTest::newRow(name) << QByteArray(element) << QString::fromLatin1(message);
    };
    row("a value of no runtime", "MetricValue { entityId: 'worker-3'; metric: 'ticks' }",
        "MetricValue: there is no runtime and no source");
    row("a value of a null runtime", "MetricValue { runtime: null; metric: 'ticks' }",
        "MetricValue: there is no runtime and no source");
    row("a value of no metric", "MetricValue { runtime: scene.app; entityId: 'worker-3' }",
        "MetricValue: metric is blank");
    row("a value of a blank metric",
        "MetricValue { runtime: scene.app; entityId: 'worker-3'; metric: ' ' }",
        "MetricValue: metric is blank");
    row("a value of a blank recorder",
        "MetricValue { runtime: scene.app; entityId: ' '; metric: 'ticks' }",
        "MetricValue: entityId is blank");
    row("a value of an unknown recorder",
        "MetricValue { runtime: scene.app; entityId: 'worker-4'; metric: 'ticks' }",
        "MetricValue: \"app\" has no recorder \"worker-4\"");
    row("a value that is never refreshed",
        "MetricValue { runtime: scene.app; entityId: 'worker-3'; metric: 'ticks'; refreshInterval: "
        "0 "
        "}",
        "MetricValue: the refresh interval must be at least 1 ms, not 0");
    row("a list of no runtime", "RecorderSnapshotModel { entityId: 'worker-3' }",
        "RecorderSnapshotModel: there is no runtime and no source");
    row("a list of an unknown recorder",
        "RecorderSnapshotModel { runtime: scene.app; entityId: 'worker-4' }",
        "RecorderSnapshotModel: \"app\" has no recorder \"worker-4\"");
    row("a list of a blank recorder", "RecorderSnapshotModel { runtime: scene.app; entityId: ' ' }",
        "RecorderSnapshotModel: setEntityId: the id must be empty, for no recorder, or not be "
        "blank");
    row("a table of no runtime", "SnapshotTableModel {}",
        "SnapshotTableModel: there is no runtime and no source");
    row("a tree of no runtime", "SnapshotModel {}",
        "SnapshotModel: there is no runtime and no source");
    row("a tree that is never refreshed",
        "SnapshotModel { runtime: scene.app; refreshInterval: -1 }",
        "SnapshotModel: the refresh interval must be at least 1 ms, not -1");
    row("a tree of a byte prefix that is none",
        "SnapshotModel { runtime: scene.app; bytePrefix: 6 + 1 }",
        "SnapshotModel: bytePrefix: 7 is not in BytePrefix");
    row("a list of a byte prefix that is none",
        "RecorderSnapshotModel { runtime: scene.app; bytePrefix: 1 - 2 }",
        "RecorderSnapshotModel: bytePrefix: -1 is not in BytePrefix");
    row("a filter of a filter", "SnapshotFilterModel { sourceModel: SnapshotFilterModel {} }",
        "SnapshotFilterModel: setSourceModel: the source must be a model of snapshots, not a "
        "Recorders::SnapshotFilterModel");
    row("a recorder of no runtime", "Recorder { entityId: 'worker-3' }",
        "Recorder: runtime is null");
    row("a recorder that is not there", "Recorder { runtime: scene.app; entityId: 'worker-4' }",
        "Recorder: the runtime \"app\" has no recorder \"worker-4\"");
    row("a recorder of a blank id", "Recorder { runtime: scene.app; entityId: ' ' }",
        "Recorder: entityId is blank");
    row("a recorder that cannot be made",
        "Recorder { runtime: scene.app; entityId: ' '; create: true }",
        "Recorder: MetricsRuntime \"app\": the id of a recorder is blank: \" \"");
    row("an event without a type",
        "Recorder { runtime: scene.app; entityId: 'worker-3'; Component.onCompleted: "
        "registerEvent('') }",
        "Recorder: registerEvent: the type of the event is blank");
}

void tst_ElementUse::isSaidWithElementAndLine()
{
    QFETCH(const QByteArray, element);
    QFETCH(const QString, message);
    const MessageLog log;
    Application application;
    const QmlScene scene(sceneOf(element), application.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    QTRY_COMPARE(textsOf(log), QStringList(u"scene.qml:5:9: QML " + message));
}

void tst_ElementUse::isSaidOfARuntimeInAnotherThread_data()
{
    QTest::addColumn<QByteArray>("element");

    for (const char *element : { "MetricValue { metric: 'ticks'; ", "RecorderSnapshotModel {",
                                 "SnapshotModel {", "SnapshotTableModel {", "Recorder {" })
        QTest::newRow(element) << QByteArray(element);
}

// An object of another thread could go while it is asked.
void tst_ElementUse::isSaidOfARuntimeInAnotherThread()
{
    QFETCH(const QByteArray, element);
    const MessageLog log;
    WorkerThread thread;
    std::unique_ptr<Application> application;
    QVERIFY(thread.run([&] { application = std::make_unique<Application>(); }));
    {
        const QmlScene scene(sceneOf(element + " runtime: scene.app }"), application->asRequired());
        QVERIFY2(scene.root(), qPrintable(scene.errors()));
        const auto *const made = scene.value("element").value<QObject *>();

        QTRY_COMPARE(textsOf(log).size(), 1);
        const QString text = textsOf(log).constFirst();
        QVERIFY2(text.startsWith(u"scene.qml:5:9: QML "), qPrintable(text));
        QVERIFY2(text.endsWith(u"\"app\" lives in another thread than QML"), qPrintable(text));
        QVERIFY(text.endsWith(made->property("errorString").toString()));
        QCOMPARE(made->property("runtime").value<QObject *>(), nullptr);
    } // before the object of another thread goes
    QVERIFY(thread.run([&] { application.reset(); }));
}

void tst_ElementUse::isSaidOnce()
{
    const MessageLog log;
    Application application;
    QmlScene scene(sceneOf("MetricValue { runtime: scene.app; entityId: 'worker-3' }"),
                   application.asRequired());
    QTRY_COMPARE(textsOf(log).size(), 1);

    for (const char *entityId : { "worker-4", "worker-3" }) {
        scene.evaluate(u"element.entityId = '" + QLatin1StringView(entityId) + u'\'');
        QCoreApplication::processEvents();
    }

    QCOMPARE(textsOf(log).size(), 1);
}

void tst_ElementUse::isNotSaidOfWhatComesAMomentLater()
{
    const MessageLog log;
    Application application;
    QmlScene scene(sceneOf("MetricValue { entityId: 'worker-5'; metric: 'ticks'; "
                           "property Recorder r: Recorder { runtime: scene.app; entityId: "
                           "'worker-5' } }"),
                   application.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    scene.evaluate(
            QStringLiteral("element.runtime = app")); // as code that runs after creation does
    QTRY_VERIFY(scene.evaluate(QStringLiteral("element.errorString"))
                        .toString()
                        .contains(QStringLiteral("has no recorder")));
    application.runtime.createRecorder(QStringLiteral("worker-5"))
            ->registerMetric(std::make_unique<TickMetric>());
    QTRY_COMPARE(scene.evaluate(QStringLiteral("element.valid")), QVariant(true));

    // Another element's patience, which began later, is over.
    const QmlScene witness(sceneOf("MetricValue { runtime: scene.app; entityId: 'worker-6'; "
                                   "metric: 'ticks' }"),
                           application.asRequired());
    QTRY_COMPARE(textsOf(log).size(), 1);
    QVERIFY(textsOf(log).constFirst().contains(QStringLiteral("worker-6")));
}

void tst_ElementUse::isNotSaidOfWhatWent()
{
    const MessageLog log;
    Application application;
    QmlScene scene(
            sceneOf("MetricValue { runtime: scene.app; entityId: 'worker-3'; metric: 'ticks'; "
                    "refreshInterval: 1; property Recorder r: Recorder { runtime: "
                    "scene.app; entityId: 'worker-3' } }"),
            application.asRequired());
    QTRY_COMPARE(scene.evaluate(QStringLiteral("element.valid")), QVariant(true));

    application.runtime.removeRecorder(worker);
    QTRY_COMPARE(scene.evaluate(QStringLiteral("element.stale")), QVariant(true));

    const QmlScene witness(sceneOf("MetricValue { runtime: scene.app; entityId: 'worker-6'; "
                                   "metric: 'ticks' }"),
                           application.asRequired());
    QTRY_COMPARE(textsOf(log).size(), 1);
    QVERIFY(textsOf(log).constFirst().contains(QStringLiteral("worker-6")));
}

void tst_ElementUse::isNotSaidOfWhatCppMade()
{
    const MessageLog log;
    MetricValue value;
    QCoreApplication::processEvents();

    QCOMPARE(textsOf(log), QStringList());
    QCOMPARE(value.errorString(), QStringLiteral("there is no runtime and no source"));
}

void tst_ElementUse::isNotSaidOfASelectionOfNothing()
{
    const MessageLog log;
    Application application;
    const QmlScene scene(sceneOf("RecorderSnapshotModel { runtime: scene.app; entityId: '' }"),
                         application.asRequired());
    QCoreApplication::processEvents();

    QCOMPARE(textsOf(log), QStringList());
}

QTEST_GUILESS_MAIN(tst_ElementUse)
#include "tst_elementuse.moc"
