// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwidget.h>
#include <recorders/inspector/inspectorwindow.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QAction>
#include <QDialog>
#include <QHeaderView>
#include <QMenu>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>
#include <QToolButton>
#include <QTreeView>
#include <QTreeWidget>

#include <memory>

using namespace Recorders;

namespace {

class Window
{
public:
    explicit Window(QSettings *settings = nullptr)
    {
        if (settings)
            widget->setSettings(settings);
        source.setRecorder(QStringLiteral("a"), {});
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(view("tree")->model()->rowCount(), 1);
    }

    QTreeView *view(const char *name) const
    {
        return window.findChild<QTreeView *>(QLatin1String(name));
    }
    QAction *action(const char *name) const
    {
        return window.findChild<QAction *>(QLatin1String(name));
    }
    SnapshotFilterModel *filter() const
    {
        return qobject_cast<SnapshotFilterModel *>(view("tree")->model());
    }
    int refreshInterval() const // longer than wanted if this thread is busy while it is shown
    {
        return qobject_cast<SnapshotModel *>(filter()->sourceModel())->refreshInterval();
    }
    void setRate(const QString &rate)
    {
        const auto actions = window.findChildren<QAction *>();
        for (QAction *action : actions) {
            if (action->text() == rate)
                action->trigger();
        }
    }

    FakeSnapshotSource source;
    InspectorWindow window{ &source };
    InspectorWidget *const widget = window.findChild<InspectorWidget *>();
};

} // namespace

class tst_InspectorLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void remembersItsLayout();
    void remembersItsSize();
    void keepsTheSizeThatItWasGiven();
    void keepsItInTheSettingsItWasGiven();
    void ignoresOtherVersions();
    void ignoresNonsense_data();
    void ignoresNonsense();
    void resetsItsLayout();

    void refreshesAsOftenAsWanted_data();
    void refreshesAsOftenAsWanted();
    void showsTheRefreshRate();

    void choosesTreeOrTable();
    void pressesButtonsWithSpace();

    void listsAllKeys();
    void usesNoKeyTwice();
    void closesItsKeysWithEscape();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorLayout::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorLayout::remembersItsLayout()
{
    {
        Window w;
        w.show();
        w.view("tree")->header()->resizeSection(SnapshotModel::ValueColumn, 123);
        w.filter()->sort(SnapshotModel::NameColumn, Qt::DescendingOrder);
        w.setRate(QStringLiteral("2 Hz"));
        w.action("table")->trigger();
        w.view("table")->header()->resizeSection(0, 77);
    }

    Window w;

    QCOMPARE(w.view("tree")->header()->sectionSize(SnapshotModel::ValueColumn), 123);
    QCOMPARE(w.filter()->sortColumn(), int(SnapshotModel::NameColumn));
    QCOMPARE(w.filter()->sortOrder(), Qt::DescendingOrder);
    QCOMPARE(w.refreshInterval(), 500);
    QVERIFY(w.action("table")->isChecked());
    QVERIFY(w.view("table"));
    QCOMPARE(w.view("table")->header()->sectionSize(0), 77);
}

void tst_InspectorLayout::remembersItsSize()
{
    {
        Window w;
        w.show();
        w.window.resize(555, 444);
        w.window.close();
    }

    Window w;
    w.show();

    QCOMPARE(w.window.size(), QSize(555, 444));
}

void tst_InspectorLayout::keepsTheSizeThatItWasGiven()
{
    {
        Window w;
        w.show();
        w.window.resize(555, 444);
    }

    Window w;
    w.window.resize(600, 400);
    w.show();

    QCOMPARE(w.window.size(), QSize(600, 400));
}

void tst_InspectorLayout::keepsItInTheSettingsItWasGiven()
{
    const QTemporaryDir dir;
    QSettings own(dir.filePath(QStringLiteral("own.ini")), QSettings::IniFormat);
    {
        Window w(&own);
        w.show();
        w.setRate(QStringLiteral("5 Hz"));
    }

    Window inOwn(&own);
    const Window inUsual;

    QCOMPARE(inOwn.widget->settings(), &own);
    QCOMPARE(inOwn.refreshInterval(), 200);
    QCOMPARE(inUsual.refreshInterval(), 100);
}

void tst_InspectorLayout::ignoresOtherVersions()
{
    const QTemporaryDir dir;
    QSettings own(dir.filePath(QStringLiteral("own.ini")), QSettings::IniFormat);
    own.setValue(QStringLiteral("version2/refreshInterval"), 500);
    own.setValue(QStringLiteral("refreshInterval"), 500);

    {
        Window w(&own);
        QCOMPARE(w.refreshInterval(), 100);
        w.show();
    }

    QCOMPARE(own.value(QStringLiteral("version2/refreshInterval")).toInt(), 500);
}

void tst_InspectorLayout::ignoresNonsense_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");

    QTest::newRow("rate") << QStringLiteral("refreshInterval") << QVariant(-7);
    QTest::newRow("rate in words")
            << QStringLiteral("refreshInterval") << QVariant(QStringLiteral("fast"));
    QTest::newRow("column to sort by") << QStringLiteral("tree/sortColumn") << QVariant(99);
    QTest::newRow("too few widths")
            << QStringLiteral("tree/columns") << QVariant(QVariantList{ 1 });
    QTest::newRow("widths below zero")
            << QStringLiteral("tree/columns") << QVariant(QVariantList{ -1, -1, -1, -1 });
    QTest::newRow("no table") << QStringLiteral("table") << QVariant(QByteArray("\xff"));
    QTest::newRow("geometry") << QStringLiteral("window/geometry")
                              << QVariant(QStringLiteral("somewhere"));
}

