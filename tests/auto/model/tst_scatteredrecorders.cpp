// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "scatteredfixture.h"
#include "shared/seed.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace Recorders;
using namespace Testing;

using MakeSubject = Subject (*)(FakeSnapshotSource &);
Q_DECLARE_METATYPE(MakeSubject)

// Many recorders that come or go between others in one update.
class tst_ScatteredRecorders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what views are told
    void comeInOneRange_data() { addSubjects(); }
    void comeInOneRange();
    void goInOneRange_data() { addSubjects(); }
    void goInOneRange();
    void areToldOneByOneIfTheyAreFew_data() { addSubjects(); }
    void areToldOneByOneIfTheyAreFew();

    // and what they see
    void leavePersistentIndexesRight_data() { addSubjects(); }
    void leavePersistentIndexesRight();
    void areRightWheneverSomebodyAsks_data() { addSubjects(); }
    void areRightWheneverSomebodyAsks();
    void areAsIfTheyHadAlwaysBeenThere_data() { addSubjects(); }
    void areAsIfTheyHadAlwaysBeenThere();

    // those that are kept
    void areClearedInOneRange_data() { addSubjects(); }
    void areClearedInOneRange();
    void goBeyondTheLimitInOneRange();

private:
    struct Fixture
    {
        explicit Fixture(MakeSubject make)
            : subject(make(source))
        {
            addStaying(source);
            subject.update();
        }
        const QAbstractItemModel *model() const { return subject.model.get(); }

        FakeSnapshotSource source;
        Subject subject;
        QAbstractItemModelTester tester{ subject.model.get(), testerMode };
    };
    struct Signals
    {
        explicit Signals(const QAbstractItemModel *model)
            : inserted(model, &QAbstractItemModel::rowsInserted)
            , removed(model, &QAbstractItemModel::rowsRemoved)
            , renewed(model, &QAbstractItemModel::layoutChanged)
            , reset(model, &QAbstractItemModel::modelReset)
        {
        }
        QList<qsizetype> counts() const
        {
            return { inserted.count(), removed.count(), renewed.count(), reset.count() };
        }

        QSignalSpy inserted;
        QSignalSpy removed;
        QSignalSpy renewed;
        QSignalSpy reset;
    };

    static void addSubjects();
};

namespace {

// At each signal that tells of rows, before and after.
void visitSignals(const QAbstractItemModel *model, const std::function<void()> &visit)
{
    const auto connect = [model, &visit](auto signal) {
        QObject::connect(model, signal, model, visit);
    };
    connect(&QAbstractItemModel::rowsAboutToBeInserted);
    connect(&QAbstractItemModel::rowsInserted);
    connect(&QAbstractItemModel::rowsAboutToBeRemoved);
    connect(&QAbstractItemModel::rowsRemoved);
    connect(&QAbstractItemModel::layoutAboutToBeChanged);
    connect(&QAbstractItemModel::layoutChanged);
}

// Of a model that sees the source for the first time.
QStringList freshOutline(MakeSubject make, FakeSnapshotSource &source)
{
    const Subject fresh = make(source);
    fresh.update();
    return outline(*fresh.model);
}

QStringList sortedOutline(const QAbstractItemModel &model)
{
    QStringList names = outline(model);
    names.sort();
    return names;
}

} // namespace

void tst_ScatteredRecorders::addSubjects()
{
    QTest::addColumn<MakeSubject>("makeSubject");

    QTest::newRow("tree") << &subjectOf<SnapshotModel>;
    QTest::newRow("table") << &subjectOf<SnapshotTableModel>;
}

void tst_ScatteredRecorders::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_ScatteredRecorders::comeInOneRange()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    const Signals told(f.model());

    addOthers(f.source);
    f.subject.update();

    QCOMPARE(told.counts(), QList<qsizetype>({ 1, 0, 1, 0 }));
    QCOMPARE(outline(*f.model()), freshOutline(makeSubject, f.source));
}

