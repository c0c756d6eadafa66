// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "snapshotmarksfixture.h"

#include <recorders/model/snapshotmark.h>
#include <recorders/model/snapshotmodel.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace Testing;

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
    void announcesComparisonsOnly();
    void announcesComparisonsWithValues();
};

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

    QCOMPARE(changed.count(), 4); // the recorder again: it counts what changed below
    for (const auto &arguments : changed)
        QVERIFY(arguments.at(2).value<QList<int>>().contains(SnapshotModel::DeltaRole));
}

QTEST_GUILESS_MAIN(tst_SnapshotMarks)
#include "tst_snapshotmarks.moc"
