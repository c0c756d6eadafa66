// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QJsonDocument>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// Names that nobody would choose, of runtimes, recorders, metrics and dimensions: kept as they
// are, or refused with a reason.
class tst_Names : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void areRefusedIfBlank_data();
    void areRefusedIfBlank();
    void areKeptByARuntime_data();
    void areKeptByARuntime();
    void areKeptByDimensions_data();
    void areKeptByDimensions();
    void areToldApart();
    void areWrittenAsJson_data();
    void areWrittenAsJson();
    void keepsStrangeNames_data();
    void keepsStrangeNames();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

static void addStrangeNames()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("64 KiB") << QString(65536, QLatin1Char('x'));
    QTest::newRow("with a null character") << QStringLiteral("a") + QChar(0) + QStringLiteral("b");
    QTest::newRow("half of a surrogate pair") << QString(QChar(0xD800));
    QTest::newRow("the other half") << QStringLiteral("a") + QChar(0xDC00);
    QTest::newRow("beyond 16 bits") << QString::fromUcs4(U"\U0001F600");
    QTest::newRow("right to left") << QChar(0x202E) + QStringLiteral("txt.exe");
    QTest::newRow("markup") << QStringLiteral("<script>alert(\"%1\")</script>&amp;");
    QTest::newRow("place markers") << QStringLiteral("%1 %2 %3 %s %n");
    QTest::newRow("quotes, slashes and line ends") << QStringLiteral("\"a\\b/c'\n\r\t");
    QTest::newRow("with spaces around it") << QStringLiteral(" clock ");
}

namespace {

// A metric whose dimension has its name, too.
class NamedMetric : public TypedMetric<Tick>
{
public:
    using TypedMetric::TypedMetric;

    bool handle(const Tick &tick) override
    {
        m_value = tick.value;
        return true;
    }
    MetricSnapshot snapshot() const override { return MetricSnapshot(name()).add(name(), m_value); }

private:
    int m_value = 0;
};

} // namespace

void tst_Names::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_Names::areRefusedIfBlank_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("null") << QString();
    QTest::newRow("empty") << QStringLiteral("");
    QTest::newRow("spaces") << QStringLiteral("  ");
    QTest::newRow("a tab and a line end") << QStringLiteral("\t\n");
    QTest::newRow("a space of another script") << QString(QChar(0x3000));
}

void tst_Names::areRefusedIfBlank()
{
    QFETCH(const QString, name);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    Error ofMetric;
    Error ofRecorder;
    Error ofRuntime;

    const bool hasMetric = recorder->registerMetric(std::make_unique<TickMetric>(name), &ofMetric);
    const auto nameless = runtime.createRecorder(name, {}, &ofRecorder);
    MetricsRuntime another(name);
    const bool hasStarted = another.start(&ofRuntime);

    QVERIFY(!hasMetric && !nameless && !hasStarted);
    for (const Error &error : { ofMetric, ofRecorder, ofRuntime })
        QCOMPARE(error.code(), ErrorCode::InvalidArgument);
    QVERIFY2(ofMetric.message().contains(QStringLiteral("metric")), qPrintable(ofMetric.message()));
    QVERIFY2(ofRecorder.message().contains(QStringLiteral("id")), qPrintable(ofRecorder.message()));
    QVERIFY2(ofRuntime.message().contains(QStringLiteral("name")), qPrintable(ofRuntime.message()));
    QVERIFY(recorder->metricNames().isEmpty());
    QCOMPARE(runtime.recorderIds(), QStringList{ QStringLiteral("clock") });
}

void tst_Names::areKeptByARuntime_data()
{
    addStrangeNames();
}

void tst_Names::areKeptByARuntime()
{
    QFETCH(const QString, name);
    MetricsRuntime runtime(name);
    Error error;

    QVERIFY2(runtime.start(&error), qPrintable(error.message()));
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));
    recorder->registerEvent(Tick{});

    QCOMPARE(runtime.name(), name);
    QVERIFY(runtime.shutdown());
    VERIFY_ALL_HANDLED(*recorder);
}

void tst_Names::areKeptByDimensions_data()
{
    addStrangeNames();
}

void tst_Names::areKeptByDimensions()
{
    QFETCH(const QString, name);
    Recorder recorder(QStringLiteral("clock"));
    QVERIFY(recorder.registerMetric(std::make_unique<NamedMetric>(name)));

    recorder.registerEvent(Tick{ 42 });
    const QList<MetricSnapshot> snapshots = recorder.metricSnapshots();

    QCOMPARE(snapshots.size(), 1);
    QCOMPARE(snapshots.constFirst().dimensions().constFirst().name, name);
    QVERIFY(snapshots.constFirst().contains(name));
    QCOMPARE(snapshots.constFirst().value(name).toInt(), 42);
    QVERIFY(recorder.removeMetric(name));
    QVERIFY(recorder.metricNames().isEmpty());
}

