// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "connectionevents.h"
#include "connectionmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/qml/registerqmltypes.h>

#include <QAccessible>
#include <QGuiApplication>
#include <QPalette>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>

#include <algorithm>

using namespace Recorders;

// The window of the example qmldashboard, over recorders that do what the test tells them to.
class tst_DashboardWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    // the list of connections
    void sortsByAColumn_data();
    void sortsByAColumn();
    void sortsByKeyboard();
    void registersThatAConnectionIsSelected();
    void selectsByKeyboard();

    // the panel beside it
    void followsTheNewestConnectionUntilOneIsSelected();
    void keepsTheValuesOfAConnectionThatCloses();
    void opensTheTreeByClick();
    void opensTheTreeByKeyboard();

    // how it looks
    void cutsNoTextOff_data();
    void cutsNoTextOff();
    void isAsDarkAsTheDesktop();
    void hasASwitchForDark();
    void saysWhatIsMissing();
    void namesWhatTheTabKeyStopsAt();
};

namespace {

using Items = QList<QQuickItem *>;

// What is shown of an item's own kind in an item, from top to bottom.
Items itemsOf(QQuickItem *item, const char *type)
{
    Items items;
    const auto children = item->childItems();
    for (QQuickItem *child : children) {
        if (!child->isVisible())
            continue;
        const QByteArray name = child->metaObject()->className();
        if (name.startsWith(QByteArray(QByteArray(type) + "_QMLTYPE")) || child->inherits(type))
            items.append(child);
        items += itemsOf(child, type);
    }
    std::stable_sort(items.begin(), items.end(), [](const QQuickItem *a, const QQuickItem *b) {
        return a->mapToScene({}).y() < b->mapToScene({}).y();
    });
    return items;
}

QStringList valuesOf(const Items &items, const char *property)
{
    QStringList values;
    for (const QQuickItem *item : items)
        values.append(item->property(property).toString());
    return values;
}

class Fixture
{
public:
    Fixture()
    {
        runtime.start();
        dashboard = runtime.createRecorder(QStringLiteral("dashboard"));
        dashboard->registerMetric(counter<DynamicEvent>(QStringLiteral("selections"))
                                          .by(textField(QStringLiteral("connection"))));
        registerConnectionMetrics(runtime.createRecorder(QStringLiteral("pool")).get());
        engine.setInitialProperties(
                { { QStringLiteral("appRuntime"), QVariant::fromValue(&runtime) } });
        engine.load(QUrl::fromLocalFile(QStringLiteral(WINDOW)));
        window = qobject_cast<QQuickWindow *>(engine.rootObjects().value(0));
        // Before that nothing has its place.
        if (!QTest::qWaitForWindowExposed(window))
            qFatal("The window is not shown");
    }

    void addConnection(const QString &id, qint64 bytes)
    {
        const auto recorder = runtime.createRecorder(id);
        registerConnectionMetrics(recorder.get());
        recorder->registerEvent(BytesMoved{ bytes, 0 });
    }
    void addConnections()
    {
        addConnection(QStringLiteral("connection-001"), 20);
        addConnection(QStringLiteral("connection-002"), 30);
        addConnection(QStringLiteral("connection-003"), 10);
    }

    Items items(const char *type) const { return itemsOf(window->contentItem(), type); }
    QQuickItem *item(const char *type, const char *property, const QString &value) const
    {
        const Items all = items(type);
        const auto it = std::find_if(all.cbegin(), all.cend(), [&](const QQuickItem *candidate) {
            return candidate->property(property) == value;
        });
        return it == all.cend() ? nullptr : *it;
    }
    QString connections() const // the last letter of each
    {
        QString letters;
        for (const QString &id : valuesOf(items("ConnectionRow"), "entityId"))
            letters.append(id.back());
        return letters;
    }
    QQuickItem *node(int row) const // of the tree
    {
        QQuickItem *node = nullptr;
        QMetaObject::invokeMethod(items("RecorderTree").constFirst(), "itemAtCell",
                                  Q_RETURN_ARG(QQuickItem *, node), Q_ARG(QPoint, QPoint(0, row)));
        return node;
    }
    QString nodes() const
    {
        Items nodes;
        while (QQuickItem *next = node(static_cast<int>(nodes.size())))
            nodes.append(next);
        return valuesOf(nodes, "display").join(u' ');
    }
    QVariant selectionCount(const QString &id) const
    {
        return dashboard->metricSnapshots().constFirst().value(QString(id + u"_total"));
    }

    void click(const QQuickItem *item) const
    {
        QVERIFY(item);
        QTest::mouseClick(window, Qt::LeftButton, {},
                          item->mapToScene({ item->width() / 2, item->height() / 2 }).toPoint());
    }
    void press(Qt::Key key) const { QTest::keyClick(window, key); }

