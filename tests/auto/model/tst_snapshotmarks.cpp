// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/snapshotmark.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace std::chrono_literals;
using Change = SnapshotModel::Change;

Q_DECLARE_METATYPE(Recorders::Dimension)

// Models that are compared with what they showed before.
class tst_SnapshotMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void areNullAtFirst();
    void haveANameAndATime();
    void areComparedByEachModel();
    void saysWhatWasAdded_data();
    void saysWhatWasAdded();
    void countsChangedMetrics();
    void seesWhatIsNew();
    void seesARecorderInThePlaceOfAnother();
    void goesOnFromAnotherMark();
    void knowsNothingOfLaterValues();
    void areKeptForAnotherRun_data();
    void areKeptForAnotherRun();
    void compareWithAnotherRun();
    void refusesWhatIsNoMark_data();
    void refusesWhatIsNoMark();
    void survivesTruncation();
    void announcesComparisonsOnly();
    void announcesComparisonsWithValues();
};

namespace {

const QString here = QStringLiteral("here");
const QString metricName = QStringLiteral("metric");

Dimension dimension(const QVariant &value, const Unit &unit = {},
                    MetricKind kind = MetricKind::Gauge)
{
    return { QStringLiteral("value"), value, unit, kind, {} };
}

MetricSnapshot number(const QString &name, qint64 value)
{
    return MetricSnapshot(name).add(QStringLiteral("value"), value);
}

// A tree and a table of the same source.
struct Models
{
    Models()
    {
        source.setTime(1h);
        tree.setPaused(true);
        table.setPaused(true);
        tree.setSource(&source);
        table.setSource(&source);
    }

    void show(const MetricSnapshot &metric)
    {
        source.setMetric(here, metric);
        update();
    }
    void update()
    {
        QSignalSpy treeUpdated(&tree, &SnapshotModel::updated);
        QSignalSpy tableUpdated(&table, &SnapshotTableModel::updated);
        tree.refresh();
        table.refresh();
        QTRY_VERIFY(!treeUpdated.isEmpty() && !tableUpdated.isEmpty());
    }
    void mark(const QString &name = {})
    {
        const SnapshotMark mark = tree.newMark(name);
        tree.setMark(mark);
        table.setMark(mark);
    }

    QModelIndex recorder(int row = 0) const { return tree.index(row, 0); }
    QModelIndex metric(int row = 0) const { return tree.index(row, 0, recorder()); }
    QModelIndex value() const { return tree.index(0, 0, metric()); }

    SnapshotListSource source;
    SnapshotModel tree;
    SnapshotTableModel table;
    QAbstractItemModelTester treeTester{ &tree,
                                         QAbstractItemModelTester::FailureReportingMode::QtTest };
};

Change changeOf(const QModelIndex &index)
{
    return index.data(SnapshotModel::ChangeRole).value<Change>();
}

QString deltaOf(const QModelIndex &index)
{
    return index.data(SnapshotModel::DeltaTextRole).toString();
}

} // namespace

void tst_SnapshotMarks::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotMarks::areNullAtFirst()
{
    Models models;
    models.show(number(metricName, 1));

    QVERIFY(models.tree.mark().isNull());
    QCOMPARE(models.tree.mark().name(), QString());
    QVERIFY(!models.tree.mark().time().isValid());
    for (const QModelIndex &index : { models.recorder(), models.metric(), models.value() }) {
        QCOMPARE(changeOf(index), Change::NotCompared);
        QCOMPARE(deltaOf(index), QString());
        QVERIFY(!index.data(SnapshotModel::DeltaRole).isValid());
        QVERIFY(!index.data(SnapshotModel::DeltaRatioRole).isValid());
    }
}

