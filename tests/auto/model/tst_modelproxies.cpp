// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"
#include "shared/seed.h"
#include "shared/snapshotscript.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include <array>
#include <chrono>
#include <functional>
#include <limits>
#include <memory>
#include <random>

using namespace Recorders;
using Testing::outline;
using Testing::testerMode;

namespace {

// A model of snapshots, perhaps filtered, that takes updates when it is told to.
struct Subject
{
    std::unique_ptr<QAbstractItemModel> source;
    std::unique_ptr<SnapshotFilterModel> filter;
    std::function<void()> update;

    QAbstractItemModel *model() const { return filter ? filter.get() : source.get(); }
};

template <typename Model>
Subject subject(FakeSnapshotSource &source)
{
    Testing::Subject plain = Testing::subjectOf<Model>(source);
    if constexpr (std::is_same_v<Model, RecorderSnapshotModel>)
        static_cast<Model *>(plain.model.get())->setEntityId(QStringLiteral("r1"));
    return { std::move(plain.model), nullptr, std::move(plain.update) };
}

template <typename Model>
Subject filteredSubject(FakeSnapshotSource &source)
{
    Subject result = subject<Model>(source);
    result.filter = std::make_unique<SnapshotFilterModel>();
    result.filter->setSourceModel(result.source.get());
    return result;
}

using MakeSubject = Subject (*)(FakeSnapshotSource &);

void setUp(QSortFilterProxyModel &proxy)
{
    proxy.setRecursiveFilteringEnabled(true);
    proxy.setFilterRole(SnapshotModel::DimensionRole);
    proxy.setFilterRegularExpression(QStringLiteral("^$|1|total"));
    proxy.setSortRole(SnapshotModel::ValueRole);
    proxy.sort(0, Qt::DescendingOrder);
}

// Equal values may be in any order.
QStringList sorted(QStringList names)
{
    names.sort();
    return names;
}

// A QSortFilterProxyModel takes what is invalid for the greatest.
double valueOf(const QModelIndex &index, int role)
{
    const QVariant value = index.data(role);
    return value.isValid() ? value.toDouble() : std::numeric_limits<double>::infinity();
}

bool areInOrder(const QAbstractItemModel &model, int role, const QModelIndex &parent)
{
    for (int row = 0; row + 1 < model.rowCount(parent); ++row) {
        if (valueOf(model.index(row, 0, parent), role)
            < valueOf(model.index(row + 1, 0, parent), role))
            return false;
    }
    return true;
}

bool isInOrder(const QAbstractItemModel &model, int role, const QModelIndex &parent = {})
{
    if (!areInOrder(model, role, parent))
        return false;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        if (!isInOrder(model, role, model.index(row, 0, parent)))
            return false;
    }
    return true;
}

} // namespace

Q_DECLARE_METATYPE(MakeSubject)

// Every model of snapshots under a QSortFilterProxyModel, as applications put one on top.
class tst_ModelProxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void agreesWithAFreshProxy_data();
    void agreesWithAFreshProxy();
    void isInOrderWheneverSomebodyLooks_data();
    void isInOrderWheneverSomebodyLooks();
    void isInOrderAfterNobodyLooked_data();
    void isInOrderAfterNobodyLooked();
};

void tst_ModelProxies::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_ModelProxies::agreesWithAFreshProxy_data()
{
    QTest::addColumn<MakeSubject>("makeSubject");

    QTest::newRow("tree") << &subject<SnapshotModel>;
    QTest::newRow("table") << &subject<SnapshotTableModel>;
    QTest::newRow("table of one recorder") << &subject<RecorderSnapshotModel>;
    QTest::newRow("filtered tree") << &filteredSubject<SnapshotModel>;
    QTest::newRow("filtered table") << &filteredSubject<SnapshotTableModel>;
    QTest::newRow("filtered table of one recorder") << &filteredSubject<RecorderSnapshotModel>;
}

void tst_ModelProxies::agreesWithAFreshProxy()
{
    QFETCH(const MakeSubject, makeSubject);
    FakeSnapshotSource source;
    const Subject subject = makeSubject(source);
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(subject.model());
    setUp(proxy);
    QAbstractItemModelTester tester(subject.model(), testerMode);
    QAbstractItemModelTester proxyTester(&proxy, testerMode);
    Testing::SnapshotScript script(Testing::seededGenerator("agreesWithAFreshProxy"));
    const QStringList texts{ {}, QStringLiteral("1"), QStringLiteral("values") };

    for (int step = 0; step < Testing::scaled(15); ++step) {
        script.play(source);
        if (SnapshotFilterModel *filter = subject.filter.get()) {
            filter->setFilterText(texts.at(script.below(3)));
            filter->sort(script.below(5) - 1,
                         script.below(2) ? Qt::AscendingOrder : Qt::DescendingOrder);
        }
        subject.update();
        if (subject.filter)
            QTRY_VERIFY(!subject.filter->isBusy());

        QSortFilterProxyModel fresh;
        fresh.setSourceModel(subject.model());
        setUp(fresh);
        QCOMPARE(sorted(outline(proxy)), sorted(outline(fresh)));
        QVERIFY(isInOrder(proxy, SnapshotModel::ValueRole));
    }
}

