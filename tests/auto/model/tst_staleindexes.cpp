// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QAbstractProxyModel>
#include <QRegularExpression>
#include <QTest>

#include <functional>
#include <memory>

using namespace Recorders;

// Indexes that somebody kept, as QML may: of rows that have gone, and of other models.
class tst_StaleIndexes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void findNothing_data();
    void findNothing();
    void ofAnotherModelFindNothing_data();
    void ofAnotherModelFindNothing();
    void areNotThoseOfWhatCameInstead();
    void mapToNothingInAFilter_data();
    void mapToNothingInAFilter();
};

namespace {

MetricSnapshot ticks(int dimensions)
{
    MetricSnapshot snapshot(QStringLiteral("ticks"));
    for (int i = 0; i < dimensions; ++i)
        snapshot.add(QString::number(i), i);
    return snapshot;
}

using Make = std::function<std::unique_ptr<QAbstractItemModel>(FakeSnapshotSource *)>;

template <typename Model>
std::unique_ptr<QAbstractItemModel> makeModel(FakeSnapshotSource *source)
{
    auto model = std::make_unique<Model>();
    model->setRefreshInterval(1);
    model->setSource(source);
    model->setProperty("entityId", QStringLiteral("b"));
    return model;
}

template <typename Model>
std::unique_ptr<QAbstractItemModel> makeFilter(FakeSnapshotSource *source, const QString &text)
{
    auto filter = std::make_unique<SnapshotFilterModel>();
    QAbstractItemModel *const model = makeModel<Model>(source).release();
    model->setParent(filter.get());
    filter->setSourceModel(model);
    filter->setFilterText(text);
    return filter;
}

void addModels()
{
    QTest::addColumn<Make>("make");

    const QString none;
    const QString some = QStringLiteral("ticks");
    QTest::newRow("tree") << Make(&makeModel<SnapshotModel>);
    QTest::newRow("table") << Make(&makeModel<SnapshotTableModel>);
    QTest::newRow("one recorder") << Make(&makeModel<RecorderSnapshotModel>);
    QTest::newRow("all of a tree")
            << Make([none](auto *source) { return makeFilter<SnapshotModel>(source, none); });
    QTest::newRow("a filtered tree")
            << Make([some](auto *source) { return makeFilter<SnapshotModel>(source, some); });
    QTest::newRow("all of a table")
            << Make([none](auto *source) { return makeFilter<SnapshotTableModel>(source, none); });
    QTest::newRow("a filtered table")
            << Make([some](auto *source) { return makeFilter<SnapshotTableModel>(source, some); });
}

QModelIndexList allIndexes(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QModelIndexList indexes;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        indexes += index;
        indexes += index.siblingAtColumn(1);
        indexes += allIndexes(model, index);
    }
    return indexes;
}

// Whether a model says nothing of an index, in any way.
bool isUnknown(const QAbstractItemModel &model, const QModelIndex &index)
{
    QAbstractItemModel &changed = const_cast<QAbstractItemModel &>(model);
    bool isUnknown = !model.data(index).isValid() && !model.data(index, Qt::ToolTipRole).isValid()
            && !model.data(index, SnapshotModel::TextRole).isValid() && model.rowCount(index) == 0
            && !model.hasChildren(index) && !model.parent(index).isValid()
            && !model.index(0, 0, index).isValid() && !model.canFetchMore(index)
            && !changed.setData(index, 1) && !changed.removeRows(0, 1, index);
    model.flags(index);
    model.buddy(index);
    model.span(index);
    model.columnCount(index);
    model.itemData(index);
    model.match(index, Qt::DisplayRole, QStringLiteral("x"));
    if (const auto *proxy = qobject_cast<const QAbstractProxyModel *>(&model)) {
        isUnknown = isUnknown && !proxy->mapToSource(index).isValid();
        isUnknown = isUnknown && !proxy->mapFromSource(index).isValid();
        if (const auto *filter = qobject_cast<const SnapshotFilterModel *>(&model))
            filter->isHit(index);
    }
    return isUnknown;
}

} // namespace

