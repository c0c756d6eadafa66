// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>

#include <QRegularExpression>
#include <QTest>

#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>

using namespace Recorders;
using namespace Testing;

// What a source tells of which metrics there are, without what they say.
class tst_SnapshotOutline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void tellsAllOfARecorderThatComes_data() { addSources(); }
    void tellsAllOfARecorderThatComes();
    void tellsNoValuesThatChange_data() { addSources(); }
    void tellsNoValuesThatChange();
    void tellsAllMetricsWhenSomethingElseChanges_data();
    void tellsAllMetricsWhenSomethingElseChanges();
    void tellsValuesOfRecordersInDetail_data() { addSources(); }
    void tellsValuesOfRecordersInDetail();
    void tellsAllMetricsInTheLastPartToo_data() { addSources(); }
    void tellsAllMetricsInTheLastPartToo();
    void tellsTheLastValuesOfARecorderThatStops_data() { addSources(); }
    void tellsTheLastValuesOfARecorderThatStops();
    void asksNoMetricForASnapshot();

private:
    static void addSources();
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");
const QString ticks = QStringLiteral("ticks");
const QString tocks = QStringLiteral("tocks");

// Counts its snapshots, and throws when it is told to.
class AskedMetric : public TickMetric
{
public:
    using TickMetric::TickMetric;

    bool handle(const Tick &tick) override
    {
        if (tick.value < 0)
            throw std::runtime_error("negative");
        return TickMetric::handle(tick);
    }

    MetricSnapshot snapshot() const override
    {
        ++snapshotCount;
        return TickMetric::snapshot();
    }

    static inline std::atomic<int> snapshotCount = 0;
};

// A source, and what is done to it.
class Source
{
public:
    virtual ~Source() = default;

    virtual SnapshotSource *source() = 0;
    virtual void add(const QString &id) = 0; // with one metric
    virtual void count(const QString &id) = 0; // its value changes
    virtual void addMetric(const QString &id) = 0;
    virtual void removeMetric(const QString &id) = 0;
    virtual void quarantine(const QString &id) = 0;
    virtual void stop(const QString &id) = 0;

    SnapshotUpdate ask(const SnapshotRequest &request)
    {
        const QFuture<SnapshotUpdate> future = source()->changesSince(request);
        const bool isAnswered = QTest::qWaitFor([&] { return future.isFinished(); });
        return isAnswered ? future.result() : SnapshotUpdate();
    }

    SnapshotRequest outline() // of what changes from now on
    {
        SnapshotRequest request;
        request.detail = SnapshotDetail::Outline;
        do
            request.since = ask(request).version;
        while (request.since != source()->version());
        return request;
    }
};

class ListedSource : public Source
{
public:
    SnapshotSource *source() override { return &m_source; }
    void add(const QString &id) override { m_source.setRecorder(id, { metric(0) }); }
    void count(const QString &id) override { m_source.setMetric(id, metric(++m_total)); }
    void addMetric(const QString &id) override { m_source.setMetric(id, MetricSnapshot(tocks)); }
    void removeMetric(const QString &id) override { m_source.removeMetric(id, ticks); }
    void quarantine(const QString &id) override
    {
        MetricSnapshot failed = metric(0);
        failed.setState(MetricState::Quarantined, QStringLiteral("negative"));
        m_source.setMetric(id, failed);
    }
    void stop(const QString &id) override { m_source.setRecorderState(id, RecorderState::Stopped); }

private:
    static MetricSnapshot metric(qint64 total)
    {
        return MetricSnapshot(ticks).add(QStringLiteral("total"), total);
    }

    SnapshotListSource m_source;
    qint64 m_total = 0;
};

class RuntimeSource : public Source
{
public:
    RuntimeSource() { m_runtime.start(); }

