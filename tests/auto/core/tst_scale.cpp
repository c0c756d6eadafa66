// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/conservation.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

#include <vector>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Many recorders, many metrics, many types of events, slow neighbours and strange names.
class tst_Scale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // recorders
    void handlesTheEventsOfManyRecorders();
    void servesOthersBesideASlowRecorder();

    // metrics
    void bringsEachEventToManyMetrics();
    void bringsManyTypesToOneMetric();

    // names, accepted and kept exactly
    void keepsStrangeNames_data();
    void keepsStrangeNames();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

void tst_Scale::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_Scale::cleanup()
{
    m_runtime.reset();
}

static qsizetype countRecorders(SnapshotSource &source)
{
    qsizetype count = 0;
    SnapshotUpdate update;
    do {
        update = source.changesSince(update.version).result();
        count += update.recorders.size();
    } while (update.hasMore);
    return count;
}

void tst_Scale::handlesTheEventsOfManyRecorders()
{
    const int count = scaled(5000);
    constexpr int eventCount = 10;

    for (int cycle = 0; cycle < 2; ++cycle) {
        std::vector<std::shared_ptr<Recorder>> recorders;
        for (int i = 0; i < count; ++i) {
            recorders.push_back(m_runtime->createRecorder(QString::number(i)));
            QVERIFY(recorders.back()->registerMetric(std::make_unique<TickMetric>()));
        }
        for (const auto &recorder : recorders) {
            for (int i = 0; i < eventCount; ++i)
                QCOMPARE(recorder->registerEvent(Tick{ i }), RegisterResult::Accepted);
        }
        for (const auto &recorder : recorders)
            QVERIFY(recorder->flush());
        const qsizetype told = countRecorders(*m_runtime->snapshotSource());
        for (const QString &id : m_runtime->recorderIds())
            QVERIFY(m_runtime->removeRecorder(id));

        QVERIFY(told >= count);
        for (const auto &recorder : recorders) {
            QCOMPARE(recorder->statistics().handled, quint64(eventCount));
            QCOMPARE(valueOf(recorder->latestSnapshots(), QStringLiteral("ticks"), u"total"),
                     eventCount);
            VERIFY_ALL_HANDLED(*recorder);
        }
    }
}

// Each of its events takes longer than the dispatcher drains at a time.
static std::unique_ptr<Metric> slowMetric(const std::shared_ptr<Latch> &begun)
{
    return std::make_unique<ActingMetric>(QStringLiteral("slow"), [begun](const MetricEvent &) {
        begun->set();
        const auto end = std::chrono::steady_clock::now() + 3ms;
        while (std::chrono::steady_clock::now() < end) { }
    });
}

void tst_Scale::servesOthersBesideASlowRecorder()
{
    const auto begun = std::make_shared<Latch>();
    const auto slow = m_runtime->createRecorder(QStringLiteral("slow"));
    const auto quiet = m_runtime->createRecorder(QStringLiteral("quiet"));
    slow->registerMetric(slowMetric(begun));
    quiet->registerMetric(std::make_unique<TickMetric>());
    for (int i = 0; i < 200; ++i)
        slow->registerEvent(Tick{ i });
    QVERIFY(begun->wait());

    quiet->registerEvent(Tick{});
    const bool isFlushed = quiet->flush();
    const quint64 pending = slow->statistics().pending;

    QVERIFY(isFlushed);
    QVERIFY2(pending > 0, "it was served when the slow one had nothing left");
    QVERIFY(m_runtime->shutdown());
    VERIFY_ALL_HANDLED(*slow);
    VERIFY_ALL_HANDLED(*quiet);
}

void tst_Scale::bringsEachEventToManyMetrics()
{
    constexpr int metricCount = 100;
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    for (int i = 0; i < metricCount; ++i)
        QVERIFY(recorder->registerMetric(std::make_unique<TickMetric>(QString::number(i))));

    for (int i = 0; i < 1000; ++i)
        recorder->registerEvent(Tick{ i });
    const QList<MetricSnapshot> snapshots = recorder->metricSnapshots();

    QCOMPARE(snapshots.size(), metricCount);
    for (const MetricSnapshot &snapshot : snapshots)
        QCOMPARE(snapshot.value(u"total").toInt(), 1000);
    VERIFY_CONSERVED(*recorder);
}

namespace {

template <int number>
struct Numbered
{
    int value = number;
};

template <int... numbers>
void registerNumbered(Recorder &recorder, std::integer_sequence<int, numbers...>)
{
    static_cast<void>((recorder.registerEvent(Numbered<numbers>()), ...));
}

} // namespace

void tst_Scale::bringsManyTypesToOneMetric()
{
    const auto recorder = m_runtime->createRecorder(QStringLiteral("clock"));
    recorder->registerMetric(std::make_unique<TickMetric>()); // which wants none of them
    recorder->registerMetric(
            std::make_unique<ActingMetric>(QStringLiteral("all"), [](const MetricEvent &) {}));

    registerNumbered(*recorder, std::make_integer_sequence<int, 40>());

    const QList<MetricSnapshot> snapshots = recorder->metricSnapshots();
    QCOMPARE(valueOf(snapshots, QStringLiteral("all"), u"calls"), 40);
    QCOMPARE(valueOf(snapshots, QStringLiteral("ticks"), u"total"), 0);
    VERIFY_CONSERVED(*recorder);
}

void tst_Scale::keepsStrangeNames_data()
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

void tst_Scale::keepsStrangeNames()
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
    QVERIFY(sameMetric.message().contains(name));
    QVERIFY(error.message().contains(name));
    QVERIFY(recorder->removeMetric(name));
    QVERIFY(m_runtime->removeRecorder(name));
    VERIFY_ALL_HANDLED(*recorder);
}

QTEST_GUILESS_MAIN(tst_Scale)
#include "tst_scale.moc"