void tst_ScatteredRecorders::goInOneRange()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    const QStringList before = outline(*f.model());
    addOthers(f.source);
    f.subject.update();
    const Signals told(f.model());

    removeOthers(f.source);
    f.subject.update();

    QCOMPARE(told.counts(), QList<qsizetype>({ 0, 1, 1, 0 }));
    QCOMPARE(outline(*f.model()), before);
}

// A view of Qt Quick keeps its place then.
void tst_ScatteredRecorders::areToldOneByOneIfTheyAreFew()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    const Signals told(f.model());
    constexpr int few = 8;

    addOthers(f.source, few);
    f.subject.update();
    removeOthers(f.source, few);
    f.subject.update();

    QCOMPARE(told.counts(), QList<qsizetype>({ few, few, 0, 0 }));
}

void tst_ScatteredRecorders::leavePersistentIndexesRight()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    const KeptRows staying(*f.model());
    const QStringList before = staying.names();

    addOthers(f.source);
    f.subject.update();
    const KeptRows all(*f.model());
    QVERIFY(staying.followTheirRows());
    removeOthers(f.source);
    f.subject.update();

    QCOMPARE(staying.names(), before);
    QCOMPARE(all.names(), before);
    QVERIFY(all.followTheirRows());
}

// Each row is there once, below the row that it belongs to.
void tst_ScatteredRecorders::areRightWheneverSomebodyAsks()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    const KeptRows kept(*f.model());
    const QStringList withoutOthers = sortedOutline(*f.model());
    QStringList withOthers;
    int asked = 0;
    visitSignals(f.model(), [&] {
        const QStringList shown = sortedOutline(*f.model());
        QVERIFY(withOthers.isEmpty() || shown == withOthers || shown == withoutOthers);
        QCOMPARE(shown.size(), QSet<QString>(shown.cbegin(), shown.cend()).size());
        QVERIFY(kept.followTheirRows());
        ++asked;
    });

    addOthers(f.source);
    f.subject.update();
    withOthers = sortedOutline(*f.model());
    removeOthers(f.source);
    f.subject.update();

    QCOMPARE(asked, 8);
}

void tst_ScatteredRecorders::areAsIfTheyHadAlwaysBeenThere()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    auto random = seededGenerator("areAsIfTheyHadAlwaysBeenThere");

    for (int round = 0; round < scaled(10); ++round) {
        const KeptRows kept(*f.model());
        exchangeSome(f.source, random);
        f.subject.update();

        QCOMPARE(outline(*f.model()), freshOutline(makeSubject, f.source));
        QVERIFY(kept.followTheirRows());
    }
}

void tst_ScatteredRecorders::areClearedInOneRange()
{
    QFETCH(const MakeSubject, makeSubject);
    Fixture f(makeSubject);
    const QStringList before = outline(*f.model());
    f.subject.model->setProperty("keepRemoved", true);
    addOthers(f.source);
    f.subject.update();
    removeOthers(f.source);
    f.subject.update();
    QVERIFY(outline(*f.model()).size() > before.size());
    const Signals told(f.model());

    f.subject.model->setProperty("keepRemoved", false);

    QCOMPARE(told.counts(), QList<qsizetype>({ 0, 1, 1, 0 }));
    QCOMPARE(outline(*f.model()), before);
}

// What the tester would take minutes for.
void tst_ScatteredRecorders::goBeyondTheLimitInOneRange()
{
    constexpr int limit = 1000;
    FakeSnapshotSource source;
    for (int pair = 0; pair < limit + pairs; ++pair) {
        addRecorder(source, stayingId(pair));
        addRecorder(source, otherId(pair));
    }
    const Subject subject = subjectOf<SnapshotModel>(source);
    subject.model->setProperty("keepRemoved", true);
    subject.update();
    const Signals told(subject.model.get());

    removeOthers(source, limit + pairs);
    subject.update();

    QCOMPARE(told.counts(), QList<qsizetype>({ 0, 1, 1, 0 }));
    QCOMPARE(subject.model->rowCount(), 2 * limit + pairs);
}

QTEST_GUILESS_MAIN(tst_ScatteredRecorders)

#include "tst_scatteredrecorders.moc"
