// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/qmlscene.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/qml/registerqmltypes.h>

#include <QTest>

#include <limits>

using namespace Recorders;
using namespace Testing;

class tst_QmlModule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void makesItsElements_data();
    void makesItsElements();
    void refusesToMakeWhatIsMadeInCpp_data();
    void refusesToMakeWhatIsMadeInCpp();
    void knowsTheEnumerations_data();
    void knowsTheEnumerations();

    void showsARuntime();
    void followsTheStateOfARuntime();
    void followsTheRecordersOfARuntime();
    void followsTheTotalsOfARuntime();
    void handsSnapshotsToJavaScript();
    void keepsAllDigitsInTexts();

    void bindsOneValue();
    void saysWhatAValueLacks();
    void listsTheValuesOfARecorder();
    void filtersTheValuesOfARuntime();
    void sortsTheValuesOfARuntime();
    void keepsWhatAModelShowedWhenTheRuntimeGoesFirst();
};

// A runtime that runs, and a recorder of a metric.
class Fixture
{
public:
    explicit Fixture(const QString &id = QStringLiteral("connection-001"))
        : runtime(QStringLiteral("test"))
    {
        runtime.start();
        recorder = runtime.createRecorder(id);
        recorder->registerMetric(std::make_unique<TickMetric>());
    }

    QVariantMap asRequired()
    {
        return { { QStringLiteral("appRuntime"), QVariant::fromValue(&runtime) } };
    }

    MetricsRuntime runtime;
    std::shared_ptr<Recorder> recorder;
};

void tst_QmlModule::initTestCase()
{
    registerQmlTypes();
}

void tst_QmlModule::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_QmlModule::makesItsElements_data()
{
    QTest::addColumn<QByteArray>("element");

    for (const char *element : { "MetricValue", "Recorder", "RecorderSnapshotModel",
                                 "SnapshotFilterModel", "SnapshotModel", "SnapshotTableModel" })
        QTest::newRow(element) << QByteArray(element);
}

void tst_QmlModule::makesItsElements()
{
    QFETCH(const QByteArray, element);

    const QmlScene scene(element + " {}");

    QVERIFY2(scene.root(), qPrintable(scene.errors()));
}

void tst_QmlModule::refusesToMakeWhatIsMadeInCpp_data()
{
    QTest::addColumn<QByteArray>("element");

    QTest::newRow("a runtime") << QByteArray("MetricsRuntime");
    QTest::newRow("a source") << QByteArray("SnapshotSource");
}

void tst_QmlModule::refusesToMakeWhatIsMadeInCpp()
{
    QFETCH(const QByteArray, element);

    const QmlScene scene(element + " {}");

    QVERIFY(!scene.root());
    QVERIFY2(scene.errors().contains(QLatin1String(element) + u" is made in C++"),
             qPrintable(scene.errors()));
}

void tst_QmlModule::knowsTheEnumerations_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("value");

    const auto row = [](const char *name, auto value) {
        QTest::newRow(name) << QString::fromLatin1(name) << static_cast<int>(value);
    };
    row("Recorders.RuntimeState.Running", RuntimeState::Running);
    row("Recorders.RecorderState.Failed", RecorderState::Failed);
    row("Recorders.MetricKind.Histogram", MetricKind::Histogram);
    row("Recorders.MetricState.Quarantined", MetricState::Quarantined);
    row("Recorders.RegisterResult.NotRunning", RegisterResult::NotRunning);
    row("SnapshotModel.TextRole", SnapshotModel::TextRole);
    row("SnapshotModel.NodeType.Dimension", SnapshotModel::NodeType::Dimension);
}

void tst_QmlModule::knowsTheEnumerations()
{
    QFETCH(const QString, name);
    QFETCH(const int, value);
    QmlScene scene("QtObject {}");

    QCOMPARE(scene.evaluate(name), QVariant(value));
}

static const QByteArray runtimeScene = R"(
QtObject {
    required property MetricsRuntime appRuntime
    property string name: appRuntime.name
    property bool isRunning: appRuntime.state === Recorders.RuntimeState.Running
    property int recorderCount: appRuntime.recorderIds.length
    property string sourceName: appRuntime.snapshotSource.name
})";

void tst_QmlModule::showsARuntime()
{
    Fixture fixture;

    const QmlScene scene(runtimeScene, fixture.asRequired());

    QVERIFY2(scene.root(), qPrintable(scene.errors()));
    QCOMPARE(scene.value("name"), QVariant(QStringLiteral("test")));
    QCOMPARE(scene.value("isRunning"), QVariant(true));
    QCOMPARE(scene.value("recorderCount"), QVariant(1));
    QCOMPARE(scene.value("sourceName"), QVariant(QStringLiteral("test")));
}

