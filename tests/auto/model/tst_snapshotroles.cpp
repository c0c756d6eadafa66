// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "snapshotrolesfixture.h"

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QDateTime>
#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Testing;

// Which roles there are, and which of them a change is said to concern.
class tst_SnapshotRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void haveNamesForQml();
    void saysWhenAMetricChangedLast();
    void saysWhenARecorderChangedLast();
    void saysWhenAMetricCame();
    void saysTheFiguresOfAMetric();
    void saysExactlyWhatTheRecorderCounted();

    void saysRatesInWords();
    void saysExactNumbersToScripts_data();
    void saysExactNumbersToScripts();
};

namespace {

// So that what changes next does so at another time.
void waitForTheNextMillisecond()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > now);
}

} // namespace

void tst_SnapshotRoles::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotRoles::haveNamesForQml()
{
    const QHash<int, QByteArray> names = SnapshotModel().roleNames();
    const auto roles = QMetaEnum::fromType<SnapshotModel::Role>();

    for (int i = 0; i < roles.keyCount(); ++i) {
        QByteArray name = roles.key(i);
        name.chop(int(qstrlen("Role")));
        name[0] = char(std::tolower(name[0]));
        QCOMPARE(names.keys(name).size(), 1);
    }
    QCOMPARE(RecorderSnapshotModel().roleNames(), names);
}

void tst_SnapshotRoles::saysWhenAMetricChangedLast()
{
    Tree tree;
    tree.source.setMetric(here, MetricSnapshot(QStringLiteral("unchanged")));
    tree.update();
    const QDateTime before = tree.lastChanged(tree.metric());
    const QPersistentModelIndex other = tree.model.index(1, 0, tree.recorder());
    const QDateTime otherBefore = tree.lastChanged(other);
    waitForTheNextMillisecond();

    tree.source.setMetric(here, traffic(2));
    const QDateTime earliest = QDateTime::currentDateTime();
    tree.update();

    const QDateTime changed = tree.lastChanged(tree.metric());
    QVERIFY(changed > before);
    QVERIFY(changed >= earliest && changed <= QDateTime::currentDateTime());
    QCOMPARE(tree.lastChanged(tree.dimension(0)), changed);
    QCOMPARE(tree.lastChanged(tree.dimension(1)), changed);
    QCOMPARE(tree.lastChanged(other), otherBefore);
}

void tst_SnapshotRoles::saysWhenARecorderChangedLast()
{
    Tree tree;
    const QDateTime before = tree.lastChanged(tree.recorder());
    const QDateTime metricBefore = tree.lastChanged(tree.metric());
    waitForTheNextMillisecond();

    tree.source.setRecorderState(here, RecorderState::Stopped);
    tree.update();

    QVERIFY(tree.lastChanged(tree.recorder()) > before);
    QCOMPARE(tree.lastChanged(tree.metric()), metricBefore);
}

void tst_SnapshotRoles::saysWhenAMetricCame()
{
    const QDateTime before = QDateTime::currentDateTime();

    const Tree tree;

    QVERIFY(tree.lastChanged(tree.metric()) >= before);
    QVERIFY(tree.lastChanged(tree.metric()) <= QDateTime::currentDateTime());
    QCOMPARE(tree.lastChanged(tree.recorder()), tree.lastChanged(tree.metric()));
}

void tst_SnapshotRoles::saysTheFiguresOfAMetric()
{
    Tree tree;
    MetricSnapshot figures(QStringLiteral("figures"));
    figures.add(QStringLiteral("p50"), 5).add(QStringLiteral("p90"), 9);
    figures.add(QStringLiteral("p99.9"), 99.9);
    figures.add(QStringLiteral("p99"), 99).add(QStringLiteral("count"), 3);
    figures.add(QStringLiteral("min"), 1).add(QStringLiteral("mean"), 2.5);
    tree.source.setMetric(here, figures.add(QStringLiteral("max"), 100));
    tree.update();
    const QModelIndex metric = tree.model.index(0, 0, tree.recorder());
    QCOMPARE(metric.data().toString(), QStringLiteral("figures"));

    for (const QModelIndex &index : { metric, tree.model.index(0, 0, metric) }) {
        QCOMPARE(index.data(SnapshotModel::CountRole).toInt(), 3);
        QCOMPARE(index.data(SnapshotModel::MinimumRole).toInt(), 1);
        QCOMPARE(index.data(SnapshotModel::MeanRole).toDouble(), 2.5);
        QCOMPARE(index.data(SnapshotModel::MaximumRole).toInt(), 100);
        QCOMPARE(index.data(SnapshotModel::P50Role).toInt(), 5);
        QCOMPARE(index.data(SnapshotModel::P90Role).toInt(), 9);
        QCOMPARE(index.data(SnapshotModel::P99Role).toInt(), 99);
        QCOMPARE(index.data(SnapshotModel::P999Role).toDouble(), 99.9);
    }
    QVERIFY(!tree.model.index(1, 0, metric).data(SnapshotModel::CountRole).isValid());
    QVERIFY(!tree.model.index(1, 0, tree.recorder()).data(SnapshotModel::CountRole).isValid());
    QVERIFY(!tree.recorder().data(SnapshotModel::CountRole).isValid());
}

