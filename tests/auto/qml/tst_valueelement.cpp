// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"
#include "shared/handclock.h"
#include "shared/qmlscene.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/qml/registerqmltypes.h>

#include <QLocale>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>

#include <limits>
#include <memory>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// The element MetricValue of QML, by binding.
class tst_ValueElement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void bindsEachProperty();
    void isANumberOnlyWhereThatIsExact_data();
    void isANumberOnlyWhereThatIsExact();
    void tellsApartWhyThereIsNoNumber();
    void writesNumbersAsTheUserDoes();
    void evaluatesNothingWhileNothingChanges();
    void evaluatesOnlyWhatChanges();

    void namesItsPropertiesInItsHandlers();
    void followsWhatItIsSetTo();
    void mayLoseItsRuntimeAndGetAnother();
    void mayOutliveItsRuntime_data();
    void mayOutliveItsRuntime();
    void mayGoBeforeItsRuntime();
};

namespace {

const QString worker = QStringLiteral("worker-3");

const QByteArray valueScene = R"(
QtObject {
    id: scene
    required property SnapshotSource source
    property MetricValue live: MetricValue {
        source: scene.source
        entityId: "worker-3"
        metric: "jobs.done"
        dimension: "total"
        refreshInterval: 1
    }
    property string numberType: typeof live.value
    property string number: String(live.value)
    property string text: live.text
    property string exactText: live.exactText
    property string unit: live.unit
    property bool grows: live.rate > 0
    property string rateText: live.rateText
    property bool valid: live.valid
    property bool stale: live.stale
    property string errorString: live.errorString
    property var evaluations: ({ count: 0 }) // of what is next, and without a signal
    property string counted: { ++evaluations.count; return live.text + live.value + live.valid }
    function evaluationCount() { return evaluations.count }
})";

class Scene
{
public:
    explicit Scene(FakeSnapshotSource *source)
        : qml(valueScene,
              { { QStringLiteral("source"), QVariant::fromValue<SnapshotSource *>(source) } })
    {
    }
    QString text(const char *property) const { return qml.value(property).toString(); }
    int evaluations() { return qml.evaluate(QStringLiteral("evaluationCount()")).toInt(); }

    QmlScene qml;
};

MetricSnapshot jobsDone(const QVariant &total, const Unit &unit = {})
{
    return MetricSnapshot(QStringLiteral("jobs.done"))
            .add(QStringLiteral("total"), total, unit, MetricKind::Counter);
}

// Of a runtime that runs, with a recorder of a metric.
const QByteArray runtimeScene = R"(
QtObject {
    id: scene
    property MetricsRuntime runtime
    property string entityId: "worker-3"
    property MetricValue live: MetricValue {
        runtime: scene.runtime
        entityId: scene.entityId
        metric: "ticks"
        dimension: "sum"
        refreshInterval: 1
    }
    property string shown: live.valid ? live.text : live.stale ? `last ${live.text}` : "none"
})";

struct Application
{
    explicit Application(int sum, const QString &name = QStringLiteral("app"))
        : runtime(std::make_unique<MetricsRuntime>(name))
    {
        runtime->start();
        add(worker, sum);
    }
    void add(const QString &id, int sum)
    {
        const auto recorder = runtime->createRecorder(id);
        recorder->registerMetric(std::make_unique<TickMetric>());
        recorder->registerEvent(Tick{ sum });
    }

    std::unique_ptr<MetricsRuntime> runtime;
};

QVariant asVariant(const Application &application)
{
    return QVariant::fromValue(application.runtime.get());
}

} // namespace

void tst_ValueElement::initTestCase()
{
    registerQmlTypes();
}

void tst_ValueElement::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_ValueElement::bindsEachProperty()
{
    const Testing::HandClock clock; // stands still, so that the rate does not decay
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(0, Unit::bytes()));
    const Scene scene(&source);
    QVERIFY2(scene.qml.root(), qPrintable(scene.qml.errors()));
    QCOMPARE(scene.text("valid"), QStringLiteral("false"));

    QTRY_COMPARE(scene.text("valid"), QStringLiteral("true"));
    source.advance(1s);
    source.setMetric(worker, jobsDone(2048, Unit::bytes()));

    QTRY_COMPARE(scene.text("number"), QStringLiteral("2048"));
    QCOMPARE(scene.text("text"), QStringLiteral("2.00 KiB"));
    QCOMPARE(scene.text("exactText"), QStringLiteral("2048"));
    QCOMPARE(scene.text("unit"), QStringLiteral("By"));
    QCOMPARE(scene.text("grows"), QStringLiteral("true"));
    QCOMPARE(scene.text("rateText"), QStringLiteral("2.00 KiB/s"));
    QCOMPARE(scene.text("stale"), QStringLiteral("false"));
    QCOMPARE(scene.text("errorString"), QString());

    source.removeRecorder(worker);
    QTRY_COMPARE(scene.text("stale"), QStringLiteral("true"));
    QCOMPARE(scene.text("valid"), QStringLiteral("false"));
    QCOMPARE(scene.text("errorString"), QStringLiteral("\"fake\" has no recorder \"worker-3\""));
    QCOMPARE(scene.text("number"), QStringLiteral("2048"));
    QCOMPARE(scene.text("rateText"), QString());
    QCOMPARE(scene.text("grows"), QStringLiteral("false"));
}