void tst_StaleIndexes::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_StaleIndexes::findNothing_data()
{
    addModels();
}

void tst_StaleIndexes::findNothing()
{
    QFETCH(const Make, make);
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("b"), ticks(3));
    source.setMetric(QStringLiteral("b"),
                     MetricSnapshot(QStringLiteral("ticks too")).add(QStringLiteral("a"), 1));
    const auto model = make(&source);
    QTRY_VERIFY(model->rowCount() > 0 && !model->property("busy").toBool());
    const QModelIndexList kept = allIndexes(*model);
    QVERIFY(!kept.isEmpty());

    source.removeRecorder(QStringLiteral("b"));
    QTRY_COMPARE(model->rowCount(), 0);

    for (const QModelIndex &index : kept)
        QVERIFY(isUnknown(*model, index));
}

void tst_StaleIndexes::ofAnotherModelFindNothing_data()
{
    addModels();
}

void tst_StaleIndexes::ofAnotherModelFindNothing()
{
    QFETCH(const Make, make);
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("b"), ticks(3));
    const auto model = make(&source);
    const auto tree = makeModel<SnapshotModel>(&source);
    const auto table = makeModel<SnapshotTableModel>(&source);
    const auto filter = makeFilter<SnapshotModel>(&source, QString());
    for (const auto *other : { &model, &tree, &table, &filter })
        QTRY_VERIFY((*other)->rowCount() > 0);

    for (const auto *other : { &tree, &table, &filter }) {
        for (const QModelIndex &index : allIndexes(**other))
            QVERIFY(isUnknown(*model, index));
    }
}

// A node takes the place of one that went.
void tst_StaleIndexes::areNotThoseOfWhatCameInstead()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("b"), ticks(3));
    const auto tree = makeModel<SnapshotModel>(&source);
    QTRY_VERIFY(tree->rowCount() == 1);
    const QModelIndexList kept = allIndexes(*tree);

    for (int i = 0; i < 10; ++i) {
        source.removeRecorder(QStringLiteral("b"));
        QTRY_COMPARE(tree->rowCount(), 0);
        source.setMetric(QStringLiteral("b"), ticks(3));
        QTRY_COMPARE(tree->rowCount(), 1);
    }

    for (const QModelIndex &index : kept)
        QVERIFY(isUnknown(*tree, index));
    for (const QModelIndex &index : allIndexes(*tree))
        QVERIFY(tree->data(index).isValid());
}

void tst_StaleIndexes::mapToNothingInAFilter_data()
{
    QTest::addColumn<QString>("filterText");

    QTest::newRow("of all rows") << QString();
    QTest::newRow("of some rows") << QStringLiteral("ticks");
}

void tst_StaleIndexes::mapToNothingInAFilter()
{
    QFETCH(const QString, filterText);
    FakeSnapshotSource source;
    for (const QString &id : { QStringLiteral("a"), QStringLiteral("b") })
        source.setMetric(id, ticks(3));
    const auto filter = makeFilter<SnapshotModel>(&source, filterText);
    const auto &proxy = static_cast<const SnapshotFilterModel &>(*filter);
    const QAbstractItemModel &tree = *proxy.sourceModel();
    QTRY_COMPARE(filter->rowCount(), 2);
    const QModelIndex recorder = tree.index(0, 0);
    const QModelIndexList kept = QModelIndexList{ recorder } + allIndexes(tree, recorder);
    for (const QModelIndex &index : kept)
        QVERIFY(proxy.mapFromSource(index).isValid());

    source.removeRecorder(QStringLiteral("a"));
    QTRY_COMPARE(filter->rowCount(), 1);

    for (const QModelIndex &index : kept)
        QVERIFY(!proxy.mapFromSource(index).isValid());
}

QTEST_GUILESS_MAIN(tst_StaleIndexes)
#include "tst_staleindexes.moc"
