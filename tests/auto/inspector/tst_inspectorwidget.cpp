// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/inspector/inspectorwidget.h>

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"
#include "shared/pollingwitness.h"

#include <QAction>
#include <QDockWidget>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <memory>

using namespace Recorders;

namespace {

constexpr std::chrono::milliseconds pace{ 100 }; // of an inspector

// A widget in a dock of an application's window.
class Host
{
public:
    explicit Host(SnapshotSource *source)
        : edit(new QLineEdit(&window))
        , dock(new QDockWidget(&window))
        , widget(new InspectorWidget(source))
        , tree(widget->findChild<QTreeView *>(QStringLiteral("tree")))
    {
        window.setCentralWidget(edit);
        dock->setWidget(widget);
        window.addDockWidget(Qt::RightDockWidgetArea, dock);
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    QMainWindow window;
    QLineEdit *const edit;
    QDockWidget *const dock;
    InspectorWidget *const widget;
    QTreeView *const tree;
};

} // namespace

class tst_InspectorWidget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void showsRecordersInADock();
    void takesItsTitleFromTheSource();
    void costsNothingInAClosedDock();
    void costsNothingInAMinimizedWindow();
    void followsADockThatFloats();
    void leavesTheKeysOfTheApplicationAlone();
    void reachesEveryActionWithoutAMenuBar();
    void mayGoBeforeItsWindow();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorWidget::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorWidget::showsRecordersInADock()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Host host(&source);

    host.show();

    QTRY_COMPARE(host.tree->model()->rowCount(), 1);
    QVERIFY(host.tree->isVisible());
}

void tst_InspectorWidget::takesItsTitleFromTheSource()
{
    FakeSnapshotSource source(QStringLiteral("my.metrics"));
    const InspectorWidget widget(&source);
    const InspectorWidget none(static_cast<MetricsRuntime *>(nullptr));

    QCOMPARE(widget.windowTitle(), QStringLiteral("my.metrics - Inspector"));
    QCOMPARE(none.windowTitle(), QStringLiteral("Inspector"));
}

void tst_InspectorWidget::costsNothingInAClosedDock()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Host host(&source);
    host.show();
    QTRY_COMPARE(host.tree->model()->rowCount(), 1);

    host.dock->close();
    const int asked = source.requestCount();
    source.setRecorder(QStringLiteral("b"), {});
    QVERIFY(Testing::waitForPolls(pace));
    QCOMPARE(source.requestCount(), asked);

    host.dock->show();
    QTRY_COMPARE(host.tree->model()->rowCount(), 2);
}

void tst_InspectorWidget::costsNothingInAMinimizedWindow()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Host host(&source);
    host.show();
    QTRY_COMPARE(host.tree->model()->rowCount(), 1);

    host.window.showMinimized();
    const int asked = source.requestCount();
    source.setRecorder(QStringLiteral("b"), {});
    QVERIFY(Testing::waitForPolls(pace));
    QCOMPARE(source.requestCount(), asked);

    host.window.showNormal();
    QTRY_COMPARE(host.tree->model()->rowCount(), 2);
}

void tst_InspectorWidget::followsADockThatFloats()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Host host(&source);
    host.show();
    QTRY_COMPARE(host.tree->model()->rowCount(), 1);

    host.dock->setFloating(true);
    source.setRecorder(QStringLiteral("b"), {});
    QTRY_COMPARE(host.tree->model()->rowCount(), 2);

    host.dock->setWindowState(Qt::WindowMinimized);
    const int asked = source.requestCount();
    source.setRecorder(QStringLiteral("c"), {});
    QVERIFY(Testing::waitForPolls(pace));
    QCOMPARE(source.requestCount(), asked);
}

void tst_InspectorWidget::leavesTheKeysOfTheApplicationAlone()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Host host(&source);
    QAction find;
    find.setShortcut(QKeySequence::Find);
    host.window.addAction(&find);
    int found = 0;
    connect(&find, &QAction::triggered, &host.window, [&] { ++found; });
    host.show();
    host.edit->setFocus();

    QTest::keyClicks(host.edit, QStringLiteral("a b"));
    QTest::keyClick(host.edit, Qt::Key_F, Qt::ControlModifier);

    QCOMPARE(host.edit->text(), QStringLiteral("a b"));
    QCOMPARE(found, 1);
    QVERIFY(!host.widget->findChild<QAction *>(QStringLiteral("pause"))->isChecked());
}

static QList<QAction *> actionsIn(const QMenu *menu)
{
    QList<QAction *> found = menu->actions();
    const QList<QAction *> own = found;
    for (const QAction *action : own) {
        if (action->menu())
            found += actionsIn(action->menu());
    }
    return found;
}

void tst_InspectorWidget::reachesEveryActionWithoutAMenuBar()
{
    const InspectorWidget widget(static_cast<SnapshotSource *>(nullptr));
    const auto *button = widget.findChild<QToolButton *>(QStringLiteral("menu"));
    QVERIFY(button);

    const QList<QAction *> inMenus = actionsIn(button->menu());
    const auto actions = widget.actions();
    QVERIFY(!actions.isEmpty());
    for (QAction *action : actions)
        QVERIFY2(inMenus.contains(action), qPrintable(action->objectName()));
}

void tst_InspectorWidget::mayGoBeforeItsWindow()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    Host host(&source);
    host.show();
    QTRY_COMPARE(host.tree->model()->rowCount(), 1);

    delete host.widget;
    host.window.showMinimized();
    source.setRecorder(QStringLiteral("b"), {});
    const int asked = source.requestCount();
    QVERIFY(Testing::waitForPolls(pace));

    QCOMPARE(source.requestCount(), asked);
}

QTEST_MAIN(tst_InspectorWidget)

#include "tst_inspectorwidget.moc"