void tst_SnapshotMarks::haveANameAndATime()
{
    Models models;
    const QDateTime before = QDateTime::currentDateTime();
    QSignalSpy changed(&models.tree, &SnapshotModel::markChanged);

    models.mark(QStringLiteral("before the import"));
    models.tree.setMark(models.tree.mark());

    QCOMPARE(changed.count(), 1);
    QCOMPARE(models.tree.mark().name(), QStringLiteral("before the import"));
    QVERIFY(models.tree.mark().time() >= before);
    QVERIFY(models.tree.mark().time() <= QDateTime::currentDateTime());
    QVERIFY(models.tree.mark() != models.tree.newMark(QStringLiteral("before the import")));
    SnapshotMark renamed = models.tree.mark();
    renamed.setName(QStringLiteral("start"));
    QCOMPARE(renamed.name(), QStringLiteral("start"));
    QCOMPARE(renamed.time(), models.tree.mark().time());
    QVERIFY(models.tree.mark() != renamed);
}

void tst_SnapshotMarks::areComparedByEachModel()
{
    Models models;
    models.show(number(metricName, 1));
    models.mark();
    models.show(number(metricName, 5));

    for (const QModelIndex &index : { models.metric(), models.value(), models.table.index(0, 0) }) {
        QCOMPARE(changeOf(index), Change::Changed);
        QCOMPARE(index.data(SnapshotModel::DeltaRole).toInt(), 4);
        QCOMPARE(index.data(SnapshotModel::DeltaRatioRole).toDouble(), 4.0);
        QCOMPARE(deltaOf(index), QStringLiteral("+4"));
    }

    models.tree.setMark({});
    QCOMPARE(changeOf(models.metric()), Change::NotCompared);
    QCOMPARE(changeOf(models.table.index(0, 0)), Change::Changed);
}

void tst_SnapshotMarks::saysWhatWasAdded_data()
{
    QTest::addColumn<Dimension>("before");
    QTest::addColumn<Dimension>("after");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QVariant>("delta");
    QTest::addColumn<QString>("text");

    constexpr qint64 greatest = std::numeric_limits<qint64>::max();
    constexpr quint64 huge = std::numeric_limits<quint64>::max();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const QVariant none;
    const QString changed = QStringLiteral("changed");

    QTest::newRow("nothing") << dimension(3) << dimension(3) << Change::Unchanged << QVariant(0)
                             << QStringLiteral("0");
    QTest::newRow("more") << dimension(3) << dimension(5) << Change::Changed << QVariant(2)
                          << QStringLiteral("+2");
    QTest::newRow("less") << dimension(5) << dimension(3) << Change::Changed << QVariant(-2)
                          << QStringLiteral("-2");
    QTest::newRow("bytes") << dimension(0, Unit::bytes()) << dimension(655360, Unit::bytes())
                           << Change::Changed << QVariant(655360) << QStringLiteral("+640 KiB");
    QTest::newRow("a fraction") << dimension(0.5) << dimension(0.75) << Change::Changed
                                << QVariant(0.25) << QStringLiteral("+0.250");
    QTest::newRow("exactly, of what a double would round")
            << dimension(greatest - 1) << dimension(greatest) << Change::Changed << QVariant(1)
            << QStringLiteral("+1");
    QTest::newRow("more than a number holds")
            << dimension(-greatest) << dimension(greatest) << Change::Changed
            << QVariant(2.0 * double(greatest)) << QStringLiteral("+1.84e+19");
    QTest::newRow("beyond the signed numbers")
            << dimension(0) << dimension(huge) << Change::Changed << QVariant(double(huge))
            << QStringLiteral("+1.84e+19");
    QTest::newRow("a counter that fell")
            << dimension(5, {}, MetricKind::Counter) << dimension(3, {}, MetricKind::Counter)
            << Change::Restarted << none << QStringLiteral("restarted");
    QTest::newRow("another text") << dimension(QStringLiteral("idle"))
                                  << dimension(QStringLiteral("busy")) << Change::Changed << none
                                  << changed;
    QTest::newRow("the same text")
            << dimension(QStringLiteral("idle")) << dimension(QStringLiteral("idle"))
            << Change::Unchanged << none << QString();
    QTest::newRow("another unit") << dimension(1, Unit::seconds()) << dimension(2, Unit::bytes())
                                  << Change::Changed << none << changed;
    QTest::newRow("less, of what a double would round")
            << dimension(huge) << dimension(huge - 1) << Change::Changed << QVariant(-1)
            << QStringLiteral("-1");
    QTest::newRow("no number, as before") << dimension(nan) << dimension(nan) << Change::Unchanged
                                          << QVariant(0) << QStringLiteral("0");
    QTest::newRow("a text that reads like the number")
            << dimension(1) << dimension(QStringLiteral("1")) << Change::Changed << none << changed;
    QTest::newRow("no number any more")
            << dimension(1.0) << dimension(nan) << Change::Changed << none << changed;
    QTest::newRow("a text instead of a number") << dimension(1) << dimension(QStringLiteral("one"))
                                                << Change::Changed << none << changed;
}