    SnapshotSource *source() override { return m_runtime.snapshotSource(); }
    void add(const QString &id) override
    {
        const auto recorder = m_runtime.createRecorder(id);
        recorder->registerMetric(std::make_unique<AskedMetric>(ticks));
        recorder->flush();
    }
    void count(const QString &id) override { send(id, 1); }
    void addMetric(const QString &id) override
    {
        m_runtime.recorder(id)->registerMetric(std::make_unique<AskedMetric>(tocks));
    }
    void removeMetric(const QString &id) override { m_runtime.recorder(id)->removeMetric(ticks); }
    void quarantine(const QString &id) override
    {
        const int limit = RecorderOptions().metricFailureLimit;
        for (int i = 0; i < 2; ++i) // the first failure, and the last one
            QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("negative")));
        for (int i = 0; i < limit; ++i)
            send(id, -1);
    }
    void stop(const QString &id) override { m_runtime.recorder(id)->stop().waitForFinished(); }

private:
    void send(const QString &id, int value)
    {
        const auto recorder = m_runtime.recorder(id);
        recorder->registerEvent(Tick{ value });
        recorder->flush();
    }

    MetricsRuntime m_runtime{ QStringLiteral("test") };
};

using MakeSource = std::function<std::unique_ptr<Source>()>;
const MakeSource makeList = [] {
    return std::make_unique<ListedSource>();
};
const MakeSource makeRuntime = [] {
    return std::make_unique<RuntimeSource>();
};

QStringList namesOf(const RecorderSnapshot &recorder)
{
    QStringList names;
    for (const MetricSnapshot &metric : recorder.metrics)
        names += metric.name();
    return names;
}

// Of the only recorder that is told of.
RecorderSnapshot onlyOf(const SnapshotUpdate &update)
{
    return update.recorders.size() == 1 ? update.recorders.constFirst() : RecorderSnapshot();
}

} // namespace

void tst_SnapshotOutline::init()
{
    AskedMetric::snapshotCount = 0;
}

void tst_SnapshotOutline::addSources()
{
    QTest::addColumn<MakeSource>("makeSource");
    QTest::newRow("list") << makeList;
    QTest::newRow("runtime") << makeRuntime;
}

void tst_SnapshotOutline::tellsAllOfARecorderThatComes()
{
    QFETCH(const MakeSource, makeSource);
    const auto source = makeSource();
    const SnapshotRequest request = source->outline();

    source->add(a);

    const RecorderSnapshot told = onlyOf(source->ask(request));
    QCOMPARE(told.entityId, a);
    QCOMPARE(namesOf(told), QStringList{ ticks });
    QVERIFY(told.isComplete);
    QCOMPARE(told.detail, SnapshotDetail::Metrics);
}

void tst_SnapshotOutline::tellsNoValuesThatChange()
{
    QFETCH(const MakeSource, makeSource);
    const auto source = makeSource();
    source->add(a);
    const SnapshotRequest request = source->outline();

    source->count(a);

    const RecorderSnapshot told = onlyOf(source->ask(request));
    QCOMPARE(told.entityId, a);
    QCOMPARE(namesOf(told), QStringList());
    QVERIFY(!told.isComplete);
    QCOMPARE(told.detail, SnapshotDetail::Outline);
}

void tst_SnapshotOutline::tellsAllMetricsWhenSomethingElseChanges_data()
{
    using Change = std::function<void(Source &)>;
    QTest::addColumn<MakeSource>("makeSource");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<MetricState>("state"); // of the first
    const auto addRows = [](const char *source, const MakeSource &makeSource) {
        QTest::addRow("a metric comes, %s", source)
                << makeSource << Change([](Source &changed) { changed.addMetric(a); })
                << QStringList{ ticks, tocks } << MetricState::Active;
        QTest::addRow("a metric goes, %s", source)
                << makeSource << Change([](Source &changed) { changed.removeMetric(a); })
                << QStringList() << MetricState::Active;
        QTest::addRow("a metric is quarantined, %s", source)
                << makeSource << Change([](Source &changed) { changed.quarantine(a); })
                << QStringList{ ticks } << MetricState::Quarantined;
    };
    addRows("list", makeList);
    addRows("runtime", makeRuntime);
}

