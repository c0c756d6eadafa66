// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "quickmodelsfixture.h"
#include "shared/fakesnapshotsource.h"
#include "shared/handclock.h"

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/qml/registerqmltypes.h>

#include <QAbstractItemModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace Recorders;
using namespace std::chrono_literals;
using namespace Testing;

// The models of QML in views of Qt Quick.
class tst_QuickModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void bindEachRole_data();
    void bindEachRole();
    void tellWhatKindOfRowItIs();
    void haveNumbersOnlyWhereTheyAreExact();
    void evaluateABindingToAValueThatIsEqual();
    void knowNoRowThatHasGone();
};

namespace {

const QByteArray roles = R"(
    delegate: Item {
        width: 100
        height: 20
        required property string entityId
        required property string metric
        required property string dimension
        required property var value
        required property string text
        required property string exactText
        required property string unit
        required property int kind
        required property var rate
        required property string rateText
        required property int state
        required property string errorText
        required property string description
        required property int nodeType
        required property var pending
        required property var dropped
        required property var registered
        required property var handled
        property string counts: [pending, dropped, registered, handled].join("|")
        property string line: [entityId, metric, dimension, value, text, exactText, unit,
            kind === Recorders.MetricKind.Counter, rate, rateText,
            state === Recorders.MetricState.Active, errorText, description,
            nodeType === SnapshotModel.NodeType.Dimension].join("|")
    }
)";

} // namespace

void tst_QuickModels::initTestCase()
{
    registerQmlTypes();
}

void tst_QuickModels::init()
{
    QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!.*propagateSizeHints).*$"))); // of the platform
}

void tst_QuickModels::bindEachRole_data()
{
    QTest::addColumn<QByteArray>("model");

    QTest::newRow("of one recorder")
            << QByteArray("RecorderSnapshotModel { source: view.source; entityId: 'a'; "
                          "refreshInterval: 1 }");
    QTest::newRow("of all") << QByteArray(
            "SnapshotTableModel { source: view.source; refreshInterval: 1 }");
    QTest::newRow("filtered") << QByteArray(
            "SnapshotFilterModel { filterText: 'bytes'; sourceModel: SnapshotTableModel { source: "
            "view.source; refreshInterval: 1 } }");
}

void tst_QuickModels::bindEachRole()
{
    QFETCH(const QByteArray, model);
    const Testing::HandClock clock; // stands still, so that the rate does not decay
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), bytes(0));
    View view(&source,
              "ListView { id: view; required property SnapshotSource source\n" + roles
                      + "model: " + model + " }");
    QTRY_COMPARE(view.evaluate(QStringLiteral("itemAtIndex(0) && itemAtIndex(0).line")).toString(),
                 QStringLiteral("a|bytes|total|0|0|0|By|true|0|0 /s|true||What was received|true"));

    source.advance(1s);
    source.setMetric(QStringLiteral("a"), bytes(2048));
    QTRY_COMPARE(view.evaluate(QStringLiteral("itemAtIndex(0).line")).toString(),
                 QStringLiteral("a|bytes|total|2048|2.00 KiB|2048|By|true|2048|2.00 KiB/s|true||"
                                "What was received|true"));

    source.setMetric(QStringLiteral("a"),
                     bytes(2048).setState(MetricState::Quarantined, QStringLiteral("no disk")));
    QTRY_VERIFY(view.evaluate(QStringLiteral("itemAtIndex(0).line"))
                        .toString()
                        .contains(QStringLiteral("|false|no disk|")));

    RecorderStatistics statistics;
    statistics.registered = 10;
    statistics.dropped = 2;
    statistics.handled = 7;
    statistics.pending = 1;
    source.setStatistics(QStringLiteral("a"), statistics);
    QTRY_COMPARE(view.evaluate(QStringLiteral("itemAtIndex(0).counts")).toString(),
                 QStringLiteral("1|2|10|7"));
}

