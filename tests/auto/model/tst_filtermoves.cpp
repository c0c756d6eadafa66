// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"
#include "shared/rowmirror.h"
#include "shared/seed.h"
#include "shared/snapshotscript.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Recorders;
using namespace Testing;

namespace {

using MakeSubject = Subject (*)(FakeSnapshotSource &);

// What the filter shows of what the source says now.
void settle(SnapshotFilterModel &filter)
{
    QSignalSpy busy(&filter, &SnapshotFilterModel::busyChanged);
    while (filter.isBusy())
        QVERIFY(busy.wait());
    filter.setHoldOrder(true);
    filter.setHoldOrder(false); // looks at what came late
    while (filter.isBusy())
        QVERIFY(busy.wait());
}

// All rows, with their names.
class KeptIndexes
{
public:
    explicit KeptIndexes(const QAbstractItemModel &model) { add(model, {}); }

    int invalid() const
    {
        return int(std::count_if(m_rows.cbegin(), m_rows.cend(),
                                 [](const Row &row) { return !row.index.isValid(); }));
    }

    bool followTheirRows() const
    {
        return std::all_of(m_rows.cbegin(), m_rows.cend(), [](const Row &row) {
            return !row.index.isValid() || Testing::nameOf(row.index) == row.name;
        });
    }

private:
    struct Row
    {
        QPersistentModelIndex index;
        QString name;
    };

    void add(const QAbstractItemModel &model, const QModelIndex &parent)
    {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            m_rows.append({ index, Testing::nameOf(index) });
            add(model, index);
        }
    }

    QList<Row> m_rows;
};

} // namespace

Q_DECLARE_METATYPE(MakeSubject)

// What views are told of by a SnapshotFilterModel that moves its rows.
class tst_FilterMoves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void movesRowsUnlessToldOtherwise();

    // no new layout
    void searches();
    void sortsByOneColumnAfterTheOther();
    void takesTheOrderOfTheSourceAgain();
    void removesWhatTheSourceLoses();
    void movesOnlyRowsWhoseValuesChange();
    void insertsRowsWhereTheyBelong();
    void movesMetricsBelowTheirRecorder();
    void sortsManyRows();

    // or one
    void announcesANewLayoutIfWanted();

    // all together
    void keepsPersistentIndexes_data();
    void keepsPersistentIndexes();
    void agreesWithNewLayouts_data();
    void agreesWithNewLayouts();

