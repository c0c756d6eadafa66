// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"
#include "shared/seed.h"
#include "shared/snapshotscript.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include <functional>
#include <limits>
#include <memory>

using namespace Recorders;
using Testing::outline;

namespace {

constexpr auto testerMode = QAbstractItemModelTester::FailureReportingMode::QtTest;

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
    auto model = std::make_unique<Model>();
    auto *const plain = model.get();
    plain->setPaused(true);
    plain->setSource(&source);
    if constexpr (std::is_same_v<Model, RecorderSnapshotModel>)
        plain->setEntityId(QStringLiteral("r1"));
    return { std::move(model), nullptr, [plain] {
                QSignalSpy updated(plain, &Model::updated);
                plain->refresh();
                QVERIFY(updated.wait());
            } };
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
double valueOf(const QModelIndex &index)
{
    const QVariant value = index.data(SnapshotModel::ValueRole);
    return value.isValid() ? value.toDouble() : std::numeric_limits<double>::infinity();
}

bool isInOrder(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        const QModelIndex next = model.index(row + 1, 0, parent);
        if (next.isValid() && valueOf(index) < valueOf(next))
            return false;
        if (!isInOrder(model, index))
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
        QVERIFY(isInOrder(proxy));
    }
}

QTEST_GUILESS_MAIN(tst_ModelProxies)

#include "tst_modelproxies.moc"