void tst_ValueElement::isANumberOnlyWhereThatIsExact_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("exactText");

    const auto row = [](const char *name, const QVariant &value, const char *type,
                        const char *number, const char *exactText) {
        QTest::newRow(name) << value << QString::fromLatin1(type) << QString::fromLatin1(number)
                            << QString::fromUtf8(exactText);
    };
    const qint64 greatest = (1LL << 53) - 1;
    row("a count", 7, "number", "7", "7");
    row("a fraction", 0.1 + 0.2, "number", "0.30000000000000004", "0.30000000000000004");
    row("the greatest whole number", greatest, "number", "9007199254740991", "9007199254740991");
    row("one more", greatest + 1, "string", "9007199254740992", "9007199254740992");
    row("two more", greatest + 2, "string", "9007199254740993", "9007199254740993");
    row("the most there is", std::numeric_limits<quint64>::max(), "string", "18446744073709551615",
        "18446744073709551615");
    row("the least there is", std::numeric_limits<qint64>::min(), "string", "-9223372036854775808",
        "-9223372036854775808");
    row("no number", std::numeric_limits<double>::quiet_NaN(), "number", "NaN", "NaN");
    row("infinity", -std::numeric_limits<double>::infinity(), "number", "-Infinity", "-Infinity");
    row("a text", QStringLiteral("1.0.2"), "string", "1.0.2", "1.0.2");
    row("a bool", true, "boolean", "true", "true");
}

void tst_ValueElement::isANumberOnlyWhereThatIsExact()
{
    QFETCH(const QVariant, value);
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(value));

    const Scene scene(&source);

    QTRY_COMPARE(scene.text("valid"), QStringLiteral("true"));
    QTEST(scene.text("numberType"), "type");
    QTEST(scene.text("number"), "number");
    QTEST(scene.text("exactText"), "exactText");
}

void tst_ValueElement::tellsApartWhyThereIsNoNumber()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(std::numeric_limits<double>::quiet_NaN()));
    source.hold();
    const Scene scene(&source);
    const auto shown = [&scene] {
        return QStringList{ scene.text("valid"), scene.text("stale"), scene.text("number"),
                            scene.text("text") };
    };
    const QString yes = QStringLiteral("true");
    const QString no = QStringLiteral("false");
    const QString undefined = QStringLiteral("undefined");
    const QString nan = QStringLiteral("NaN");
    QCOMPARE(shown(), QStringList({ no, no, undefined, QString() })); // no value yet

    source.release();
    QTRY_COMPARE(shown(), QStringList({ yes, no, nan, nan }));

    source.setMetric(worker, jobsDone(HUGE_VAL));
    QTRY_COMPARE(shown(),
                 QStringList({ yes, no, QStringLiteral("Infinity"), QStringLiteral("\u221e") }));

    source.setMetric(worker, jobsDone(5));
    source.setRecorderState(worker, RecorderState::Stopped); // the recorder has ended
    QTRY_COMPARE(shown(), QStringList({ no, yes, QStringLiteral("5"), QStringLiteral("5") }));
    QCOMPARE(scene.text("errorString"), QStringLiteral("recorder \"worker-3\" has stopped"));

    source.setRecorderState(worker, RecorderState::Running);
    QTRY_COMPARE(shown(), QStringList({ yes, no, QStringLiteral("5"), QStringLiteral("5") }));
}

void tst_ValueElement::writesNumbersAsTheUserDoes()
{
    const auto restore = qScopeGuard([before = QLocale()] { QLocale::setDefault(before); });
    QLocale::setDefault(QLocale(QLocale::German));
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(1.5));

    const Scene scene(&source);

    QTRY_COMPARE(scene.text("text"), QStringLiteral("1,50"));
    QCOMPARE(scene.text("number"), QStringLiteral("1.5"));
    QCOMPARE(scene.text("exactText"), QStringLiteral("1.5"));
}