    MetricsRuntime runtime{ QStringLiteral("app") };
    std::shared_ptr<Recorder> dashboard;
    QQmlApplicationEngine engine;
    QQuickWindow *window = nullptr;
};

} // namespace

void tst_DashboardWindow::initTestCase()
{
    registerQmlTypes();
    QAccessible::setActive(true);
}

void tst_DashboardWindow::init()
{
    // Two that Qt gives by itself: the platform offscreen, and Qt Quick when a scroll bar that waits
    // to fade out goes while another one begins to wait (Qt 6.4.2; it has no effect).
    QTest::failOnWarning(QRegularExpression(
            QStringLiteral("^(?!.*propagateSizeHints|QUnifiedTimer::stopAnimationDriver).*$")));
}

void tst_DashboardWindow::cleanup()
{
    QGuiApplication::setPalette(QPalette());
}

void tst_DashboardWindow::sortsByAColumn_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("afterOneClick");
    QTest::addColumn<QString>("afterTwo");

    QTest::newRow("names, in order already") << "Connection"
                                             << "321"
                                             << "123";
    QTest::newRow("bytes, the most first") << "Received"
                                           << "213"
                                           << "312";
}

void tst_DashboardWindow::sortsByAColumn()
{
    QFETCH(const QString, title);
    QFETCH(const QString, afterOneClick);
    QFETCH(const QString, afterTwo);
    Fixture fixture;
    fixture.addConnections();
    QTRY_COMPARE(fixture.connections(), QStringLiteral("123"));

    fixture.click(fixture.item("ColumnTitle", "text", title));
    QTRY_COMPARE(fixture.connections(), afterOneClick);
    fixture.click(fixture.item("ColumnTitle", "text", title));
    QTRY_COMPARE(fixture.connections(), afterTwo);
}

void tst_DashboardWindow::sortsByKeyboard()
{
    Fixture fixture;
    fixture.addConnections();
    QTRY_COMPARE(fixture.connections(), QStringLiteral("123"));

    fixture.press(Qt::Key_Tab); // to "Connection", the first of all
    fixture.press(Qt::Key_Space);

    QTRY_COMPARE(fixture.connections(), QStringLiteral("321"));
}

void tst_DashboardWindow::registersThatAConnectionIsSelected()
{
    Fixture fixture;
    fixture.addConnections();
    QTRY_COMPARE(fixture.connections(), QStringLiteral("123"));
    const QString id = QStringLiteral("connection-002");

    fixture.click(fixture.item("ConnectionRow", "entityId", id));

    QTRY_COMPARE(fixture.selectionCount(id), QVariant(1));
    QCOMPARE(fixture.window->property("selectedId"), id);
}

void tst_DashboardWindow::selectsByKeyboard()
{
    Fixture fixture;
    fixture.addConnections();
    QTRY_COMPARE(fixture.connections(), QStringLiteral("123"));
    fixture.items("ConnectionList").constFirst()->forceActiveFocus(Qt::TabFocusReason);

    fixture.press(Qt::Key_Down);
    QCOMPARE(fixture.window->property("selectedId"), QStringLiteral("connection-002"));
    fixture.press(Qt::Key_Up);
    QCOMPARE(fixture.window->property("selectedId"), QStringLiteral("connection-001"));
}

void tst_DashboardWindow::followsTheNewestConnectionUntilOneIsSelected()
{
    Fixture fixture;
    fixture.addConnections();
    QTRY_COMPARE(fixture.window->property("shownId"), QStringLiteral("connection-003"));
    QTRY_COMPARE(fixture.connections(), QStringLiteral("123"));

    fixture.click(fixture.items("ConnectionRow").constFirst());
    fixture.addConnection(QStringLiteral("connection-004"), 40);
    QTRY_COMPARE(fixture.connections(), QStringLiteral("1234"));
    QCOMPARE(fixture.window->property("shownId"), QStringLiteral("connection-001"));

    fixture.click(fixture.item("Toggle", "text", QStringLiteral("Follow the newest")));
    QCOMPARE(fixture.window->property("shownId"), QStringLiteral("connection-004"));
}

void tst_DashboardWindow::keepsTheValuesOfAConnectionThatCloses()
{
    Fixture fixture;
    fixture.addConnections();
    QTRY_COMPARE(fixture.connections(), QStringLiteral("123"));
    fixture.click(fixture.items("ConnectionRow").constFirst());
    QTRY_COMPARE(valuesOf(fixture.items("ValueRow"), "text").value(0), QStringLiteral("20 B"));

    fixture.runtime.removeRecorder(QStringLiteral("connection-001"));

    QTRY_COMPARE(valuesOf(fixture.items("ValueRow"), "removed").value(0), QStringLiteral("true"));
    QCOMPARE(valuesOf(fixture.items("ValueRow"), "text").value(0), QStringLiteral("20 B"));
}