void tst_QmlModule::followsTheStateOfARuntime()
{
    Fixture fixture;
    const QmlScene scene(runtimeScene, fixture.asRequired());
    QCOMPARE(scene.value("isRunning"), QVariant(true));

    std::thread other([&fixture] { fixture.runtime.shutdown(); });
    other.join();

    QTRY_COMPARE(scene.value("isRunning"), QVariant(false));
}

void tst_QmlModule::followsTheRecordersOfARuntime()
{
    Fixture fixture;
    const QmlScene scene(runtimeScene, fixture.asRequired());

    std::thread other([&fixture] { fixture.runtime.createRecorder(QStringLiteral("second")); });
    other.join();
    QTRY_COMPARE(scene.value("recorderCount"), QVariant(2));

    fixture.runtime.removeRecorder(QStringLiteral("second"));
    QTRY_COMPARE(scene.value("recorderCount"), QVariant(1));
}

void tst_QmlModule::followsTheTotalsOfARuntime()
{
    Fixture fixture;
    QmlScene scene(R"(QtObject {
        required property MetricsRuntime appRuntime
        property var evaluations: ({ count: 0 })
        property string shown: `${appRuntime.totals.recorders} ${appRuntime.totals.registered} `
            + `${appRuntime.totals.dropped} ${appRuntime.totals.failed}`
        property bool isCounted: { ++evaluations.count; return appRuntime.totals.pending > 0 }
        function evaluationCount() { return evaluations.count }
    })",
                   fixture.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));
    QCOMPARE(scene.value("shown"), QVariant(QStringLiteral("1 0 0 0")));

    fixture.recorder->registerEvent(Tick{ 1 });
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("1 1 0 0")));

    const auto second = fixture.runtime.createRecorder(QStringLiteral("second"));
    second->registerEvent(Tick{ 1 });
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("2 2 0 0")));
    QVERIFY(scene.evaluate(QStringLiteral("evaluationCount()")).toInt()
            <= 6); // none without a change

    QCOMPARE(scene.evaluate(QStringLiteral("appRuntime.totals == appRuntime.totals")),
             QVariant(true));
    scene.evaluate(QStringLiteral("appRuntime.totals.recorders = 9")); // is nothing to be set
    QCOMPARE(scene.evaluate(QStringLiteral("appRuntime.totals.recorders")).toInt(), 2);
}

void tst_QmlModule::handsSnapshotsToJavaScript()
{
    const MetricSnapshot snapshot =
            MetricSnapshot(QStringLiteral("files"))
                    .setDescription(QStringLiteral("Files"))
                    .add(QStringLiteral("total"), 2048, Unit::bytes(), MetricKind::Counter);
    QmlScene scene("QtObject { required property metricSnapshot snapshot }",
                   { { QStringLiteral("snapshot"), QVariant::fromValue(snapshot) } });
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.name")), QVariant(QStringLiteral("files")));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.description")),
             QVariant(QStringLiteral("Files")));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.state === Recorders.MetricState.Active")),
             QVariant(true));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.value('total')")), QVariant(2048));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.contains('total')")), QVariant(true));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.contains('other')")), QVariant(false));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.dimensions.length")), QVariant(1));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.dimensions[0].name")),
             QVariant(QStringLiteral("total")));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.dimensions[0].text")),
             QVariant(QStringLiteral("2.00 KiB")));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.dimensions[0].unit.code")),
             QVariant(QStringLiteral("By")));
    QCOMPARE(scene.evaluate(QStringLiteral(
                     "snapshot.dimensions[0].kind === Recorders.MetricKind.Counter")),
             QVariant(true));
}

// A number of JavaScript has 53 bits.
void tst_QmlModule::keepsAllDigitsInTexts()
{
    const MetricSnapshot snapshot =
            MetricSnapshot(QStringLiteral("big"))
                    .add(QStringLiteral("most"), std::numeric_limits<qint64>::max())
                    .add(QStringLiteral("unsigned"), std::numeric_limits<quint64>::max());
    QmlScene scene("QtObject { required property metricSnapshot snapshot }",
                   { { QStringLiteral("snapshot"), QVariant::fromValue(snapshot) } });

    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.dimensions[0].exactText")),
             QVariant(QStringLiteral("9223372036854775807")));
    QCOMPARE(scene.evaluate(QStringLiteral("snapshot.dimensions[1].exactText")),
             QVariant(QStringLiteral("18446744073709551615")));
    for (const char *value : { "snapshot.dimensions[0].value", "snapshot.value('unsigned')" }) {
        QCOMPARE(scene.evaluate(u"typeof " + QLatin1StringView(value)),
                 QVariant(QStringLiteral("string")));
    }
}

