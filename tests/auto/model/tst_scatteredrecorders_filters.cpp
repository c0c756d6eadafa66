// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "scatteredfixture.h"
#include "shared/rowmirror.h"
#include "shared/seed.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

using MakeSubject = Subject (*)(FakeSnapshotSource &);
Q_DECLARE_METATYPE(MakeSubject)

namespace {

struct Criteria
{
    QString text;
    bool isSorted = false;
};

void setUp(SnapshotFilterModel &filter, const Subject &subject, const Criteria &criteria)
{
    filter.setSourceModel(subject.model.get());
    filter.setFilterText(criteria.text);
    filter.sort(criteria.isSorted ? subject.valueColumn : -1, Qt::DescendingOrder);
}

// What the filter shows of what the source says now.
void settle(SnapshotFilterModel &filter)
{
    filter.setHoldOrder(true);
    filter.setHoldOrder(false); // looks at what came
    QSignalSpy busy(&filter, &SnapshotFilterModel::busyChanged);
    while (filter.isBusy())
        QVERIFY(busy.wait());
}

} // namespace

Q_DECLARE_METATYPE(Criteria)

// Many recorders that come or go between others in one update, through a filter.
class tst_ScatteredRecorders_Filters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void areAnnouncedInOneRange_data() { addFilters(); }
    void areAnnouncedInOneRange();
    void areToldOneByOneIfRowsAreMoved_data() { addFilters(); }
    void areToldOneByOneIfRowsAreMoved();
    void areSeenAtOnceUnlessFiltered_data();
    void areSeenAtOnceUnlessFiltered();
    void areNotMissedIfTheyHaveNoRows();
    void leavePersistentIndexesRight_data() { addMovingFilters(); }
    void leavePersistentIndexesRight();
    void areAsIfTheyHadAlwaysBeenThere_data() { addMovingFilters(); }
    void areAsIfTheyHadAlwaysBeenThere();

private:
    struct Fixture
    {
        Fixture(MakeSubject make, const Criteria &criteria, bool movesRows)
            : subject(make(source))
        {
            addStaying(source);
            subject.update();
            filter.setMovesRows(movesRows);
            setUp(filter, subject, criteria);
            settle(filter);
        }
        void update()
        {
            subject.update();
            settle(filter);
        }

        FakeSnapshotSource source;
        Subject subject;
        SnapshotFilterModel filter;
        QAbstractItemModelTester tester{ &filter, testerMode };
    };

    static void addFilters();
    static void addMovingFilters();
};

void tst_ScatteredRecorders_Filters::addFilters()
{
    QTest::addColumn<MakeSubject>("makeSubject");
    QTest::addColumn<Criteria>("criteria");

    const MakeSubject tree = &subjectOf<SnapshotModel>;
    const MakeSubject table = &subjectOf<SnapshotTableModel>;
    const QString text = QStringLiteral("/conn-[1-8]/ x");
    QTest::newRow("tree, all") << tree << Criteria();
    QTest::newRow("tree, filtered") << tree << Criteria{ text, false };
    QTest::newRow("tree, sorted") << tree << Criteria{ {}, true };
    QTest::newRow("table, all") << table << Criteria();
    QTest::newRow("table, filtered") << table << Criteria{ text, false };
    QTest::newRow("table, filtered and sorted") << table << Criteria{ text, true };
}

void tst_ScatteredRecorders_Filters::addMovingFilters()
{
    QTest::addColumn<MakeSubject>("makeSubject");
    QTest::addColumn<Criteria>("criteria");
    QTest::addColumn<bool>("movesRows");

    const MakeSubject subjects[] = { &subjectOf<SnapshotModel>, &subjectOf<SnapshotTableModel> };
    const char *const names[] = { "tree", "table" };
    for (const int i : { 0, 1 }) {
        for (const bool moves : { false, true }) {
            const auto row = [&](const char *rows) -> QTestData & {
                return QTest::addRow("%s, %s, %s", names[i], rows,
                                     moves ? "rows are moved" : "a new layout");
            };
            row("all") << subjects[i] << Criteria() << moves;
            row("filtered and sorted")
                    << subjects[i] << Criteria{ QStringLiteral("/[3-9]/ x"), true } << moves;
        }
    }
}

