// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rowtaker_p.h"

#include "shared/fakesnapshotsource.h"

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace std::chrono_literals;

namespace {

constexpr int many = 500; // takes some slices

MetricSnapshot bytes(int value)
{
    return MetricSnapshot(QStringLiteral("bytes"))
            .add(QStringLiteral("in"), value)
            .add(QStringLiteral("out"), value);
}

// A model of recorders with two values each, that are 1.
class Subject
{
public:
    explicit Subject(int recorders)
    {
        for (int i = 0; i < recorders; ++i)
            source.setRecorder(QString::number(i), { bytes(1) });
        model.setSource(&source);
        model.setPaused(true);
        model.refresh();
        QTRY_COMPARE(model.rowCount(), recorders);
    }

    void take(const QAbstractItemModel *from)
    {
        taker = std::make_unique<RowTaker>(from, nullptr, 0ms);
        QObject::connect(taker.get(), &RowTaker::finished, taker.get(),
                         [this](const QList<SnapshotRow> &all) {
                             rows = all;
                             ++finishedCount;
                         });
        taker->start();
    }

    void changeAll()
    {
        for (int i = 0; i < model.rowCount(); ++i)
            source.setMetric(QString::number(i), bytes(2));
    }

    FakeSnapshotSource source;
    SnapshotModel model;
    std::unique_ptr<RowTaker> taker;
    QList<SnapshotRow> rows;
    int finishedCount = 0;
};

QSet<QStringList> places(const QList<SnapshotRow> &rows)
{
    QSet<QStringList> places;
    for (const SnapshotRow &row : rows)
        places.insert({ row.recorder, row.metric, row.dimension });
    return places;
}

bool areAll(const QList<SnapshotRow> &rows, int value)
{
    return std::all_of(rows.begin(), rows.end(),
                       [value](const SnapshotRow &row) { return row.value == value; });
}

} // namespace

class tst_RowTaker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void takesAFewRowsAtOnce();
    void takesNothingOfAnEmptyModel();
    void letsTheEventLoopGoOn();
    void takesTheRestBeforeAnUpdate();
    void takesTheRestBeforeRowsMove();
    void takesTheRestBeforeRowsGo();
    void stopsWhenItIsDestroyed();
};

void tst_RowTaker::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_RowTaker::takesAFewRowsAtOnce()
{
    Subject subject(2);

    subject.take(&subject.model);

    QCOMPARE(subject.finishedCount, 1);
    QCOMPARE(subject.rows.size(), 4);
    QCOMPARE(subject.rows[0].recorder, QStringLiteral("0"));
    QCOMPARE(subject.rows[1].dimension, QStringLiteral("out"));
    QCOMPARE(subject.rows[3].recorder, QStringLiteral("1"));
}

void tst_RowTaker::takesNothingOfAnEmptyModel()
{
    Subject subject(0);

    subject.take(&subject.model);

    QCOMPARE(subject.finishedCount, 1);
    QVERIFY(subject.rows.isEmpty());
}

void tst_RowTaker::letsTheEventLoopGoOn()
{
    Subject subject(many);
    subject.take(&subject.model);
    QCOMPARE(subject.finishedCount, 0);
    QSignalSpy progressed(subject.taker.get(), &RowTaker::progressed);
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] { turns += 1 - subject.finishedCount; });
    timer.start(0);

    QTRY_COMPARE(subject.finishedCount, 1);

    QVERIFY(turns > 0);
    QVERIFY(!progressed.isEmpty());
    QVERIFY(progressed.first().first().toInt() <= progressed.last().first().toInt());
    QVERIFY(progressed.last().first().toInt() <= 100);
    QCOMPARE(places(subject.rows).size(), 2 * many);
}

void tst_RowTaker::takesTheRestBeforeAnUpdate()
{
    Subject subject(many);
    subject.take(&subject.model);
    QCOMPARE(subject.finishedCount, 0);

    subject.changeAll();
    QSignalSpy updated(&subject.model, &SnapshotModel::updated);
    subject.model.refresh();
    QTRY_VERIFY(!updated.isEmpty());

    QCOMPARE(subject.finishedCount, 1);
    QCOMPARE(places(subject.rows).size(), 2 * many);
    QVERIFY(areAll(subject.rows, 1));
}

void tst_RowTaker::takesTheRestBeforeRowsMove()
{
    Subject subject(many);
    SnapshotFilterModel filter;
    filter.setSourceModel(&subject.model);
    subject.take(&filter);
    QCOMPARE(subject.finishedCount, 0);

    filter.sort(SnapshotModel::NameColumn, Qt::DescendingOrder);
    QTRY_COMPARE(filter.index(0, 0).data().toString(), QString::number(many - 1));

    QCOMPARE(subject.finishedCount, 1);
    QCOMPARE(subject.rows.first().recorder, QStringLiteral("0"));
    QCOMPARE(places(subject.rows).size(), 2 * many);
}

void tst_RowTaker::takesTheRestBeforeRowsGo()
{
    Subject subject(many);
    subject.take(&subject.model);
    QCOMPARE(subject.finishedCount, 0);

    subject.model.setSource(nullptr);

    QCOMPARE(subject.finishedCount, 1);
    QCOMPARE(places(subject.rows).size(), 2 * many);
}

void tst_RowTaker::stopsWhenItIsDestroyed()
{
    Subject subject(many);
    subject.take(&subject.model);

    subject.taker.reset();
    subject.model.setSource(nullptr);

    QCOMPARE(subject.finishedCount, 0);
}

QTEST_GUILESS_MAIN(tst_RowTaker)
#include "tst_rowtaker.moc"