void tst_SnapshotRoles::saysExactlyWhatTheRecorderCounted()
{
    Tree tree;
    RecorderStatistics statistics;
    statistics.registered = std::numeric_limits<quint64>::max();
    statistics.handled = std::numeric_limits<quint64>::max() - 1;
    tree.source.setStatistics(here, statistics);

    tree.update();

    for (const QModelIndex &index : { tree.recorder(), tree.metric(), tree.dimension(0) }) {
        QCOMPARE(index.data(SnapshotModel::RegisteredRole), QVariant(statistics.registered));
        QCOMPARE(index.data(SnapshotModel::HandledRole), QVariant(statistics.handled));
    }
}

void tst_SnapshotRoles::saysRatesInWords()
{
    Tree tree;
    QCOMPARE(tree.dimension(0).data(SnapshotModel::RateTextRole).toString(),
             QStringLiteral("0 /s"));
    tree.source.advance(1s);
    tree.source.setMetric(here, traffic(2049));
    tree.update();

    QCOMPARE(tree.dimension(0).data(SnapshotModel::RateRole).toDouble(), 2048.);
    QCOMPARE(tree.dimension(0).data(SnapshotModel::RateTextRole).toString(),
             QStringLiteral("2.00 KiB/s"));
}

void tst_SnapshotRoles::saysExactNumbersToScripts_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("shown");

    const qint64 greatest = (1LL << 53) - 1; // that JavaScript tells from the next one
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto text = [](const char *digits) {
        return QVariant(QString::fromLatin1(digits));
    };
    QTest::newRow("small") << QVariant(7) << QVariant(7.);
    QTest::newRow("unsigned") << QVariant(quint64(7)) << QVariant(7.);
    QTest::newRow("float") << QVariant(0.5F) << QVariant(0.5);
    QTest::newRow("not a number") << QVariant(nan) << QVariant(nan);
    QTest::newRow("as great as can be") << QVariant(greatest) << QVariant(9007199254740991.);
    QTest::newRow("as small as can be") << QVariant(-greatest) << QVariant(-9007199254740991.);
    QTest::newRow("greater") << QVariant(greatest + 1) << text("9007199254740992");
    QTest::newRow("greater and odd") << QVariant(greatest + 2) << text("9007199254740993");
    QTest::newRow("smaller") << QVariant(-greatest - 1) << text("-9007199254740992");
    QTest::newRow("the least there is")
            << QVariant(std::numeric_limits<qint64>::min()) << text("-9223372036854775808");
    QTest::newRow("the most there is")
            << QVariant(std::numeric_limits<quint64>::max()) << text("18446744073709551615");
    QTest::newRow("text") << text("007") << text("007");
    QTest::newRow("bool") << QVariant(true) << QVariant(true);
}

// In C++ ValueRole has what the metric said; by name, scripts get what they can have.
void tst_SnapshotRoles::saysExactNumbersToScripts()
{
    QFETCH(const QVariant, value);
    QFETCH(const QVariant, shown);
    Tree tree;
    tree.source.setMetric(here, MetricSnapshot(trafficName).add(QStringLiteral("max"), value));
    tree.update();
    const QModelIndex index = tree.dimension(0);

    QCOMPARE(index.data(SnapshotModel::ValueRole).typeId(), value.typeId());
    QVERIFY(!index.data(std::numeric_limits<int>::max()).isValid()); // is no role
    for (const char *role : { "value", "maximum" }) {
        QCOMPARE(index.data(named(role)).typeId(), shown.typeId());
        QCOMPARE(index.data(named(role)).toString(), shown.toString());
    }
}

QTEST_GUILESS_MAIN(tst_SnapshotRoles)
#include "tst_snapshotroles.moc"