void tst_InspectorLayout::ignoresNonsense()
{
    QFETCH(const QString, key);
    QFETCH(const QVariant, value);
    const QTemporaryDir dir;
    QSettings own(dir.filePath(QStringLiteral("own.ini")), QSettings::IniFormat);
    own.setValue(QString(QStringLiteral("version1/") + key), value);

    Window w(&own);
    QCOMPARE(w.refreshInterval(), 100);
    w.show();

    QCOMPARE(w.filter()->sortColumn(), -1);
    QVERIFY(w.view("tree")->header()->sectionSize(SnapshotModel::NameColumn) > 10);
}

void tst_InspectorLayout::resetsItsLayout()
{
    Window w;
    w.show();
    const int width = w.view("tree")->header()->sectionSize(SnapshotModel::ValueColumn);
    w.view("tree")->header()->resizeSection(SnapshotModel::ValueColumn, width + 50);
    w.filter()->sort(0);
    w.setRate(QStringLiteral("1 Hz"));

    QTest::keyClick(&w.window, Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);

    QCOMPARE(w.view("tree")->header()->sectionSize(SnapshotModel::ValueColumn), width);
    QCOMPARE(w.filter()->sortColumn(), -1);
    QCOMPARE(w.refreshInterval(), 100);
}

void tst_InspectorLayout::refreshesAsOftenAsWanted_data()
{
    QTest::addColumn<QString>("rate");
    QTest::addColumn<int>("interval");

    QTest::newRow("slowest") << QLocale().toString(0.5) + QStringLiteral(" Hz") << 2000;
    QTest::newRow("usual") << QStringLiteral("10 Hz") << 100;
    QTest::newRow("fastest") << QStringLiteral("30 Hz") << 33;
}

void tst_InspectorLayout::refreshesAsOftenAsWanted()
{
    QFETCH(const QString, rate);
    QFETCH(const int, interval);
    Window w;
    w.setRate(QStringLiteral("1 Hz"));

    w.setRate(rate);

    QCOMPARE(w.refreshInterval(), interval);
}

void tst_InspectorLayout::showsTheRefreshRate()
{
    Window w;
    const auto *button = w.window.findChild<QToolButton *>(QStringLiteral("rate"));
    QCOMPARE(button->text(), QStringLiteral("10 Hz"));
    const int width = button->width();

    w.setRate(QLocale().toString(0.5) + QStringLiteral(" Hz"));

    QCOMPARE(button->text(), QString(QLocale().toString(0.5) + QStringLiteral(" Hz")));
    QVERIFY(button->accessibleName().contains(button->text()));
    QCOMPARE(button->width(), width);
}

void tst_InspectorLayout::choosesTreeOrTable()
{
    Window w;
    w.show();
    auto *tree = w.window.findChild<QToolButton *>(QStringLiteral("treeButton"));
    auto *table = w.window.findChild<QToolButton *>(QStringLiteral("tableButton"));
    QVERIFY(tree->isChecked());

    table->click();
    QVERIFY(w.view("table")->isVisible());
    tree->click();
    QVERIFY(w.view("tree")->isVisible());
    w.action("table")->trigger();

    QVERIFY(table->isChecked() && !tree->isChecked());
}

void tst_InspectorLayout::pressesButtonsWithSpace()
{
    Window w;
    w.show();
    auto *button = w.window.findChild<QToolButton *>(QStringLiteral("tableButton"));
    button->setFocus();

    QTest::keyClick(button, Qt::Key_Space);

    QVERIFY(w.action("table")->isChecked());
    QVERIFY(!w.action("pause")->isChecked());
}

void tst_InspectorLayout::listsAllKeys()
{
    Window w;
    w.show();

    QTest::keyClick(&w.window, Qt::Key_F1);

    auto *keys = w.window.findChild<QTreeWidget *>(QStringLiteral("keys"));
    QVERIFY(keys && keys->isVisible());
    const auto actions = w.widget->actions();
    for (const QAction *action : actions) {
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        QVERIFY2(!keys->findItems(key, Qt::MatchContains | Qt::MatchRecursive, 1).isEmpty(),
                 qPrintable(action->text()));
    }
}

void tst_InspectorLayout::usesNoKeyTwice()
{
    const Window w;

    QHash<QKeySequence, QString> users;
    const auto actions = w.window.findChildren<QAction *>();
    for (const QAction *action : actions) {
        const auto keys = action->shortcuts();
        for (const QKeySequence &key : keys) {
            QVERIFY2(!users.contains(key), qPrintable(users[key] + u' ' + action->objectName()));
            users.insert(key, action->objectName());
        }
    }
    QVERIFY(users.size() > 10);
}

void tst_InspectorLayout::closesItsKeysWithEscape()
{
    Window w;
    w.show();
    QTest::keyClick(&w.window, Qt::Key_F1);
    QTest::keyClick(&w.window, Qt::Key_F1);
    QCOMPARE(w.window.findChildren<QTreeWidget *>(QStringLiteral("keys")).size(), 1);

    QTest::keyClick(w.window.findChild<QTreeWidget *>(QStringLiteral("keys")), Qt::Key_Escape);

    QTRY_VERIFY(!w.window.findChild<QTreeWidget *>(QStringLiteral("keys")));
}

QTEST_MAIN(tst_InspectorLayout)

#include "tst_inspectorlayout.moc"