private:
    struct Fixture
    {
        explicit Fixture(MakeSubject make = &subjectOf<SnapshotTableModel>)
            : subject(make(source))
        {
            filter.setSourceModel(subject.model.get());
        }
        void addRecorders(int count)
        {
            for (int i = 0; i < count; ++i)
                source.setRecorder(QString::number(i), { number("x", i), number("y", -i) });
            subject.update();
        }
        void sortByValue(Qt::SortOrder order)
        {
            filter.sort(subject.valueColumn, order);
            settle(filter);
        }
        void search(const char *text)
        {
            filter.setFilterText(QLatin1String(text));
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

    static void addSubjects();
};

void tst_FilterMoves::addSubjects()
{
    QTest::addColumn<MakeSubject>("makeSubject");

    QTest::newRow("table") << &subjectOf<SnapshotTableModel>;
    QTest::newRow("tree") << &subjectOf<SnapshotModel>;
}

void tst_FilterMoves::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_FilterMoves::movesRowsUnlessToldOtherwise()
{
    SnapshotFilterModel filter;
    const QSignalSpy changed(&filter, &SnapshotFilterModel::movesRowsChanged);
    QVERIFY(filter.movesRows());

    filter.setMovesRows(false);
    filter.setMovesRows(false);

    QVERIFY(!filter.movesRows());
    QCOMPARE(changed.count(), 1);
}

void tst_FilterMoves::searches()
{
    Fixture f;
    f.addRecorders(40);
    const Testing::RowMirror mirror(&f.filter);
    const QSignalSpy removed(&f.filter, &QAbstractItemModel::rowsRemoved);

    f.search("y /[37]/");
    QCOMPARE(f.filter.rowCount(), 16);
    QVERIFY(removed.count() > 10);
    f.search("y /[3579]$/");
    f.search("");

    QCOMPARE(f.filter.rowCount(), 80);
    QCOMPARE(mirror.error(), QString());
}

void tst_FilterMoves::sortsByOneColumnAfterTheOther()
{
    Fixture f;
    f.addRecorders(20);
    const Testing::RowMirror mirror(&f.filter);

    for (int column = 0; column < f.filter.columnCount(); ++column) {
        for (const Qt::SortOrder order : { Qt::DescendingOrder, Qt::AscendingOrder }) {
            f.filter.sort(column, order);
            settle(f.filter);
        }
    }

    QVERIFY(mirror.moves() > 0);
    QCOMPARE(mirror.error(), QString());
}

void tst_FilterMoves::takesTheOrderOfTheSourceAgain()
{
    Fixture f;
    f.addRecorders(20);
    f.sortByValue(Qt::DescendingOrder);
    const Testing::RowMirror mirror(&f.filter);

    f.filter.setSortColumn(-1);

    QCOMPARE(outline(f.filter), outline(*f.subject.model));
    QCOMPARE(mirror.error(), QString());
}

void tst_FilterMoves::removesWhatTheSourceLoses()
{
    Fixture f;
    f.addRecorders(20);
    f.sortByValue(Qt::DescendingOrder);
    const Testing::RowMirror mirror(&f.filter);

    for (const int recorder : { 3, 11, 19 })
        f.source.removeRecorder(QString::number(recorder)); // rows at both ends
    f.subject.update();

    QCOMPARE(f.filter.rowCount(), 34);
    QCOMPARE(mirror.error(), QString());
}

void tst_FilterMoves::movesOnlyRowsWhoseValuesChange()
{
    Fixture f;
    f.addRecorders(50);
    f.sortByValue(Qt::DescendingOrder);
    const Testing::RowMirror mirror(&f.filter);

    f.source.setMetric(QStringLiteral("7"), number("x", 1000));
    f.source.setMetric(QStringLiteral("30"), number("x", 12));
    f.source.setMetric(QStringLiteral("31"), number("y", 40));
    f.update();

    QCOMPARE(Testing::nameOf(f.filter.index(0, 0)), QStringLiteral("7/x/value"));
    QCOMPARE(mirror.moves(), 3);
    QCOMPARE(mirror.error(), QString());
}

void tst_FilterMoves::insertsRowsWhereTheyBelong()
{
    Fixture f;
    f.addRecorders(20);
    f.sortByValue(Qt::AscendingOrder);
    const Testing::RowMirror mirror(&f.filter);
    const QSignalSpy inserted(&f.filter, &QAbstractItemModel::rowsInserted);

    f.source.setRecorder(QStringLiteral("new"), { number("x", -100), number("y", 100) });
    f.update();

    QCOMPARE(inserted.count(), 2);
    QCOMPARE(inserted.at(0).at(1), QVariant(0));
    QCOMPARE(inserted.at(1).at(1), QVariant(41));
    QCOMPARE(mirror.moves(), 0);
    QCOMPARE(mirror.error(), QString());
}

void tst_FilterMoves::movesMetricsBelowTheirRecorder()
{
    Fixture f(&subjectOf<SnapshotModel>);
    f.addRecorders(3);
    f.sortByValue(Qt::AscendingOrder);
    const Testing::RowMirror mirror(&f.filter);

    f.source.setMetric(QStringLiteral("1"), number("y", 2));
    f.update();

    const QModelIndex recorder = f.filter.index(1, 0);
    QCOMPARE(Testing::nameOf(f.filter.index(0, 0, recorder)), QStringLiteral("1/x"));
    QCOMPARE(mirror.moves(), 1);
    QCOMPARE(mirror.error(), QString());
}

// Nobody may have to wait for the last of them.
void tst_FilterMoves::sortsManyRows()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 5000; ++i)
        source.setRecorder(QString::number(i), { number("x", i) });
    const Subject subject = subjectOf<SnapshotTableModel>(source);
    subject.update();
    SnapshotFilterModel filter;
    filter.setSourceModel(subject.model.get());
    filter.sort(subject.valueColumn, Qt::AscendingOrder);
    settle(filter);
    const QStringList before = outline(filter);
    const QSignalSpy moved(&filter, &QAbstractItemModel::rowsMoved);

    filter.sort(subject.valueColumn, Qt::DescendingOrder);
    settle(filter);

    QCOMPARE(moved.count(), 4999);
    QCOMPARE(outline(filter), QStringList(before.crbegin(), before.crend()));
}

