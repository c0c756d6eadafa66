// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwidget.h>

#include "scene.h"
#include "screenreader.h"
#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>
#include <QTreeWidget>

#include <memory>

using namespace Recorders;
using Testing::Scene;

namespace {

QString spoken(QWidget *widget)
{
    const QAccessibleInterface *access = QAccessible::queryAccessibleInterface(widget);
    return access ? access->text(QAccessible::Name) : QString();
}

QString describe(const QWidget &widget)
{
    return QString(QLatin1String(widget.metaObject()->className()) + u' ' + widget.objectName());
}

// All that is in menus, submenus included.
void addActions(const QList<QAction *> &actions, QList<QAction *> *all)
{
    for (QAction *action : actions) {
        if (action->menu())
            addActions(action->menu()->actions(), all);
        else if (!action->isSeparator())
            all->append(action);
    }
}

// Which changes of values a screen reader is told of, by the view that tells.
QHash<const QObject *, QStringList> told;

void noteChange(QAccessibleEvent *event)
{
    if (event->type() != QAccessible::TableModelChanged)
        return;
    const auto *change = static_cast<QAccessibleTableModelChangeEvent *>(event);
    told[event->object()] += QStringLiteral("%1: %2, %3 to %4, %5")
                                     .arg(int(change->modelChangeType()))
                                     .arg(change->firstRow())
                                     .arg(change->firstColumn())
                                     .arg(change->lastRow())
                                     .arg(change->lastColumn());
}

} // namespace

// For those who do not see it, or use no mouse.
class tst_InspectorAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void namesAllControls_data();
    void namesAllControls();
    void tellsNamesAndValuesWithUnits_data();
    void tellsNamesAndValuesWithUnits();
    void tellsOfChangesLikeAnyView();
    void sumsUpThePlot();
    void reachesAllPanesWithTab();
    void goesBackWithShiftTab();
    void goesToEachPaneByKey();
    void showsWhereTheKeyboardIs();

    void hasAShortcutForEveryAction();
    void listsEveryShortcut();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorAccess::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorAccess::namesAllControls_data()
{
    QTest::addColumn<int>("scene");

    for (const int scene : { Scene::NoRuntime, Scene::NothingMatches, Scene::Rows, Scene::Table })
        QTest::newRow(qPrintable(Scene::names().at(scene))) << scene;
}

void tst_InspectorAccess::namesAllControls()
{
    QFETCH(const int, scene);
    Scene shown{ Scene::Kind(scene) };
    shown.show({ 1280, 800 });

    int count = 0;
    const auto widgets = shown.window().findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy())
            continue;
        ++count;
        QVERIFY2(!spoken(widget).isEmpty(), qPrintable(describe(*widget)));
    }
    QVERIFY(count > 5);
}

void tst_InspectorAccess::tellsNamesAndValuesWithUnits_data()
{
    QTest::addColumn<int>("scene");
    QTest::addColumn<QString>("view");
    QTest::addColumn<QStringList>("texts");

    QTest::newRow("tree") << int(Scene::Rows) << QStringLiteral("tree")
                          << QStringList{ QStringLiteral("bytes received"),
                                          QStringLiteral("804 KiB") };
    QTest::newRow("table") << int(Scene::Table) << QStringLiteral("table")
                           << QStringList{ QStringLiteral("connection-001"),
                                           QStringLiteral("628 KiB") };
    QTest::newRow("failed") << int(Scene::Problems) << QStringLiteral("tree")
                            << QStringList{ QStringLiteral("connection-001"),
                                            QStringLiteral("\u2715 failed: disk full") };
}

void tst_InspectorAccess::tellsNamesAndValuesWithUnits()
{
    QFETCH(const int, scene);
    QFETCH(const QString, view);
    QFETCH(const QStringList, texts);
    Scene shown{ Scene::Kind(scene) };
    shown.show({ 1280, 800 });

    QTreeView *tree = shown.view(qPrintable(view));
    QAccessibleInterface *access = QAccessible::queryAccessibleInterface(tree);
    QVERIFY(access && access->tableInterface());
    QStringList spokenTexts;
    for (int i = 0; i < access->childCount(); ++i)
        spokenTexts.append(access->child(i)->text(QAccessible::Name));

    for (const QString &text : texts)
        QVERIFY2(spokenTexts.contains(text), qPrintable(spokenTexts.join(u'|')));
}

void tst_InspectorAccess::tellsOfChangesLikeAnyView()
{
    if (!Testing::setScreenReader(true))
        QSKIP("the private headers of Qt are not there");
    const auto before = QAccessible::installUpdateHandler(noteChange);
    const auto leave = qScopeGuard([before] {
        QAccessible::installUpdateHandler(before);
        Testing::setScreenReader(false);
    });
    FakeSnapshotSource source;
    const auto change = [&source](int value) {
        for (const char *id : { "a", "b", "c" })
            source.setRecorder(QLatin1String(id),
                               { MetricSnapshot(QStringLiteral("number"))
                                         .add(QStringLiteral("value"), value) });
    };
    change(1);
    InspectorWindow window(&source);
    window.show();
    auto *tree = window.findChild<QTreeView *>(QStringLiteral("tree"));
    QTRY_COMPARE(tree->model()->rowCount(), 3);
    QTreeView stock;
    stock.setModel(tree->model());
    stock.expandAll();
    stock.show();
    QVERIFY(QTest::qWaitForWindowExposed(&stock));
    told.clear();

    change(2);

    QTRY_VERIFY(told[tree].size() >= 4); // the recorders, and the metric of each
    QTRY_COMPARE(told[tree], told[&stock]);
}

