// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsnapshot.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/fakesnapshotsource.h"
#include "widgets/rememberedrows_p.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace Recorders;
using namespace Recorders::Internal;

namespace {

QString idOf(int number)
{
    return QStringLiteral("connection-%1").arg(number, 5, 10, QLatin1Char('0'));
}

MetricSnapshot metric(const QString &name)
{
    return MetricSnapshot(name).add(QStringLiteral("total"), 1).add(QStringLiteral("peak"), 1);
}

// A model of a source, and what is remembered of its rows.
template <typename Model>
class Remembered
{
public:
    Remembered() { model.setSource(&source); }

    // In one update. Every recorder has two metrics.
    void add(int first, int last, int step = 1)
    {
        for (int number = first; number <= last; number += step) {
            source.setRecorder(
                    idOf(number),
                    { metric(QStringLiteral("received")), metric(QStringLiteral("sent")) });
        }
        model.refresh();
    }
    void remove(int first, int last, int step = 1)
    {
        for (int number = first; number <= last; number += step)
            source.removeRecorder(idOf(number));
        model.refresh();
    }
    int count() const { return model.rowCount(); }

    // What is there again, by its name.
    QStringList here()
    {
        rows.update();
        QStringList names;
        const QModelIndexList indexes = rows.here();
        for (const QModelIndex &index : indexes) {
            const QString dimension = index.data(SnapshotModel::DimensionRole).toString();
            names.append(index.data(SnapshotModel::EntityIdRole).toString() + u'/'
                         + index.data(SnapshotModel::MetricRole).toString() + u'/' + dimension);
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    FakeSnapshotSource source;
    Model model;
    RememberedRows rows{ &model };
};

} // namespace

class tst_RememberedRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void findsARecorderThatReturns();
    void findsWhatIsBelowIt();
    void findsRowsThatComeBetweenOthers();
    void findsARowAmongManyThatComeBetweenOthers();
    void findsRowsOfATable();
    void findsRowsAfterAReset();
    void forgetsWhatIsRemoved();
    void forgetsOnlyWhatIsGone();
    void forgetsTheLongestGone();
    void notesNothingWhileAllIsThere();
};

namespace {

struct CountingModel : public SnapshotModel
{
    qsizetype persistentIndexes() const { return persistentIndexList().size(); }
};

} // namespace

void tst_RememberedRows::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_RememberedRows::findsARecorderThatReturns()
{
    Remembered<SnapshotModel> r;
    r.add(0, 9);
    QTRY_COMPARE(r.count(), 10);
    r.rows.insert(r.model.index(3, 0));

    r.remove(3, 3);
    QTRY_COMPARE(r.count(), 9);
    QVERIFY(r.here().isEmpty());
    r.add(3, 3);

    QTRY_COMPARE(r.count(), 10);
    QCOMPARE(r.here(), QStringList(idOf(3) + QStringLiteral("//")));
}

void tst_RememberedRows::findsWhatIsBelowIt()
{
    Remembered<SnapshotModel> r;
    r.add(0, 1);
    QTRY_COMPARE(r.count(), 2);
    const QModelIndex sent = r.model.index(1, 0, r.model.index(1, 0));
    r.rows.insert(sent);
    r.rows.insert(r.model.index(1, 0, sent));

    r.remove(1, 1);
    QTRY_COMPARE(r.count(), 1);
    r.add(1, 1);

    QTRY_COMPARE(r.count(), 2);
    QCOMPARE(r.here(),
             QStringList({ idOf(1) + QStringLiteral("/sent/"),
                           idOf(1) + QStringLiteral("/sent/peak") }));
}

void tst_RememberedRows::findsRowsThatComeBetweenOthers()
{
    Remembered<SnapshotModel> r;
    r.add(0, 99);
    QTRY_COMPARE(r.count(), 100);
    for (int row = 1; row < 100; row += 2)
        r.rows.insert(r.model.index(row, 0));

    r.remove(1, 99, 2);
    QTRY_COMPARE(r.count(), 50);
    r.add(51, 99, 2); // without an update of what is remembered
    QTRY_COMPARE(r.count(), 75);
    r.add(1, 49, 2);
    QTRY_COMPARE(r.count(), 100);
    r.remove(10, 20, 2);

    QTRY_COMPARE(r.count(), 94);
    QCOMPARE(r.here().size(), 50);
}

// Of which the model announces a new layout.
void tst_RememberedRows::findsARowAmongManyThatComeBetweenOthers()
{
    Remembered<SnapshotModel> r;
    r.add(0, 99);
    QTRY_COMPARE(r.count(), 100);
    r.rows.insert(r.model.index(33, 0));
    r.remove(1, 99, 2);
    QTRY_COMPARE(r.count(), 50);
    QVERIFY(r.here().isEmpty());

    r.add(1, 99, 2);

    QTRY_COMPARE(r.count(), 100);
    QCOMPARE(r.here(), QStringList(idOf(33) + QStringLiteral("//")));
}

void tst_RememberedRows::findsRowsOfATable()
{
    Remembered<SnapshotTableModel> r;
    r.add(0, 9);
    QTRY_COMPARE(r.count(), 40);
    r.rows.insert(r.model.index(14, 0));

    r.remove(3, 3);
    QTRY_COMPARE(r.count(), 36);
    r.add(3, 3);

    QTRY_COMPARE(r.count(), 40);
    QCOMPARE(r.here(), QStringList(idOf(3) + QStringLiteral("/sent/total")));
}

void tst_RememberedRows::findsRowsAfterAReset()
{
    Remembered<SnapshotModel> r;
    r.add(0, 9);
    QTRY_COMPARE(r.count(), 10);
    r.rows.insert(r.model.index(3, 0));

    r.model.setSource(nullptr);
    QCOMPARE(r.count(), 0);
    r.model.setSource(&r.source);

    QTRY_COMPARE(r.count(), 10);
    QCOMPARE(r.here().size(), 1);
}

void tst_RememberedRows::forgetsWhatIsRemoved()
{
    Remembered<SnapshotModel> r;
    r.add(0, 9);
    QTRY_COMPARE(r.count(), 10);
    r.rows.insert(r.model.index(3, 0));
    r.rows.insert(r.model.index(0, 0, r.model.index(3, 0)));

    r.rows.remove(r.model.index(3, 0));

    QCOMPARE(r.here(), QStringList(idOf(3) + QStringLiteral("/received/")));
    r.rows.remove(r.model.index(0, 0, r.model.index(3, 0)));
    QVERIFY(r.rows.isEmpty());
}

void tst_RememberedRows::forgetsOnlyWhatIsGone()
{
    Remembered<SnapshotModel> r;
    r.add(0, 9);
    QTRY_COMPARE(r.count(), 10);
    r.rows.insert(r.model.index(3, 0));
    r.rows.insert(r.model.index(4, 0));
    r.remove(3, 3);
    QTRY_COMPARE(r.count(), 9);

    r.rows.forgetGone();
    r.add(3, 3);

    QTRY_COMPARE(r.count(), 10);
    QCOMPARE(r.here(), QStringList(idOf(4) + QStringLiteral("//")));
}

void tst_RememberedRows::forgetsTheLongestGone()
{
    constexpr int limit = int(RememberedRows::goneAtMost);
    Remembered<SnapshotModel> r;
    r.add(0, limit + 9);
    QTRY_COMPARE(r.count(), limit + 10);
    for (int row = 0; row < r.count(); ++row)
        r.rows.insert(r.model.index(row, 0));

    r.remove(5, 14);
    QTRY_COMPARE(r.count(), limit);
    r.rows.update();
    r.remove(0, limit + 9);
    QTRY_COMPARE(r.count(), 0);
    r.rows.update();
    r.add(0, limit + 9);

    QTRY_COMPARE(r.count(), limit + 10);
    const QStringList here = r.here();
    QCOMPARE(here.size(), qsizetype(limit));
    QVERIFY(!here.contains(idOf(5) + QStringLiteral("//")));
    QVERIFY(!here.contains(idOf(14) + QStringLiteral("//")));
}

// Rows come and go beside the one that is remembered, for as long as somebody looks.
void tst_RememberedRows::notesNothingWhileAllIsThere()
{
    Remembered<CountingModel> r;
    r.add(0, 1);
    QTRY_COMPARE(r.count(), 2);
    const QModelIndex received = r.model.index(0, 0, r.model.index(0, 0));
    r.rows.insert(r.model.index(0, 0, received));
    const qsizetype before = r.model.persistentIndexes();

    MetricSnapshot growing = metric(QStringLiteral("received"));
    for (int i = 0; i < 20; ++i) {
        growing.add(QStringLiteral("from %1").arg(i), 1);
        r.source.setMetric(idOf(0), growing);
        r.remove(1, 1);
        QTRY_COMPARE(r.count(), 1);
        r.add(1, 1);
        QTRY_COMPARE(r.count(), 2);
        QTRY_COMPARE(r.model.rowCount(received), 3 + i);
    }

    QCOMPARE(r.model.persistentIndexes(), before);
}

QTEST_GUILESS_MAIN(tst_RememberedRows)
#include "tst_rememberedrows.moc"
