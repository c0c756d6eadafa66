// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "quickmodelsfixture.h"
#include "shared/fakesnapshotsource.h"

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/qml/registerqmltypes.h>

#include <QAbstractItemModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// The models in all kinds of views, while their rows come and go.
class tst_QuickModels_Views : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void compareWithAMarkUntilItIsUndefined();

    void areShownByAllViewsAtOnce();
    void showRecordersThatComeEndAndComeBack();
    void keepThePlaceOfAList();
    void showTenThousandRows();
    void followWhatTheyAreSetTo();
    void bearWhatHandlersDo();
};

namespace {

// All that is said of rows, but that nothing is as it was.
struct Upheavals
{
    explicit Upheavals(QAbstractItemModel *model)
        : resets(model, &QAbstractItemModel::modelReset)
        , layouts(model, &QAbstractItemModel::layoutChanged)
    {
    }
    qsizetype count() const { return resets.size() + layouts.size(); }

    QSignalSpy resets;
    QSignalSpy layouts;
};

} // namespace

void tst_QuickModels_Views::initTestCase()
{
    registerQmlTypes();
}

void tst_QuickModels_Views::init()
{
    QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!.*propagateSizeHints).*$"))); // of the platform
}

static const QByteArray viewsScene = R"(Item {
    id: view
    required property SnapshotSource source
    SnapshotTableModel { id: table; source: view.source; refreshInterval: 1 }
    SnapshotModel { id: tree; source: view.source; refreshInterval: 1 }
    ListView {
        id: list
        width: 100; height: 100
        model: table
        delegate: Text { required property string entityId; text: entityId }
    }
    ListView {
        id: filtered
        y: 200; width: 100; height: 100
        model: SnapshotFilterModel { sourceModel: table; filterText: "bytes" }
        delegate: Text { required property string entityId; text: entityId }
    }
    TableView {
        id: cells
        y: 100; width: 100; height: 100
        model: table
        delegate: Item {
            required property string display
            implicitWidth: 20; implicitHeight: 20
        }
    }
    TreeView {
        id: branches
        x: 100; width: 100; height: 300
        model: tree
        delegate: Item {
            required property TreeView treeView
            required property bool isTreeNode
            required property bool expanded
            required property int hasChildren
            required property int depth
            required property string display
            implicitWidth: 100; implicitHeight: 20
        }
    }
})";

void tst_QuickModels_Views::compareWithAMarkUntilItIsUndefined()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), bytes(7));
    View view(&source, R"(Item {
        id: view
        required property SnapshotSource source
        property var tree: SnapshotModel { source: view.source }
        property var table: SnapshotTableModel { source: view.source }
        property bool isComparing: !tree.mark.null && !table.mark.null
    })");
    QTRY_COMPARE(view.evaluate(QStringLiteral("tree.rowCount() + table.rowCount()")).toInt(), 2);

    view.evaluate(QStringLiteral("tree.mark = tree.newMark(); table.mark = table.newMark()"));
    QCOMPARE(view.evaluate(QStringLiteral("isComparing")), QVariant(true));

    view.evaluate(QStringLiteral("tree.mark = undefined; table.mark = undefined"));
    QCOMPARE(view.evaluate(QStringLiteral("tree.mark.null && table.mark.null")), QVariant(true));
}