void tst_FilterMoves::announcesANewLayoutIfWanted()
{
    Fixture f;
    f.addRecorders(20);
    f.filter.setMovesRows(false);
    const Testing::RowMirror mirror(&f.filter);
    const QSignalSpy renewed(&f.filter, &QAbstractItemModel::layoutChanged);

    f.sortByValue(Qt::DescendingOrder);

    QCOMPARE(renewed.count(), 1);
    QCOMPARE(mirror.moves(), 0);
    QCOMPARE(mirror.error(), QStringLiteral("a new layout"));
}

void tst_FilterMoves::keepsPersistentIndexes_data()
{
    addSubjects();
}

void tst_FilterMoves::keepsPersistentIndexes()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    f.addRecorders(20);
    const KeptIndexes indexes(f.filter);
    auto random = Testing::seededGenerator("keepsPersistentIndexes");

    for (int round = 0; round < Testing::scaled(10); ++round) {
        for (int recorder = 0; recorder < 20; ++recorder)
            f.source.setMetric(QString::number(recorder), number("y", qint64(random() % 100)));
        f.subject.update();
        f.sortByValue(random() % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);

        QCOMPARE(indexes.invalid(), 0);
        QVERIFY(indexes.followTheirRows());
    }
}

void tst_FilterMoves::agreesWithNewLayouts_data()
{
    addSubjects();
}

void tst_FilterMoves::agreesWithNewLayouts()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    SnapshotFilterModel other;
    other.setMovesRows(false);
    other.setSourceModel(f.subject.model.get());
    const Testing::RowMirror mirror(&f.filter);
    Testing::SnapshotScript script(Testing::seededGenerator("agreesWithNewLayouts"));
    const QStringList texts{ {},
                             QStringLiteral("1"),
                             QStringLiteral("bytes"),
                             QStringLiteral("kind:counter"),
                             QStringLiteral(">=50"),
                             QStringLiteral("<=0.05KiB bytes"),
                             QStringLiteral("/[2-5]/ values") };
    const int columns[] = { -1, 0, f.subject.valueColumn };

    for (int step = 0; step < Testing::scaled(25); ++step) {
        const KeptIndexes indexes(f.filter);
        script.play(f.source);
        f.source.setMaxUpdateSize(0);
        const QString text = texts.at(script.below(int(texts.size())));
        const int column = columns[script.below(3)];
        const auto order = script.below(2) ? Qt::AscendingOrder : Qt::DescendingOrder;
        for (SnapshotFilterModel *filter : { &f.filter, &other }) {
            filter->setFilterText(text);
            filter->sort(column, order); // and rows change while a search runs
        }
        f.update();
        settle(other);

        QCOMPARE(outline(f.filter), outline(other));
        QCOMPARE(mirror.error(), QString());
        QVERIFY(indexes.followTheirRows());
    }
}

QTEST_GUILESS_MAIN(tst_FilterMoves)

#include "tst_filtermoves.moc"
