// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "snapshotmarksfixture.h"

#include <recorders/model/snapshotmark.h>

#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace Testing;

// Marks that are written, and read again by another run.
class tst_SnapshotMarks_Stored : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void areKeptForAnotherRun_data();
    void areKeptForAnotherRun();
    void compareWithAnotherRun();
    void refusesWhatIsNoMark_data();
    void refusesWhatIsNoMark();
    void survivesTruncation();
};

void tst_SnapshotMarks_Stored::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotMarks_Stored::areKeptForAnotherRun_data()
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

void tst_SnapshotMarks_Stored::areKeptForAnotherRun()
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
void tst_SnapshotMarks_Stored::compareWithAnotherRun()
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

void tst_SnapshotMarks_Stored::refusesWhatIsNoMark_data()
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

void tst_SnapshotMarks_Stored::refusesWhatIsNoMark()
{
    QFETCH(const QByteArray, cbor);
    QFETCH(const QString, error);

    QString found;
    const SnapshotMark mark = SnapshotMark::fromCbor(cbor, &found);

    QVERIFY(mark.isNull());
    QCOMPARE(found, error);
    QVERIFY(SnapshotMark::fromCbor(cbor).isNull());
}

void tst_SnapshotMarks_Stored::survivesTruncation()
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

QTEST_GUILESS_MAIN(tst_SnapshotMarks_Stored)
#include "tst_snapshotmarks_stored.moc"