void tst_ModelProxies::isInOrderWheneverSomebodyLooks_data()
{
    QTest::addColumn<MakeSubject>("makeSubject");
    QTest::addColumn<int>("role");

    for (const int role : { SnapshotModel::RateRole, SnapshotModel::ValueRole }) {
        const char *const by = role == SnapshotModel::RateRole ? "rate" : "value";
        QTest::addRow("tree by %s", by) << &subject<SnapshotModel> << role;
        QTest::addRow("table by %s", by) << &subject<SnapshotTableModel> << role;
    }
}

// Fifty recorders that are busy now and then. At each signal of the proxy a look is taken, too, at the
// rows among which it says that something is another.
using Handled = std::array<quint64, 50>; // by the recorders of the source

// Lets most recorders handle some events.
static void advance(FakeSnapshotSource &source, Handled &handled, std::mt19937_64 &random)
{
    source.advance(std::chrono::milliseconds(100));
    for (std::size_t i = 0; i < handled.size(); ++i) {
        if (random() % 3 == 0)
            continue;
        handled[i] += random() % 1000;
        RecorderSnapshot recorder;
        recorder.entityId = QStringLiteral("connection-%1").arg(i);
        recorder.statistics.handled = handled[i];
        recorder.metrics = { MetricSnapshot(QStringLiteral("bytes"))
                                     .add(QStringLiteral("total"), handled[i], Unit::bytes(),
                                          MetricKind::Counter)
                                     .add(QStringLiteral("load"), random() % 100) };
        source.setRecorder(recorder);
    }
}

void tst_ModelProxies::isInOrderWheneverSomebodyLooks()
{
    QFETCH(const MakeSubject, makeSubject);
    QFETCH(const int, role);
    FakeSnapshotSource source;
    const Subject subject = makeSubject(source);
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(subject.model());
    proxy.setSortRole(role);
    proxy.sort(0, Qt::DescendingOrder);
    int looks = 0;
    int wrongLooks = 0;
    const auto look = [&](bool isRight) {
        ++looks;
        wrongLooks += isRight ? 0 : 1;
    };
    const auto lookAmong = [&](const QModelIndex &parent) {
        look(areInOrder(proxy, role, parent));
    };
    connect(&proxy, &QAbstractItemModel::dataChanged, this,
            [&](const QModelIndex &changed) { lookAmong(changed.parent()); });
    connect(&proxy, &QAbstractItemModel::layoutChanged, this,
            [&](const QList<QPersistentModelIndex> &parents) {
                for (const QPersistentModelIndex &parent : parents)
                    lookAmong(parent);
            });
    connect(&proxy, &QAbstractItemModel::rowsInserted, this, lookAmong);
    std::mt19937_64 random = Testing::seededGenerator("isInOrderWheneverSomebodyLooks");
    Handled handled{};

    for (int step = 0; step < Testing::scaled(40); ++step) {
        advance(source, handled, random);
        subject.update();
        look(isInOrder(proxy, role));
    }

    QVERIFY(looks > 100);
    QCOMPARE(wrongLooks, 0);
}

void tst_ModelProxies::isInOrderAfterNobodyLooked_data()
{
    isInOrderWheneverSomebodyLooks_data();
}

// What is announced is what somebody has read: here nobody but the proxy. Some thirty recorders
// change in each update.
void tst_ModelProxies::isInOrderAfterNobodyLooked()
{
    QFETCH(const MakeSubject, makeSubject);
    QFETCH(const int, role);
    FakeSnapshotSource source;
    const Subject subject = makeSubject(source);
    std::mt19937_64 random = Testing::seededGenerator("isInOrderAfterNobodyLooked");
    Handled handled{};

    for (int round = 0; round < Testing::scaled(5); ++round) {
        QSortFilterProxyModel proxy;
        proxy.setSourceModel(subject.model());
        proxy.setSortRole(role);
        proxy.sort(0, Qt::DescendingOrder);
        for (int row = 0; row < proxy.rowCount(); ++row) // proxies sort where somebody looks
            proxy.index(0, 0, proxy.index(row, 0));
        for (int step = 0; step < 8; ++step) {
            advance(source, handled, random);
            subject.update();
        }
        QVERIFY(isInOrder(proxy, role));
    }
}

QTEST_GUILESS_MAIN(tst_ModelProxies)

#include "tst_modelproxies.moc"