void tst_DashboardWindow::opensTheTreeByClick()
{
    Fixture fixture;
    fixture.click(fixture.item("PanelTab", "text", QStringLiteral("All recorders")));
    QTRY_COMPARE(fixture.nodes(), QStringLiteral("dashboard pool"));

    fixture.click(fixture.node(0));
    QTRY_COMPARE(fixture.nodes(), QStringLiteral("dashboard selections pool"));
    fixture.click(fixture.node(0));
    QTRY_COMPARE(fixture.nodes(), QStringLiteral("dashboard pool"));
}

void tst_DashboardWindow::opensTheTreeByKeyboard()
{
    Fixture fixture;
    fixture.click(fixture.item("PanelTab", "text", QStringLiteral("All recorders")));
    QTRY_COMPARE(fixture.nodes(), QStringLiteral("dashboard pool"));
    fixture.items("RecorderTree").constFirst()->forceActiveFocus(Qt::TabFocusReason);

    fixture.press(Qt::Key_Right);
    QTRY_COMPARE(fixture.nodes(), QStringLiteral("dashboard selections pool"));
    fixture.press(Qt::Key_Down);
    fixture.press(Qt::Key_Space);
    QTRY_COMPARE(fixture.nodes(), QStringLiteral("dashboard selections total pool"));
    fixture.press(Qt::Key_Up);
    fixture.press(Qt::Key_Left);
    QTRY_COMPARE(fixture.nodes(), QStringLiteral("dashboard pool"));
}

void tst_DashboardWindow::cutsNoTextOff_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("tab");

    QTest::newRow("values") << QSize(1080, 720) << "connection-003";
    QTest::newRow("tree") << QSize(1080, 720) << "All recorders";
    QTest::newRow("values, smallest window") << QSize(640, 560) << "connection-003";
    QTest::newRow("tree, smallest window") << QSize(640, 560) << "All recorders";
}

void tst_DashboardWindow::cutsNoTextOff()
{
    QFETCH(const QSize, size);
    QFETCH(const QString, tab);
    Fixture fixture;
    fixture.addConnections();
    fixture.window->resize(size);
    QTRY_COMPARE(fixture.connections(), QStringLiteral("123"));
    fixture.click(fixture.item("PanelTab", "text", tab));
    QTRY_VERIFY(!fixture.items("TreeRow").isEmpty() || !fixture.items("ValueRow").isEmpty());
    for (const QQuickItem *node : fixture.items("TreeRow").mid(0, 1))
        fixture.click(node);
    fixture.window->grabWindow(); // lays out

    const Items texts = fixture.items("QQuickText");
    QCOMPARE_GT(texts.size(), 20);
    for (const QQuickItem *text : texts) {
        QVERIFY2(!text->property("truncated").toBool(),
                 qPrintable(text->property("text").toString()));
        QVERIFY2(text->property("contentWidth").toReal() <= text->width() + 0.5,
                 qPrintable(text->property("text").toString()));
    }
}

void tst_DashboardWindow::isAsDarkAsTheDesktop()
{
    Fixture fixture;
    QCOMPARE_GT(fixture.window->color().lightness(), 200);

    QGuiApplication::setPalette(QPalette(QColor(30, 30, 30)));

    QTRY_COMPARE_LT(fixture.window->color().lightness(), 50);
    QCOMPARE(fixture.window->grabWindow().pixelColor(2, 2), fixture.window->color());
}

void tst_DashboardWindow::hasASwitchForDark()
{
    Fixture fixture;
    QVERIFY(QTest::qWaitForWindowExposed(fixture.window));

    fixture.click(fixture.item("Toggle", "text", QStringLiteral("Dark")));

    QCOMPARE_LT(fixture.window->color().lightness(), 50);
}

void tst_DashboardWindow::saysWhatIsMissing()
{
    Fixture fixture;

    QTRY_VERIFY(fixture.item("QQuickText", "text", QStringLiteral("No connection is open")));
    fixture.runtime.shutdown();
    QTRY_VERIFY(fixture.item("QQuickText", "text", QStringLiteral("app has ended")));
}

void tst_DashboardWindow::namesWhatTheTabKeyStopsAt()
{
    Fixture fixture;
    QVERIFY(QTest::qWaitForWindowExposed(fixture.window));
    QStringList names;

    for (int stop = 0; stop < 10; ++stop) {
        fixture.press(Qt::Key_Tab);
        QAccessibleInterface *stopped =
                QAccessible::queryAccessibleInterface(fixture.window->activeFocusItem());
        names.append(stopped ? stopped->text(QAccessible::Name) : QString());
    }

    QVERIFY2(!names.contains(QString()), qPrintable(names.join(u'|')));
    QVERIFY2(names.contains(QStringLiteral("Sort by: Rate")), qPrintable(names.join(u'|')));
}

QTEST_MAIN(tst_DashboardWindow)
#include "tst_dashboardwindow.moc"