void tst_SnapshotMarks::saysWhatWasAdded()
{
    QFETCH(const Dimension, before);
    QFETCH(const Dimension, after);
    QFETCH(const Change, change);
    QFETCH(const QVariant, delta);
    QFETCH(const QString, text);
    Models models;
    models.show(MetricSnapshot(metricName).add(before));
    models.mark();

    models.show(MetricSnapshot(metricName).add(after));

    QCOMPARE(changeOf(models.value()), change);
    const QVariant found = models.value().data(SnapshotModel::DeltaRole);
    QCOMPARE(found.isValid(), delta.isValid());
    if (delta.typeId() == QMetaType::Double)
        QCOMPARE(found.toDouble(), delta.toDouble());
    else
        QCOMPARE(found.toLongLong(), delta.toLongLong());
    QCOMPARE(deltaOf(models.value()), text);
}

// What a collapsed recorder has to say.
void tst_SnapshotMarks::countsChangedMetrics()
{
    Models models;
    models.source.setRecorder(here,
                              { number(QStringLiteral("a"), 1), number(QStringLiteral("b"), 1),
                                number(QStringLiteral("c"), 1) });
    models.update();
    models.mark();
    QCOMPARE(changeOf(models.recorder()), Change::Unchanged);
    QCOMPARE(deltaOf(models.recorder()), QString());

    models.source.setMetric(here, number(QStringLiteral("a"), 2));
    models.show(number(QStringLiteral("d"), 2));

    QCOMPARE(changeOf(models.recorder()), Change::Changed);
    QCOMPARE(models.recorder().data(SnapshotModel::DeltaRole).toInt(), 2);
    QCOMPARE(deltaOf(models.recorder()), QStringLiteral("2 changed"));
}

void tst_SnapshotMarks::seesWhatIsNew()
{
    Models models;
    models.show(number(metricName, 1));
    models.mark();

    models.source.setMetric(QStringLiteral("there"), number(metricName, 1));
    models.source.setMetric(here, MetricSnapshot(QStringLiteral("empty")));
    models.show(number(metricName, 1).add(QStringLiteral("other"), 2));

    const QModelIndex there = models.recorder(1);
    QCOMPARE(changeOf(there), Change::New);
    QCOMPARE(deltaOf(there), QStringLiteral("new"));
    QCOMPARE(changeOf(models.tree.index(0, 0, there)), Change::New);
    const QModelIndex metric = models.metric(1);
    QCOMPARE(metric.data().toString(), metricName);
    QCOMPARE(changeOf(models.metric(0)), Change::New); // without a value
    QCOMPARE(changeOf(models.tree.index(0, 0, metric)), Change::Unchanged);
    QCOMPARE(changeOf(models.tree.index(1, 0, metric)), Change::New);
}

void tst_SnapshotMarks::seesARecorderInThePlaceOfAnother()
{
    Models models;
    models.show(number(metricName, 7));
    models.mark();

    models.source.removeRecorder(here);
    models.show(number(metricName, 7));

    for (const QModelIndex &index :
         { models.recorder(), models.metric(), models.value(), models.table.index(0, 0) }) {
        QCOMPARE(changeOf(index), Change::Restarted);
        QCOMPARE(deltaOf(index), QStringLiteral("restarted"));
    }
}

