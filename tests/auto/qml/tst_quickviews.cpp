// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/qml/registerqmltypes.h>

#include <QQmlComponent>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

#include <memory>

using namespace Recorders;

// What the documentation shows, in a window of Qt Quick.
class tst_QuickViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void showTheViewOfTheReadme();
    void registerTheEventsOfTheReadme();
    void showAListByContextProperty();
    void survivesThatRecordersComeAndGo();
    void keepsItsItemsWhileRowsMove();
};

namespace {

struct Saved
{
};

// Of an item and all that is in it, from top to bottom.
QStringList textsOf(const QQuickItem *item)
{
    QStringList texts;
    const QString text = item->property("text").toString();
    if (!text.isEmpty())
        texts.append(text);
    for (const QQuickItem *child : item->childItems())
        texts += textsOf(child);
    return texts;
}

QQuickItem *itemCalled(QQuickItem *item, const QString &text)
{
    if (item->property("text") == text)
        return item;
    for (QQuickItem *child : item->childItems()) {
        if (QQuickItem *found = itemCalled(child, text))
            return found;
    }
    return nullptr;
}

class Fixture
{
public:
    Fixture()
        : runtime(QStringLiteral("app"))
    {
        runtime.start();
        storage = runtime.createRecorder(QStringLiteral("document_storage"));
        storage->registerMetric(counter<Saved>(QStringLiteral("saves")));
        ui = runtime.createRecorder(QStringLiteral("ui"));
        ui->registerMetric(counter<DynamicEvent>(QStringLiteral("ui.clicks"))
                                   .when(eventOfType(QStringLiteral("ui.button.clicked")))
                                   .by(textField(QStringLiteral("button"))));
        window.resize(400, 400);
    }
    ~Fixture() { delete root; }

    void show(QQmlComponent &component, const QVariantMap &properties = {})
    {
        QVERIFY2(component.isReady(), qPrintable(component.errorString()));
        root = qobject_cast<QQuickItem *>(component.createWithInitialProperties(properties));
        QVERIFY(root);
        root->setParentItem(window.contentItem());
        window.show();
    }
    void showReadme()
    {
        QQmlComponent component(&engine, QStringLiteral(README_VIEW));
        show(component, { { QStringLiteral("appRuntime"), QVariant::fromValue(&runtime) } });
    }

    MetricsRuntime runtime;
    std::shared_ptr<Recorder> storage;
    std::shared_ptr<Recorder> ui;
    QQmlEngine engine;
    QQuickWindow window;
    QQuickItem *root = nullptr;
};

} // namespace

void tst_QuickViews::initTestCase()
{
    registerQmlTypes();
}

void tst_QuickViews::init()
{
    QTest::failOnWarning(
            QRegularExpression(QStringLiteral("^(?!.*propagateSizeHints).*$"))); // of the platform
}

void tst_QuickViews::showTheViewOfTheReadme()
{
    Fixture fixture;
    fixture.showReadme();

    fixture.storage->registerEvent(Saved{});
    fixture.storage->registerEvent(Saved{});

    QTRY_VERIFY(textsOf(fixture.root).value(0).startsWith(u"2 saves, "));
    QTRY_COMPARE(textsOf(fixture.root).mid(2, 2), // after that of the row itself
                 QStringList({ QStringLiteral("saves total"), QStringLiteral("2") }));
}

void tst_QuickViews::registerTheEventsOfTheReadme()
{
    Fixture fixture;
    fixture.showReadme();
    QQuickItem *const button = itemCalled(fixture.root, QStringLiteral("Save"));
    QVERIFY(button);

    QVERIFY(QMetaObject::invokeMethod(button, "clicked"));

    const QList<MetricSnapshot> snapshots = fixture.ui->metricSnapshots();
    QCOMPARE(snapshots.constFirst().value(u"Save_total"), QVariant(1));
}