void tst_InspectorAccess::sumsUpThePlot()
{
    Scene scene(Scene::Rows);
    scene.show({ 1280, 800 });
    auto *plot = scene.window().findChild<QWidget *>(QStringLiteral("plot"));

    QVERIFY(!spoken(plot).isEmpty());
    QTRY_VERIFY2(plot->accessibleDescription().contains(QStringLiteral("last 804 KiB")),
                 qPrintable(plot->accessibleDescription()));
}

void tst_InspectorAccess::reachesAllPanesWithTab()
{
    Scene scene(Scene::Rows);
    scene.show({ 1280, 800 });

    QStringList reached;
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        reached.append(QApplication::focusWidget()->objectName());
    }

    for (const char *name :
         { "search", "treeButton", "rate", "menu", "tree", "plotWindow", "plot" })
        QVERIFY2(reached.contains(QLatin1String(name)), name);
}

void tst_InspectorAccess::goesBackWithShiftTab()
{
    Scene scene(Scene::Rows);
    scene.show({ 1280, 800 });
    scene.tree()->setFocus();
    QTest::keyClick(scene.tree(), Qt::Key_Tab);
    QVERIFY(!scene.tree()->hasFocus());

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab, Qt::ShiftModifier);

    QVERIFY(scene.tree()->hasFocus());
}

void tst_InspectorAccess::goesToEachPaneByKey()
{
    Scene scene(Scene::Problems);
    scene.show({ 1280, 800 });
    scene.tree()->setFocus();
    const auto goTo = [](Qt::Key key) {
        QTest::keyClick(QApplication::focusWidget(), key, Qt::ControlModifier);
    };
    const auto isIn = [&scene](const char *pane) {
        const auto *widget = scene.window().findChild<QWidget *>(QLatin1String(pane));
        const QWidget *focused = QApplication::focusWidget();
        return widget == focused || widget->isAncestorOf(focused);
    };

    goTo(Qt::Key_3);
    QVERIFY(isIn("tree")); // nothing is pinned
    scene.trigger("pin");
    goTo(Qt::Key_3);
    QVERIFY(isIn("pins"));
    goTo(Qt::Key_2);
    QVERIFY(isIn("detail"));
    goTo(Qt::Key_4);
    QVERIFY(isIn("summary"));
    goTo(Qt::Key_1);
    QVERIFY(isIn("tree"));
}

void tst_InspectorAccess::showsWhereTheKeyboardIs()
{
    Scene scene(Scene::Rows);
    scene.show({ 1280, 800 });
    scene.trigger("pause"); // nothing else is to change
    const auto pictureOf = [](QWidget *widget) {
        return widget->grab().toImage();
    };

    for (int i = 0; i < 12; ++i) {
        QWidget *focused = QApplication::focusWidget();
        const QImage with = pictureOf(focused);
        QTest::keyClick(focused, Qt::Key_Tab);
        if (focused != scene.tree() && !qobject_cast<QLineEdit *>(focused)) // a row, a cursor
            QVERIFY2(pictureOf(focused) != with, qPrintable(describe(*focused)));
    }
}

void tst_InspectorAccess::hasAShortcutForEveryAction()
{
    Scene scene(Scene::Rows);
    QList<QAction *> inMenus;
    addActions(scene.window().menuBar()->actions(), &inMenus);

    const auto *widget = scene.window().findChild<InspectorWidget *>();
    const auto actions = widget->actions();
    QVERIFY(actions.size() > 10);
    for (QAction *action : actions) {
        QVERIFY2(inMenus.contains(action), qPrintable(action->objectName()));
        QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->objectName()));
        QVERIFY2(action->isShortcutVisibleInContextMenu(), qPrintable(action->objectName()));
    }
}

void tst_InspectorAccess::listsEveryShortcut()
{
    Scene scene(Scene::Rows);
    scene.show({ 1280, 800 });
    QList<QAction *> inMenus;
    addActions(scene.window().menuBar()->actions(), &inMenus);

    scene.trigger("keys");

    const auto *keys = scene.window().findChild<QTreeWidget *>(QStringLiteral("keys"));
    for (const QAction *action : std::as_const(inMenus)) {
        const auto shortcuts = action->shortcuts();
        for (const QKeySequence &shortcut : shortcuts) {
            const auto found = keys->findItems(shortcut.toString(QKeySequence::NativeText),
                                               Qt::MatchContains | Qt::MatchRecursive, 1);
            QVERIFY2(!found.isEmpty(), qPrintable(action->text()));
        }
    }
}

QTEST_MAIN(tst_InspectorAccess)

#include "tst_inspectoraccess.moc"