void tst_SnapshotMarks::goesOnFromAnotherMark()
{
    Models models;
    models.show(number(metricName, 1));
    const SnapshotMark first = models.tree.newMark();
    models.show(number(metricName, 10));
    const SnapshotMark second = models.tree.newMark();
    models.show(number(metricName, 100));

    models.tree.setMark(second);
    QCOMPARE(deltaOf(models.value()), QStringLiteral("+90"));
    models.tree.setMark(first);
    QCOMPARE(deltaOf(models.value()), QStringLiteral("+99"));
}

void tst_SnapshotMarks::knowsNothingOfLaterValues()
{
    Models models;
    models.mark();

    models.show(number(metricName, 1));

    QCOMPARE(changeOf(models.value()), Change::New);
    QCOMPARE(models.value().data(SnapshotModel::ValueRole).toInt(), 1);
}

void tst_SnapshotMarks::areKeptForAnotherRun_data()
{
    QTest::addColumn<QVariant>("value");

    QTest::newRow("zero") << QVariant(0);
    QTest::newRow("the least number") << QVariant(std::numeric_limits<qint64>::min());
    QTest::newRow("the greatest number") << QVariant(std::numeric_limits<qint64>::max());
    QTest::newRow("the greatest without a sign") << QVariant(std::numeric_limits<quint64>::max());
    QTest::newRow("a fraction") << QVariant(0.1 + 0.2);
    QTest::newRow("infinity") << QVariant(std::numeric_limits<double>::infinity());
    QTest::newRow("a text") << QVariant(QStringLiteral("r\u00e9sum\u00e9 \U0001f600"));
    QTest::newRow("an empty text") << QVariant(QString());
    QTest::newRow("a truth") << QVariant(true);
    QTest::newRow("an enumerator") << QVariant::fromValue(MetricKind::Counter);
}

void tst_SnapshotMarks::areKeptForAnotherRun()
{
    QFETCH(const QVariant, value);
    Models models;
    models.show(MetricSnapshot(metricName).add(dimension(value, Unit::bytes())));
    models.mark(QStringLiteral("release 1"));

    QString error;
    const SnapshotMark kept = SnapshotMark::fromCbor(models.tree.mark().toCbor(), &error);

    QCOMPARE(error, QString());
    QCOMPARE(kept.name(), QStringLiteral("release 1"));
    QCOMPARE(kept.time().toMSecsSinceEpoch(), models.tree.mark().time().toMSecsSinceEpoch());
    QCOMPARE(kept.valueCount(), 1);
    QCOMPARE(kept.toCbor(), models.tree.mark().toCbor());
    models.tree.setMark(kept);
    QCOMPARE(changeOf(models.value()), Change::Unchanged);
    QCOMPARE(changeOf(models.recorder()), Change::Unchanged);
}

// In which a recorder of the same name is another one.
void tst_SnapshotMarks::compareWithAnotherRun()
{
    Models models;
    models.show(number(metricName, 7));
    const SnapshotMark kept = SnapshotMark::fromCbor(models.tree.newMark().toCbor());
    models.source.removeRecorder(here);
    models.show(number(metricName, 9));

    models.tree.setMark(kept);

    QCOMPARE(changeOf(models.recorder()), Change::Changed);
    QCOMPARE(deltaOf(models.value()), QStringLiteral("+2"));
}