// Without a property, as in a program that sets "appRuntime" for all of its QML.
void tst_QuickViews::showAListByContextProperty()
{
    Fixture fixture;
    fixture.engine.rootContext()->setContextProperty(QStringLiteral("appRuntime"),
                                                     &fixture.runtime);
    QQmlComponent component(&fixture.engine);
    component.setData(R"(
        import QtQuick
        import QtQuick.Controls
        import Recorders
        ListView {
            id: list
            width: 300; height: 300
            model: RecorderSnapshotModel { runtime: appRuntime; entityId: "document_storage" }
            delegate: Row {
                required property string metric
                required property string dimension
                required property string text
                Label { text: `${parent.metric} ${parent.dimension}` }
                Label { text: parent.text }
            }
        })",
                      QUrl(QStringLiteral("list.qml")));
    fixture.show(component);

    fixture.storage->registerEvent(Saved{});

    QTRY_COMPARE(textsOf(fixture.root).mid(1), // after that of the row itself
                 QStringList({ QStringLiteral("saves total"), QStringLiteral("1") }));
}

void tst_QuickViews::survivesThatRecordersComeAndGo()
{
    Fixture fixture;
    QQmlComponent component(&fixture.engine);
    component.setData(R"(
        import QtQuick
        import Recorders
        ListView {
            id: list
            required property MetricsRuntime appRuntime
            width: 300; height: 300
            model: SnapshotFilterModel {
                filterText: "ticks"
                sourceModel: SnapshotTableModel { runtime: list.appRuntime; refreshInterval: 5 }
            }
            delegate: Text {
                id: row
                required property string entityId
                property MetricValue live: MetricValue {
                    runtime: list.appRuntime; refreshInterval: 5
                    entityId: row.entityId; metric: "ticks"
                }
                text: entityId + " " + live.text
            }
        })",
                      QUrl(QStringLiteral("churn.qml")));
    fixture.show(component,
                 { { QStringLiteral("appRuntime"), QVariant::fromValue(&fixture.runtime) } });

    for (int i = 0; i < 200; ++i) {
        const auto recorder = fixture.runtime.createRecorder(QString::number(i));
        recorder->registerMetric(counter<Saved>(QStringLiteral("ticks")));
        recorder->registerEvent(Saved{});
        if (i >= 5)
            fixture.runtime.removeRecorder(QString::number(i - 5));
        QCoreApplication::processEvents();
    }

    QTRY_COMPARE(
            textsOf(fixture.root),
            QStringList({ QStringLiteral("195 1"), QStringLiteral("196 1"), QStringLiteral("197 1"),
                          QStringLiteral("198 1"), QStringLiteral("199 1") }));
}

static constexpr char listOfTicks[] = R"(
        import QtQuick
        import Recorders
        ListView {
            id: list
            required property MetricsRuntime appRuntime
            property int created: 0
            width: 300; height: 300
            model: SnapshotFilterModel {
                filterText: "ticks"
                sortColumn: SnapshotTableModel.ValueColumn
                sortOrder: Qt.DescendingOrder
                sourceModel: SnapshotTableModel { runtime: list.appRuntime; refreshInterval: 5 }
            }
            delegate: Text {
                required property string entityId
                text: entityId
                Component.onCompleted: ++list.created
            }
        })";

void tst_QuickViews::keepsItsItemsWhileRowsMove()
{
    Fixture fixture;
    QList<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < 5; ++i) {
        recorders += fixture.runtime.createRecorder(QString::number(i));
        recorders.last()->registerMetric(counter<Saved>(QStringLiteral("ticks")));
        for (int event = i; event < 5; ++event)
            recorders.last()->registerEvent(Saved{});
    }
    QQmlComponent component(&fixture.engine);
    component.setData(listOfTicks, QUrl(QStringLiteral("moves.qml")));
    fixture.show(component,
                 { { QStringLiteral("appRuntime"), QVariant::fromValue(&fixture.runtime) } });
    QTRY_COMPARE(textsOf(fixture.root).join(u' '), QStringLiteral("0 1 2 3 4"));
    const QVariant created = fixture.root->property("created");
    fixture.root->setProperty("currentIndex", 1);
    const QVariant current = fixture.root->property("currentItem");

    for (int event = 0; event < 10; ++event)
        recorders.last()->registerEvent(Saved{});

    QTRY_COMPARE(fixture.root->property("currentIndex"), QVariant(2));
    QCOMPARE(fixture.root->property("currentItem"), current);
    QCOMPARE(fixture.root->property("created"), created);
}

QTEST_MAIN(tst_QuickViews)
#include "tst_quickviews.moc"