// Nothing is trimmed, folded or cut at a null character.
void tst_Names::areToldApart()
{
    const QStringList names{
        QStringLiteral("a"),
        QStringLiteral("A"),
        QStringLiteral(" a"),
        QStringLiteral("a") + QChar(0),
        QStringLiteral("a") + QChar(0) + QStringLiteral("b"),
        QStringLiteral("\u00e4"),
        QStringLiteral("a\u0308"), // looks like the one before
    };
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());

    for (const QString &name : names) {
        const auto recorder = runtime.createRecorder(name);
        QVERIFY(recorder);
        for (const QString &metric : names)
            QVERIFY(recorder->registerMetric(std::make_unique<TickMetric>(metric)));
        QCOMPARE(recorder->metricNames(), names);
        QVERIFY(recorder->removeMetric(names.at(3)));
        QVERIFY(!recorder->metricNames().contains(names.at(3)));
        QCOMPARE(recorder->metricNames().size(), names.size() - 1);
    }

    QCOMPARE(runtime.recorderIds().size(), names.size());
    QVERIFY(runtime.removeRecorder(names.at(4)));
    QVERIFY(!runtime.recorder(names.at(4)));
    QVERIFY(runtime.recorder(names.at(0)));
}

void tst_Names::areWrittenAsJson_data()
{
    addStrangeNames();
}

void tst_Names::areWrittenAsJson()
{
    QFETCH(const QString, name);
    const MetricSnapshot snapshot = MetricSnapshot(name).add(name, 42).setDescription(name);

    const QJsonObject json = snapshot.toJson();
    const QByteArray text = QJsonDocument(json).toJson();
    const QJsonObject read = QJsonDocument::fromJson(text).object();

    QCOMPARE(json.value(QStringLiteral("name")).toString(), name);
    QCOMPARE(json.value(QStringLiteral("description")).toString(), name);
    QCOMPARE(json.value(QStringLiteral("values")).toObject().value(name).toInt(), 42);
    QCOMPARE(read.value(QStringLiteral("name")).toString(), name);
    QCOMPARE(read.value(QStringLiteral("values")).toObject().keys(), QStringList{ name });
}

void tst_Names::keepsStrangeNames_data()
{
    QTest::addColumn<QString>("name");

    QTest::newRow("64 KiB") << QString(65536, QLatin1Char('x'));
    QTest::newRow("with a null character")
            << QString(QStringLiteral("a") + QChar(0) + QStringLiteral("b"));
    QTest::newRow("half of a surrogate pair") << QString(QChar(0xD800));
    QTest::newRow("right to left") << QString(QChar(0x202E) + QStringLiteral("txt.exe"));
    QTest::newRow("markup") << QStringLiteral("<script>alert(\"%1\")</script>");
    QTest::newRow("place markers") << QStringLiteral("%1 %2 %3 %s %n");
    QTest::newRow("with spaces around it") << QStringLiteral(" clock ");
}

void tst_Names::keepsStrangeNames()
{
    QFETCH(const QString, name);
    Error error;

    const auto recorder = m_runtime->createRecorder(name, {}, &error);
    QVERIFY2(recorder, qPrintable(error.message()));
    QVERIFY(recorder->registerMetric(std::make_unique<TickMetric>(name)));
    recorder->registerEvent(Tick{});
    const QList<MetricSnapshot> snapshots = recorder->metricSnapshots();
    QVERIFY(!recorder->registerMetric(std::make_unique<TickMetric>(name), &error));
    const Error sameMetric = error;
    QVERIFY(!m_runtime->createRecorder(name, {}, &error));

    QCOMPARE(recorder->entityId(), name);
    QCOMPARE(m_runtime->recorderIds(), QStringList{ name });
    QCOMPARE(m_runtime->recorder(name), recorder);
    QCOMPARE(snapshots.constFirst().name(), name);
    QCOMPARE(sameMetric.message().count(name), 2); // of the recorder and of the metric
    QCOMPARE(error.message().count(name), 1);
    QVERIFY(recorder->removeMetric(name));
    QVERIFY(m_runtime->removeRecorder(name));
    VERIFY_ALL_HANDLED(*recorder);
}

QTEST_GUILESS_MAIN(tst_Names)
#include "tst_names.moc"