void tst_SnapshotOutline::tellsAllMetricsWhenSomethingElseChanges()
{
    QFETCH(const MakeSource, makeSource);
    QFETCH(const std::function<void(Source &)>, change);
    QFETCH(const QStringList, names);
    QFETCH(const MetricState, state);
    const auto source = makeSource();
    source->add(a);
    source->add(b);
    const SnapshotRequest request = source->outline();

    change(*source);

    const RecorderSnapshot told = onlyOf(source->ask(request));
    QCOMPARE(told.entityId, a);
    QCOMPARE(namesOf(told), names);
    QVERIFY(told.isComplete);
    if (!names.isEmpty())
        QCOMPARE(told.metrics.constFirst().state(), state);
}

void tst_SnapshotOutline::tellsValuesOfRecordersInDetail()
{
    QFETCH(const MakeSource, makeSource);
    const auto source = makeSource();
    source->add(a);
    source->add(b);
    SnapshotRequest request = source->outline();
    request.detailedIds = { b };

    source->count(a);
    source->count(b);

    const SnapshotUpdate update = source->ask(request);
    QCOMPARE(update.recorders.size(), 2);
    QCOMPARE(update.recorders.at(0).entityId, a);
    QCOMPARE(namesOf(update.recorders.at(0)), QStringList());
    QCOMPARE(update.recorders.at(0).detail, SnapshotDetail::Outline);
    QCOMPARE(update.recorders.at(1).entityId, b);
    QCOMPARE(namesOf(update.recorders.at(1)), QStringList{ ticks });
    QCOMPARE(update.recorders.at(1).detail, SnapshotDetail::Metrics);
}

// An update that is cut says nothing of the later recorders, however long ago their metrics came.
void tst_SnapshotOutline::tellsAllMetricsInTheLastPartToo()
{
    constexpr int manyRecorders = 300;
    QFETCH(const MakeSource, makeSource);
    const auto source = makeSource();
    if (auto *list = qobject_cast<SnapshotListSource *>(source->source()))
        list->setMaxUpdateSize(200);
    for (int i = 0; i < manyRecorders; ++i)
        source->add(QString::number(i));
    source->outline();
    for (int i = 0; i < manyRecorders; ++i)
        source->count(QString::number(i));

    SnapshotRequest request;
    request.detail = SnapshotDetail::Outline;
    qsizetype told = 0;
    SnapshotUpdate update;
    do {
        update = source->ask(request);
        request.since = update.version;
        for (const RecorderSnapshot &recorder : std::as_const(update.recorders))
            told += recorder.metrics.size();
    } while (update.hasMore);

    QCOMPARE(told, manyRecorders);
}

void tst_SnapshotOutline::tellsTheLastValuesOfARecorderThatStops()
{
    QFETCH(const MakeSource, makeSource);
    const auto source = makeSource();
    source->add(a);
    const SnapshotRequest request = source->outline();
    source->count(a);

    source->stop(a);

    const RecorderSnapshot told = onlyOf(source->ask(request));
    QCOMPARE(told.state, RecorderState::Stopped);
    QCOMPARE(namesOf(told), QStringList{ ticks });
    QCOMPARE(told.metrics.constFirst().value(u"total").toInt(), 1);
}

void tst_SnapshotOutline::asksNoMetricForASnapshot()
{
    RuntimeSource source;
    source.add(a);
    source.add(b);
    SnapshotRequest request = source.outline();
    request.detailedIds = { b };
    source.count(a);
    AskedMetric::snapshotCount = 0;

    QCOMPARE(onlyOf(source.ask(request)).statistics.handled, 1U);

    QCOMPARE(AskedMetric::snapshotCount, 0);
}

QTEST_GUILESS_MAIN(tst_SnapshotOutline)
#include "tst_snapshotoutline.moc"