void tst_QuickModels::tellWhatKindOfRowItIs()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), bytes(7));
    View view(&source, R"(Item {
        id: view
        required property SnapshotSource source
        SnapshotModel { id: tree; source: view.source }
        property int role: SnapshotModel.NodeTypeRole
        function typeOf(index) { return tree.data(index, role) }
        function types() {
            const recorder = tree.index(0, 0)
            const metric = tree.index(0, 0, recorder)
            return [recorder, metric, tree.index(0, 0, metric)].map(typeOf).join()
        }
    })");
    QTRY_COMPARE(view.evaluate(QStringLiteral("tree.rowCount()")).toInt(), 1);

    QCOMPARE(view.evaluate(QStringLiteral("types()")).toString(), QStringLiteral("0,1,2"));
}

void tst_QuickModels::haveNumbersOnlyWhereTheyAreExact()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), bytes(std::numeric_limits<quint64>::max()));
    View view(&source, R"(ListView {
        id: view
        required property SnapshotSource source
        model: SnapshotTableModel { source: view.source; refreshInterval: 1 }
        delegate: Text { required property var model; text: typeof model.value + model.value }
    })");
    QTRY_COMPARE(view.evaluate(QStringLiteral("itemAtIndex(0) && itemAtIndex(0).text")).toString(),
                 QStringLiteral("string18446744073709551615"));

    source.setMetric(QStringLiteral("a"), bytes(quint64(7)));
    QTRY_COMPARE(view.evaluate(QStringLiteral("itemAtIndex(0).text")).toString(),
                 QStringLiteral("number7"));
}

// Since a change always names its roles, and that of the value is among them.
void tst_QuickModels::evaluateABindingToAValueThatIsEqual()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), bytes(7));
    View view(&source, R"(ListView {
        id: view
        required property SnapshotSource source
        property var evaluations: ({ count: 0 })
        model: SnapshotTableModel { source: view.source; refreshInterval: 1 }
        delegate: Text {
            required property var model
            text: { ++view.evaluations.count; return model.value }
        }
    })");
    QTRY_COMPARE(view.evaluate(QStringLiteral("itemAtIndex(0) && itemAtIndex(0).text")).toString(),
                 QStringLiteral("7"));
    const int evaluations = view.evaluate(QStringLiteral("evaluations.count")).toInt();
    QSignalSpy changed(view.model(QStringLiteral("model")), &QAbstractItemModel::dataChanged);

    source.setMetric(QStringLiteral("a"), bytes(7).setDescription(QStringLiteral("The same")));
    QTRY_VERIFY(!changed.isEmpty());

    QCOMPARE(view.evaluate(QStringLiteral("evaluations.count")).toInt(), evaluations + 1);
    for (const QList<QVariant> &arguments : changed)
        QVERIFY(!arguments.at(2).value<QList<int>>().isEmpty());
}

// JavaScript may keep an index for as long as it likes.
void tst_QuickModels::knowNoRowThatHasGone()
{
    FakeSnapshotSource source;
    source.setMetric(QStringLiteral("a"), bytes(7));
    View view(&source, R"(Item {
        id: view
        required property SnapshotSource source
        SnapshotModel { id: tree; source: view.source }
        SnapshotTableModel { id: table; source: view.source }
        SnapshotFilterModel { id: filter; sourceModel: tree }
        property var kept: []
        function keep() {
            const below = model => model.index(0, 0, model.index(0, 0))
            kept = [tree.index(0, 0), below(tree), table.index(0, 0), filter.index(0, 0), below(filter)]
        }
        function known() {
            return [tree, table, filter].map(model => kept.filter(index => model.rowCount(index) > 0
                || model.data(index) !== undefined || model.parent(index).valid).length).join()
        }
    })");
    QTRY_COMPARE(view.evaluate(QStringLiteral("tree.rowCount() + table.rowCount()")).toInt(), 2);
    view.evaluate(QStringLiteral("keep()"));
    QCOMPARE(view.evaluate(QStringLiteral("known()")).toString(), QStringLiteral("2,1,2"));

    source.removeRecorder(QStringLiteral("a"));
    QTRY_COMPARE(view.evaluate(QStringLiteral("tree.rowCount() + table.rowCount()")).toInt(), 0);

    QCOMPARE(view.evaluate(QStringLiteral("known()")).toString(), QStringLiteral("0,0,0"));
}

QTEST_MAIN(tst_QuickModels)
#include "tst_quickmodels.moc"