void tst_SnapshotMarks::refusesWhatIsNoMark_data()
{
    QTest::addColumn<QByteArray>("cbor");
    QTest::addColumn<QString>("error");

    QTest::newRow("nothing") << QByteArray() << QStringLiteral("a list is missing");
    QTest::newRow("a number") << QByteArray::fromHex("01") << QStringLiteral("a list is missing");
    QTest::newRow("another version")
            << QByteArray::fromHex("8402") << QStringLiteral("it is of version 2, not 1");
    QTest::newRow("no name") << QByteArray::fromHex("840101")
                             << QStringLiteral("a text is missing");
    QTest::newRow("too short") << QByteArray::fromHex("81"
                                                      "01")
                               << QStringLiteral("a list ends too early, or too late");
    QTest::newRow("too long") << QByteArray::fromHex("85"
                                                     "01"
                                                     "60"
                                                     "00"
                                                     "80"
                                                     "00")
                              << QStringLiteral("a list is too long");
    QTest::newRow("an unknown kind") << QByteArray::fromHex("84"
                                                            "01"
                                                            "60"
                                                            "00"
                                                            "81"
                                                            "82"
                                                            "6161"
                                                            "81"
                                                            "82"
                                                            "616d"
                                                            "81"
                                                            "84"
                                                            "6164"
                                                            "1863"
                                                            "60"
                                                            "00")
                                     << QStringLiteral("there is no kind 99 of metrics");
    QTest::newRow("a time beyond all times") << QByteArray::fromHex("84"
                                                                    "01"
                                                                    "60"
                                                                    "1bffffffffffffffff")
                                             << QStringLiteral("a number is missing, or too large");
    QTest::newRow("a kind that only looks known")
            << QByteArray::fromHex("8401600081826161"
                                   "8182616d81846164"
                                   "1b000000010000000160"
                                   "00")
            << QStringLiteral("there is no kind 4294967297 of metrics");
    QTest::newRow("a value below all numbers") << QByteArray::fromHex("8401600081826161"
                                                                      "8182616d81846164"
                                                                      "0060"
                                                                      "3bffffffffffffffff")
                                               << QStringLiteral("a number is too far below 0");
    QTest::newRow("a value that is a list")
            << QByteArray::fromHex("84"
                                   "01"
                                   "60"
                                   "00"
                                   "81"
                                   "82"
                                   "6161"
                                   "81"
                                   "82"
                                   "616d"
                                   "81"
                                   "84"
                                   "6164"
                                   "00"
                                   "60"
                                   "80")
            << QStringLiteral("a value is neither a number nor a text");
}

void tst_SnapshotMarks::refusesWhatIsNoMark()
{
    QFETCH(const QByteArray, cbor);
    QFETCH(const QString, error);

    QString found;
    const SnapshotMark mark = SnapshotMark::fromCbor(cbor, &found);

    QVERIFY(mark.isNull());
    QCOMPARE(found, error);
    QVERIFY(SnapshotMark::fromCbor(cbor).isNull());
}

void tst_SnapshotMarks::survivesTruncation()
{
    Models models;
    models.show(number(metricName, 1000).add(QStringLiteral("text"), QStringLiteral("some")));
    const QByteArray cbor = models.tree.newMark(QStringLiteral("mark")).toCbor();

    for (qsizetype length = 0; length < cbor.size(); ++length) {
        QString error;
        QVERIFY(SnapshotMark::fromCbor(cbor.first(length), &error).isNull());
        QVERIFY(!error.isEmpty());
    }
    QVERIFY(!SnapshotMark::fromCbor(cbor).isNull());
}

void tst_SnapshotMarks::announcesComparisonsOnly()
{
    Models models;
    models.show(number(metricName, 1));
    QCOMPARE(models.tree.rowCount(models.metric()), 1);
    QVERIFY(models.value().isValid());
    QSignalSpy changed(&models.tree, &QAbstractItemModel::dataChanged);
    QSignalSpy tableChanged(&models.table, &QAbstractItemModel::dataChanged);

    models.mark();

    QCOMPARE(changed.count(), 3); // a recorder, its metric, its value
    QCOMPARE(tableChanged.count(), 1);
    for (const auto &arguments : changed + tableChanged) {
        const auto roles = arguments.at(2).value<QList<int>>();
        QVERIFY(roles.contains(SnapshotModel::DeltaRole));
        QVERIFY(roles.contains(Qt::DisplayRole));
        QVERIFY(!roles.contains(SnapshotModel::ValueRole));
    }
}

void tst_SnapshotMarks::announcesComparisonsWithValues()
{
    Models models;
    models.show(number(metricName, 1));
    QVERIFY(models.value().isValid());
    models.mark();
    QSignalSpy changed(&models.tree, &QAbstractItemModel::dataChanged);

    models.show(number(metricName, 2));

    QCOMPARE(changed.count(), 3);
    for (const auto &arguments : changed)
        QVERIFY(arguments.at(2).value<QList<int>>().contains(SnapshotModel::DeltaRole));
}

QTEST_GUILESS_MAIN(tst_SnapshotMarks)

#include "tst_snapshotmarks.moc"