void tst_ValueElement::evaluatesNothingWhileNothingChanges()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(5));
    source.setMetric(QStringLiteral("worker-4"), jobsDone(5));
    Scene scene(&source);
    QTRY_COMPARE(scene.text("text"), QStringLiteral("5"));
    const int evaluations = scene.evaluations();

    source.setMetric(QStringLiteral("worker-4"), jobsDone(6)); // is of no concern
    source.setMetric(worker, jobsDone(5)); // is the same
    source.setStatistics(worker, { 7, 7, 0, 0, 0, 7, 0, 0 });
    const int requests = source.requestCount();
    QTRY_COMPARE_GT(source.requestCount(), requests);

    QCOMPARE(scene.evaluations(), evaluations);
}

void tst_ValueElement::evaluatesOnlyWhatChanges()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(100'000));
    Scene scene(&source);
    QTRY_COMPARE(scene.text("text"), QStringLiteral("100 k"));
    const int evaluations = scene.evaluations();

    source.setMetric(worker, jobsDone(100'001)); // still 100 k
    QTRY_COMPARE(scene.text("number"), QStringLiteral("100001"));

    QCOMPARE(scene.evaluations(), evaluations + 1);
}

// A parameter of a signal that is called like a property would hide it, with a warning or without.
void tst_ValueElement::namesItsPropertiesInItsHandlers()
{
    FakeSnapshotSource source;
    source.setMetric(worker, jobsDone(7));
    const QmlScene scene(
            R"(MetricValue {
        entityId: "worker-3"
        metric: "jobs.done"
        refreshInterval: 1
        property string said
        onTextChanged: said += text
        onValidChanged: said += valid
        onMetricChanged: metric = "jobs.done"
    })",
            { { QStringLiteral("source"), QVariant::fromValue<SnapshotSource *>(&source) } });
    QVERIFY2(scene.root(), qPrintable(scene.errors()));
    QTRY_COMPARE(scene.value("said"), QVariant(QStringLiteral("7true")));

    scene.root()->setProperty("metric", QStringLiteral("other"));

    QCOMPARE(scene.value("metric"), QVariant(QStringLiteral("jobs.done")));
}

void tst_ValueElement::followsWhatItIsSetTo()
{
    Application application(5);
    application.add(QStringLiteral("worker-4"), 7);
    const Application other(9, QStringLiteral("other"));
    QmlScene scene(runtimeScene, { { QStringLiteral("runtime"), asVariant(application) } });
    QVERIFY2(scene.root(), qPrintable(scene.errors()));
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("5")));

    scene.root()->setProperty("entityId", QStringLiteral("worker-4"));
    QCOMPARE(scene.value("shown"), QVariant(QStringLiteral("none"))); // not that of another one
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("7")));

    scene.root()->setProperty("entityId", worker);
    scene.root()->setProperty("runtime", asVariant(other));
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("9")));
}

void tst_ValueElement::mayLoseItsRuntimeAndGetAnother()
{
    const Application application(5);
    QmlScene scene(runtimeScene, { { QStringLiteral("runtime"), asVariant(application) } });
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("5")));

    scene.evaluate(QStringLiteral("runtime = null"));
    QCOMPARE(scene.value("shown"), QVariant(QStringLiteral("none")));

    scene.root()->setProperty("runtime", asVariant(application));
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("5")));
}

using End = std::function<void(Application &)>;

void tst_ValueElement::mayOutliveItsRuntime_data()
{
    QTest::addColumn<End>("end");

    QTest::newRow("that is shut down")
            << End([](Application &application) { application.runtime->shutdown(); });
    QTest::newRow("that is deleted")
            << End([](Application &application) { application.runtime.reset(); });
    QTest::newRow("that loses its recorder")
            << End([](Application &application) { application.runtime->removeRecorder(worker); });
}

void tst_ValueElement::mayOutliveItsRuntime()
{
    QFETCH(const End, end);
    Application application(5);
    const QmlScene scene(runtimeScene, { { QStringLiteral("runtime"), asVariant(application) } });
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("5")));

    end(application);

    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("last 5")));
}

void tst_ValueElement::mayGoBeforeItsRuntime()
{
    const Application application(5);
    {
        const QmlScene scene(runtimeScene,
                             { { QStringLiteral("runtime"), asVariant(application) } });
        QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("5")));
    } // the engine is gone

    application.runtime->recorder(worker)->registerEvent(Tick{ 1 });
    QTRY_COMPARE(application.runtime->totals().pending, 0U);
}

QTEST_GUILESS_MAIN(tst_ValueElement)
#include "tst_valueelement.moc"