void tst_ScatteredRecorders_Filters::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_ScatteredRecorders_Filters::areAnnouncedInOneRange()
{
    QFETCH(const MakeSubject, makeSubject);
    QFETCH(const Criteria, criteria);
    Fixture f(makeSubject, criteria, false);
    const QStringList before = outline(f.filter);
    const QSignalSpy inserted(&f.filter, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&f.filter, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy renewed(&f.filter, &QAbstractItemModel::layoutChanged);

    addOthers(f.source);
    f.update();
    removeOthers(f.source);
    f.update();

    QCOMPARE(inserted.count(), 1);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(renewed.count(), 2);
    QCOMPARE(outline(f.filter), before);
}

// For the sake of views of Qt Quick, also while the source announces a new layout.
void tst_ScatteredRecorders_Filters::areToldOneByOneIfRowsAreMoved()
{
    QFETCH(const MakeSubject, makeSubject);
    QFETCH(const Criteria, criteria);
    Fixture f(makeSubject, criteria, true);
    const QStringList before = outline(f.filter);
    const RowMirror mirror(&f.filter);
    const QSignalSpy inserted(&f.filter, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&f.filter, &QAbstractItemModel::rowsRemoved);

    addOthers(f.source);
    f.update();
    removeOthers(f.source);
    f.update();

    QCOMPARE(mirror.error(), QString());
    QCOMPARE(mirror.moves(), 0);
    QVERIFY(inserted.count() > 3);
    QVERIFY(removed.count() > 3);
    QCOMPARE(outline(f.filter), before);
}

void tst_ScatteredRecorders_Filters::areSeenAtOnceUnlessFiltered_data()
{
    QTest::addColumn<bool>("movesRows");

    QTest::newRow("rows are moved") << true;
    QTest::newRow("a new layout") << false;
}

void tst_ScatteredRecorders_Filters::areSeenAtOnceUnlessFiltered()
{
    QFETCH(const bool, movesRows);
    Fixture f(&subjectOf<SnapshotTableModel>, {}, movesRows);

    addOthers(f.source);
    f.subject.update();
    QCOMPARE(outline(f.filter), outline(*f.subject.model));
    removeOthers(f.source);
    f.subject.update();

    QCOMPARE(outline(f.filter), outline(*f.subject.model));
    QVERIFY(!f.filter.isBusy());
}

// Of a table that is told of no rows that go.
void tst_ScatteredRecorders_Filters::areNotMissedIfTheyHaveNoRows()
{
    Fixture f(&subjectOf<SnapshotTableModel>, {}, true);
    for (int pair = 0; pair < pairs; ++pair)
        f.source.setRecorder(otherId(pair), {});
    f.update();
    removeOthers(f.source);
    f.update();

    addRecorder(f.source, otherId(0));
    f.update();

    QCOMPARE(outline(f.filter), outline(*f.subject.model));
}

void tst_ScatteredRecorders_Filters::leavePersistentIndexesRight()
{
    QFETCH(const MakeSubject, makeSubject);
    QFETCH(const Criteria, criteria);
    QFETCH(const bool, movesRows);
    Fixture f(makeSubject, criteria, movesRows);
    const KeptRows staying(f.filter);
    const QStringList before = staying.names();

    addOthers(f.source);
    f.update();
    const KeptRows all(f.filter);
    QVERIFY(staying.followTheirRows());
    removeOthers(f.source);
    f.update();

    QCOMPARE(staying.names(), before);
    QCOMPARE(all.names(), before);
    QVERIFY(all.followTheirRows());
}

void tst_ScatteredRecorders_Filters::areAsIfTheyHadAlwaysBeenThere()
{
    QFETCH(const MakeSubject, makeSubject);
    QFETCH(const Criteria, criteria);
    QFETCH(const bool, movesRows);
    Fixture f(makeSubject, criteria, movesRows);
    auto random = seededGenerator("areAsIfTheyHadAlwaysBeenThere");

    for (int round = 0; round < scaled(5); ++round) {
        const KeptRows kept(f.filter);
        exchangeSome(f.source, random);
        f.update();

        SnapshotFilterModel fresh;
        setUp(fresh, f.subject, criteria);
        settle(fresh);
        QCOMPARE(outline(f.filter), outline(fresh));
        QVERIFY(kept.followTheirRows());
    }
}

QTEST_GUILESS_MAIN(tst_ScatteredRecorders_Filters)

#include "tst_scatteredrecorders_filters.moc"