void tst_QuickModels_Views::areShownByAllViewsAtOnce()
{
    FakeSnapshotSource source;
    for (const char16_t *id : { u"a", u"b", u"c" })
        source.setMetric(QString::fromUtf16(id), bytes(7));
    View view(&source, viewsScene);
    const auto rows = [&view] {
        return view
                .evaluate(QStringLiteral("[list.count, filtered.count, cells.rows, "
                                         "branches.rows].join()"))
                .toString();
    };
    QTRY_COMPARE(rows(), QStringLiteral("3,3,3,3"));
    Upheavals ofTable(view.model(QStringLiteral("table")));
    Upheavals ofTree(view.model(QStringLiteral("tree")));
    Upheavals ofFilter(view.model(QStringLiteral("filtered.model")));

    view.evaluate(QStringLiteral("branches.expand(0)"));
    view.evaluate(QStringLiteral("branches.expand(1)"));
    QTRY_COMPARE(rows(), QStringLiteral("3,3,3,5")); // a, its metric, the dimension, b, c
    for (int i = 0; i < 20; ++i) {
        source.setMetric(QStringLiteral("a"), bytes(i).add(QString::number(i), i));
        source.setMetric(QString::number(i), bytes(i));
        if (i > 2)
            source.removeRecorder(QString::number(i - 2));
        const int requests = source.requestCount();
        QTRY_VERIFY(source.requestCount() > requests);
    }
    source.removeMetric(QStringLiteral("a"), QStringLiteral("bytes"));
    source.setMetric(QStringLiteral("a"), bytes(1));

    QTRY_COMPARE(rows(), QStringLiteral("6,6,6,8")); // what was expanded is
    QCOMPARE(ofTable.count() + ofTree.count() + ofFilter.count(), 0);
}

void tst_QuickModels_Views::showRecordersThatComeEndAndComeBack()
{
    FakeSnapshotSource source;
    View view(&source, R"(ListView {
        id: view
        required property SnapshotSource source
        model: RecorderSnapshotModel {
            source: view.source; entityId: "a"; refreshInterval: 1
        }
        property string shown: `${count} ${model.available} ${model.errorString}`
        delegate: Item { required property string text }
    })");
    const auto shown = [&view] {
        return view.root->property("shown").toString();
    };
    const QString none = QStringLiteral("0 false \"fake\" has no recorder \"a\"");
    QTRY_COMPARE(shown(), none);
    Upheavals upheavals(view.model(QStringLiteral("model")));

    for (int i = 0; i < 3; ++i) {
        source.setMetric(QStringLiteral("a"), bytes(i));
        QTRY_COMPARE(shown(), QStringLiteral("1 true "));
        source.removeRecorder(QStringLiteral("a"));
        QTRY_COMPARE(shown(), none);
    }
    source.setMetric(QStringLiteral("a"), bytes(7));
    QTRY_COMPARE(shown(), QStringLiteral("1 true "));
    source.setState(RuntimeState::Stopped);
    QTRY_COMPARE(shown(), QStringLiteral("1 true \"fake\" has ended")); // what it showed stays

    QCOMPARE(upheavals.count(), 0);
}

// Rows come and go above what is looked at, and all values change.
void tst_QuickModels_Views::keepThePlaceOfAList()
{
    FakeSnapshotSource source;
    for (int i = 100; i < 200; ++i)
        source.setMetric(QString::number(i), bytes(i));
    View view(&source, R"(ListView {
        id: view
        required property SnapshotSource source
        property int created: 0
        property string current: currentItem ? currentItem.entityId : ""
        model: SnapshotFilterModel {
            filterText: "bytes"
            sourceModel: SnapshotTableModel { source: view.source; refreshInterval: 1 }
        }
        delegate: Text {
            required property string entityId
            height: 20
            text: entityId
            Component.onCompleted: ++view.created
        }
    })");
    QTRY_COMPARE(view.evaluate(QStringLiteral("count")).toInt(), 100);
    view.evaluate(QStringLiteral("currentIndex = 50; positionViewAtIndex(50, ListView.Center)"));
    QTRY_COMPARE(view.root->property("current").toString(), QStringLiteral("150"));
    const double y = view.evaluate(QStringLiteral("contentY")).toDouble();
    QVERIFY(y > 0);
    const int created = view.root->property("created").toInt();

    for (int i = 100; i < 200; ++i)
        source.setMetric(QString::number(i), bytes(1000 - i));
    source.setMetric(QStringLiteral("99"), bytes(1));
    source.removeRecorder(QStringLiteral("102"));
    source.removeRecorder(QStringLiteral("103"));
    QTRY_COMPARE(view.evaluate(QStringLiteral("count")).toInt(), 99);

    QCOMPARE(view.root->property("current").toString(), QStringLiteral("150"));
    QVERIFY(view.evaluate(QStringLiteral("contentY")).toDouble() > y - 100);
    QVERIFY(view.root->property("created").toInt() - created < 10); // not all anew
}