static const QByteArray valueScene = R"(
QtObject {
    id: scene
    required property MetricsRuntime appRuntime
    property MetricValue live: MetricValue {
        runtime: scene.appRuntime
        entityId: "connection-001"
        metric: "ticks"
        dimension: "sum"
    }
    property string shown: live.valid ? `${live.value} ${live.text} ${live.exactText}` : live.errorString
})";

void tst_QmlModule::bindsOneValue()
{
    Fixture fixture;
    const QmlScene scene(valueScene, fixture.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    fixture.recorder->registerEvent(Tick{ 12345 });

    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("12345 12.3 k 12345")));
}

void tst_QmlModule::saysWhatAValueLacks()
{
    auto fixture = std::make_unique<Fixture>(QStringLiteral("connection-002"));
    const QmlScene scene(valueScene, fixture->asRequired());

    QTRY_COMPARE(scene.value("shown"),
                 QVariant(QStringLiteral("\"test\" has no recorder \"connection-001\"")));

    fixture.reset();
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("\"test\" has ended")));
}

static const QByteArray listScene = R"(
Instantiator {
    required property MetricsRuntime appRuntime
    property string texts
    model: RecorderSnapshotModel { runtime: appRuntime; entityId: "connection-001" }
    delegate: QtObject {
        required property string metric
        required property string dimension
        required property string text
        required property string exactText
        property string line: `${metric} ${dimension}: ${text} (${exactText})`
    }
    function lines() {
        let lines = []
        for (let i = 0; i < count; ++i)
            lines.push(objectAt(i).line)
        return lines.join(", ")
    }
})";

void tst_QmlModule::listsTheValuesOfARecorder()
{
    Fixture fixture;
    QmlScene scene(listScene, fixture.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    fixture.recorder->registerEvent(Tick{ 12345 });

    QTRY_COMPARE(scene.evaluate(QStringLiteral("lines()")),
                 QVariant(QStringLiteral("ticks total: 1 (1), ticks sum: 12.3 k (12345)")));
}

void tst_QmlModule::filtersTheValuesOfARuntime()
{
    Fixture fixture;
    fixture.recorder->registerEvent(Tick{ 7 });
    QmlScene scene(R"(
        Instantiator {
            required property MetricsRuntime appRuntime
            model: SnapshotFilterModel {
                sourceModel: SnapshotTableModel { runtime: appRuntime }
                filterText: "sum"
            }
            delegate: QtObject { required property string dimension; required property var value }
        })",
                   fixture.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    QTRY_COMPARE(scene.value("count"), QVariant(1));
    QCOMPARE(scene.evaluate(QStringLiteral("objectAt(0).value")), QVariant(7));
}

void tst_QmlModule::sortsTheValuesOfARuntime()
{
    Fixture fixture;
    fixture.recorder->registerEvent(Tick{ 7 });
    QmlScene scene(R"(
        Instantiator {
            id: list
            required property MetricsRuntime appRuntime
            property bool isSorted: model.sortColumn === SnapshotTableModel.ValueColumn
            model: SnapshotFilterModel {
                sourceModel: SnapshotTableModel { runtime: list.appRuntime }
                sortColumn: SnapshotTableModel.ValueColumn
                sortOrder: Qt.DescendingOrder
            }
            delegate: QtObject { required property int value }
        })",
                   fixture.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    QTRY_COMPARE(scene.evaluate(QStringLiteral("count === 2 ? objectAt(0).value : -1")),
                 QVariant(7));
    QCOMPARE(scene.value("isSorted"), QVariant(true));
}

void tst_QmlModule::keepsWhatAModelShowedWhenTheRuntimeGoesFirst()
{
    auto fixture = std::make_unique<Fixture>();
    fixture->recorder->registerEvent(Tick{ 12345 });
    QmlScene scene(listScene, fixture->asRequired());
    QTRY_COMPARE(scene.value("count"), QVariant(2));

    fixture.reset();

    QTRY_COMPARE(scene.evaluate(QStringLiteral("model.ended")), QVariant(true));
    QCOMPARE(scene.value("count"), QVariant(2));
    QCOMPARE(scene.evaluate(QStringLiteral("model.runtime")).value<QObject *>(), nullptr);
}

QTEST_GUILESS_MAIN(tst_QmlModule)
#include "tst_qmlmodule.moc"
