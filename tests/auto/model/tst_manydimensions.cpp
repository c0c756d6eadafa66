// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"
#include "shared/rowmirror.h"
#include "shared/seed.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <map>
#include <memory>
#include <random>

using namespace Recorders;
using Testing::Subject;
using Testing::subjectOf;
using Testing::testerMode;
using namespace Qt::StringLiterals;

namespace {

// A metric with a value for each of many labels, which come and go, and are told in their order.
class Labels
{
public:
    void count(int label) { ++m_counts[label]; }
    void forget(int label) { m_counts.erase(label); }

    MetricSnapshot snapshot() const
    {
        MetricSnapshot snapshot(u"requests"_s);
        for (const auto &[label, count] : m_counts)
            snapshot.add(u"/page/%1"_s.arg(label), count, {}, MetricKind::Counter);
        return snapshot;
    }

private:
    std::map<int, qint64> m_counts;
};

using MakeSubject = Subject (*)(FakeSnapshotSource &);

QModelIndex rowOf(const QAbstractItemModel &model, const QString &dimension,
                  const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data(SnapshotModel::DimensionRole) == dimension)
            return index;
        if (const QModelIndex below = rowOf(model, dimension, index); below.isValid())
            return below;
    }
    return {};
}

} // namespace

Q_DECLARE_METATYPE(MakeSubject)

class tst_ManyDimensions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void showsWhatTheMetricHas_data();
    void showsWhatTheMetricHas();
    void keepsRowsWhereOthersComeBetween_data();
    void keepsRowsWhereOthersComeBetween();
    void tellsOfValuesAfterRows_data();
    void tellsOfValuesAfterRows();
    void keepsRatesWhereOthersComeBetween_data();
    void keepsRatesWhereOthersComeBetween();
};

void tst_ManyDimensions::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
}

static void addModels()
{
    QTest::addColumn<MakeSubject>("makeSubject");
    QTest::newRow("tree") << &subjectOf<SnapshotModel>;
    QTest::newRow("table") << &subjectOf<SnapshotTableModel>;
}

void tst_ManyDimensions::showsWhatTheMetricHas_data()
{
    addModels();
}

// Few and many come and go at once, in many places.
void tst_ManyDimensions::showsWhatTheMetricHas()
{
    QFETCH(const MakeSubject, makeSubject);
    FakeSnapshotSource source;
    const Subject shown = makeSubject(source);
    QAbstractItemModelTester tester(shown.model.get(), testerMode);
    const Testing::RowMirror mirror(shown.model.get());
    std::mt19937_64 random = Testing::seededGenerator("showsWhatTheMetricHas");
    Labels labels;

    for (int step = 0; step < Testing::scaled(15); ++step) {
        for (quint64 count = 1ULL << (random() % 9); count > 0; --count)
            labels.count(int(random() % 200));
        for (quint64 count = random() % 2 ? 1ULL << (random() % 8) : 0; count > 0; --count)
            labels.forget(int(random() % 200));
        source.advance(std::chrono::milliseconds(100));
        source.setMetric(u"server"_s, labels.snapshot());
        shown.update();

        const Subject fresh = makeSubject(source);
        fresh.update();
        QCOMPARE(Testing::outline(*shown.model), Testing::outline(*fresh.model));
        QCOMPARE(mirror.error(), QString());
    }
}

void tst_ManyDimensions::keepsRowsWhereOthersComeBetween_data()
{
    addModels();
}

void tst_ManyDimensions::keepsRowsWhereOthersComeBetween()
{
    QFETCH(const MakeSubject, makeSubject);
    FakeSnapshotSource source;
    const Subject shown = makeSubject(source);
    Labels labels;
    for (int i = 0; i < 1000; i += 20)
        labels.count(i);
    source.setMetric(u"server"_s, labels.snapshot());
    shown.update();
    const QPersistentModelIndex kept = rowOf(*shown.model, u"/page/500"_s);
    QVERIFY(kept.isValid());

    for (int i = 1; i < 1000; i += 20)
        labels.count(i);
    for (int i = 0; i < 1000; i += 100)
        if (i != 500)
            labels.forget(i);
    source.setMetric(u"server"_s, labels.snapshot());
    shown.update();

    QCOMPARE(kept.data(SnapshotModel::DimensionRole), u"/page/500"_s);
    QCOMPARE(QModelIndex(kept), rowOf(*shown.model, u"/page/500"_s));
}

void tst_ManyDimensions::tellsOfValuesAfterRows_data()
{
    addModels();
}

// A proxy that sorts looks at rows whenever others come: a value is another one only once that is
// told.
void tst_ManyDimensions::tellsOfValuesAfterRows()
{
    QFETCH(const MakeSubject, makeSubject);
    FakeSnapshotSource source;
    const Subject shown = makeSubject(source);
    Labels labels;
    for (int i = 0; i < 100; i += 10)
        labels.count(i);
    source.setMetric(u"server"_s, labels.snapshot());
    shown.update();
    bool isTold = false;
    QStringList wrong;
    connect(shown.model.get(), &QAbstractItemModel::dataChanged, this, [&] { isTold = true; });
    connect(shown.model.get(), &QAbstractItemModel::rowsInserted, this, [&] {
        for (int i = 0; i < 100; i += 10) {
            const QString name = u"/page/%1"_s.arg(i);
            const QVariant value = rowOf(*shown.model, name).data(SnapshotModel::ValueRole);
            if (value != 1 && !isTold)
                wrong += name + u": " + value.toString();
        }
    });

    for (int i = 0; i < 100; i += 10) {
        labels.count(i);
        labels.count(i + 5);
    }
    source.setMetric(u"server"_s, labels.snapshot());
    shown.update();

    QVERIFY(isTold);
    QCOMPARE(wrong, QStringList());
    QCOMPARE(rowOf(*shown.model, u"/page/50"_s).data(SnapshotModel::ValueRole), 2);
}

void tst_ManyDimensions::keepsRatesWhereOthersComeBetween_data()
{
    addModels();
}

void tst_ManyDimensions::keepsRatesWhereOthersComeBetween()
{
    QFETCH(const MakeSubject, makeSubject);
    FakeSnapshotSource source;
    const Subject shown = makeSubject(source);
    Labels labels;
    const auto update = [&] {
        source.advance(std::chrono::milliseconds(500));
        source.setMetric(u"server"_s, labels.snapshot());
        shown.update();
    };
    labels.count(50);
    update();

    for (int step = 1; step <= 4; ++step) {
        labels.count(step);
        labels.count(50);
        labels.count(100 - step);
        update();
    }

    QCOMPARE(rowOf(*shown.model, u"/page/50"_s).data(SnapshotModel::RateRole), 2.0);
}

QTEST_GUILESS_MAIN(tst_ManyDimensions)

#include "tst_manydimensions.moc"