void tst_QuickModels_Views::showTenThousandRows()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 1000; ++i) {
        MetricSnapshot snapshot(QStringLiteral("bytes"));
        for (int dimension = 0; dimension < 10; ++dimension)
            snapshot.add(QString::number(dimension), i);
        source.setMetric(QString::number(i), snapshot);
    }
    View view(&source, viewsScene);
    QTRY_COMPARE(view.evaluate(QStringLiteral("[list.count, filtered.count, cells.rows, "
                                              "branches.rows].join()"))
                         .toString(),
                 QStringLiteral("10000,10000,10000,1000"));
    QVERIFY(view.evaluate(QStringLiteral("list.contentItem.children.length")).toInt() < 100);

    source.setMetric(QStringLiteral("999"),
                     MetricSnapshot(QStringLiteral("bytes")).add(QStringLiteral("0"), -1));

    QTRY_COMPARE(view.evaluate(QStringLiteral("list.count")).toInt(), 9991);
}

void tst_QuickModels_Views::followWhatTheyAreSetTo()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), bytes(1));
    source.setMetric(QStringLiteral("b"), bytes(2).add(QStringLiteral("other"), 3));
    FakeSnapshotSource other(QStringLiteral("other"));
    other.setMetric(QStringLiteral("b"), bytes(4));
    View view(&source, R"(ListView {
        id: view
        required property SnapshotSource source
        property string entityId: "a"
        model: RecorderSnapshotModel {
            source: view.source; entityId: view.entityId; refreshInterval: 1
        }
        delegate: Text { required property string exactText; text: exactText }
        function shown() {
            let texts = []
            for (let i = 0; i < count; ++i)
                texts.push(itemAtIndex(i) ? itemAtIndex(i).text : "")
            return texts.join()
        }
    })");
    const auto shown = [&view] {
        return view.evaluate(QStringLiteral("shown()")).toString();
    };
    QTRY_COMPARE(shown(), QStringLiteral("1"));

    view.root->setProperty("entityId", QStringLiteral("b"));
    QTRY_COMPARE(shown(), QStringLiteral("2,3"));
    view.root->setProperty("source", QVariant::fromValue<SnapshotSource *>(&other));
    QTRY_COMPARE(shown(), QStringLiteral("4"));
    view.evaluate(QStringLiteral("source = null"));
    QTRY_COMPARE(shown(), QString());
    view.root->setProperty("source", QVariant::fromValue<SnapshotSource *>(&source));
    QTRY_COMPARE(shown(), QStringLiteral("2,3"));
    view.root->setProperty("entityId", QString());
    QTRY_COMPARE(shown(), QString());
}

// A handler that changes what is shown, while it is told of what is shown.
void tst_QuickModels_Views::bearWhatHandlersDo()
{
    FakeSnapshotSource source;
    for (int i = 0; i < 30; ++i)
        source.setMetric(QString::number(i), bytes(i));
    View view(&source, R"(ListView {
        id: view
        required property SnapshotSource source
        property int handled: 0
        model: SnapshotFilterModel {
            id: filter
            filterText: "1"
            sourceModel: SnapshotTableModel { id: table; source: view.source; refreshInterval: 1 }
        }
        delegate: Text { required property string entityId; text: entityId }
        onCountChanged: {
            ++handled
            filter.filterText = handled % 2 ? "2" : ""
            filter.sortOrder = handled % 2 ? Qt.AscendingOrder : Qt.DescendingOrder
        }
        Connections {
            target: filter
            function onRowsRemoved() { filter.filterText = ""; filter.sortColumn = handled % 3 }
            function onRowsInserted() { table.keepRemoved = !table.keepRemoved }
        }
    })");

    for (int i = 0; i < 30; ++i) {
        source.removeRecorder(QString::number(i));
        source.setMetric(QString::number(100 + i), bytes(i));
        source.setMetric(QString::number(200 + i), bytes(i));
        const int requests = source.requestCount();
        QTRY_VERIFY(source.requestCount() > requests);
    }

    QTRY_VERIFY(view.root->property("handled").toInt() > 2);
}

QTEST_MAIN(tst_QuickModels_Views)
#include "tst_quickmodels_views.moc"
