// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/inspector/inspectorshortcut.h>
#include <recorders/inspector/inspectorwindow.h>

#include "shared/ownsettings.h"

#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QRegularExpression>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QWindow>

#include <memory>

using namespace Recorders;

namespace {

constexpr Qt::KeyboardModifiers threeModifiers =
        Qt::ControlModifier | Qt::AltModifier | Qt::ShiftModifier;

template <typename W>
void show(W &window)
{
    window.show();
    window.requestActivate();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

template <>
void show(QWidget &window)
{
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

} // namespace

class tst_InspectorShortcut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void opensFromAWidget();
    void opensFromADialog();
    void opensFromAWindowWithoutWidgets();
    void opensByOtherKeys();
    void opensNothingByOtherKeysThanItsOwn();
    void refusesSeveralKeys();
    void leavesTheSameKeysOfTheApplicationAlone();
    void raisesTheWindowThatIsThere();
    void makesNoWindowBeforeItIsWanted();
    void letsTheApplicationQuit();
    void outlivesItsRuntime();
    void closesWithTheShortcut();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorShortcut::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorShortcut::opensFromAWidget()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    const InspectorShortcut shortcut(&runtime);
    QLineEdit edit;
    show<QWidget>(edit);

    QTest::keyClick(&edit, Qt::Key_I, threeModifiers);

    QVERIFY(shortcut.window());
    QVERIFY(shortcut.window()->isVisible());
    QCOMPARE(shortcut.window()->windowTitle(), QStringLiteral("my.metrics - Inspector"));
    QVERIFY(edit.text().isEmpty());
}

void tst_InspectorShortcut::opensFromADialog()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    const InspectorShortcut shortcut(&runtime);
    QWidget window;
    show<QWidget>(window);
    QDialog dialog(&window);
    dialog.setModal(true);
    show<QWidget>(dialog);

    QTest::keyClick(&dialog, Qt::Key_I, threeModifiers);

    QVERIFY(shortcut.window() && shortcut.window()->isVisible());
}

void tst_InspectorShortcut::opensFromAWindowWithoutWidgets()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    const InspectorShortcut shortcut(&runtime);
    QWindow window;
    show(window);

    QTest::keyClick(&window, Qt::Key_I, threeModifiers);

    QVERIFY(shortcut.window() && shortcut.window()->isVisible());
}

void tst_InspectorShortcut::opensByOtherKeys()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    InspectorShortcut shortcut(&runtime);
    shortcut.setKey(Qt::Key_F12);
    QWidget window;
    show<QWidget>(window);

    QTest::keyClick(&window, Qt::Key_I, threeModifiers);
    QVERIFY(!shortcut.window());
    QTest::keyClick(&window, Qt::Key_F12);

    QVERIFY(shortcut.window());
    QCOMPARE(shortcut.key(), QKeySequence(Qt::Key_F12));
}

void tst_InspectorShortcut::opensNothingByOtherKeysThanItsOwn()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    const InspectorShortcut shortcut(&runtime);
    QLineEdit edit;
    show<QWidget>(edit);

    QTest::keyClicks(&edit, QStringLiteral("Ii"));
    QTest::keyClick(&edit, Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);

    QCOMPARE(edit.text(), QStringLiteral("Ii"));
    QVERIFY(!shortcut.window());
}

void tst_InspectorShortcut::refusesSeveralKeys()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    InspectorShortcut shortcut(&runtime);
    const QKeySequence before = shortcut.key();

    QTest::ignoreMessage(QtWarningMsg, "setKey: \"A, B\" must be one key with its modifiers");
    shortcut.setKey(QKeySequence(Qt::Key_A, Qt::Key_B));

    QCOMPARE(shortcut.key(), before);
}

void tst_InspectorShortcut::leavesTheSameKeysOfTheApplicationAlone()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    const InspectorShortcut shortcut(&runtime);
    QWidget window;
    const QShortcut own(shortcut.key(), &window);
    const QSignalSpy activated(&own, &QShortcut::activated);
    show<QWidget>(window);

    QTest::keyClick(&window, Qt::Key_I, threeModifiers);

    QCOMPARE(activated.count(), 1);
    QVERIFY(!shortcut.window());
}

void tst_InspectorShortcut::raisesTheWindowThatIsThere()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    InspectorShortcut shortcut(&runtime);
    shortcut.open();
    const InspectorWindow *first = shortcut.window();
    shortcut.window()->showMinimized();
    QWidget window;
    show<QWidget>(window);

    QTest::keyClick(&window, Qt::Key_I, threeModifiers);

    QCOMPARE(shortcut.window(), first);
    QVERIFY(!first->isMinimized());
    QTRY_VERIFY(first->isActiveWindow());

    shortcut.window()->close();
    shortcut.open();
    QVERIFY(first->isVisible());
}

void tst_InspectorShortcut::makesNoWindowBeforeItIsWanted()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));

    const InspectorShortcut shortcut(&runtime);

    QVERIFY(!shortcut.window());
    QVERIFY(QApplication::topLevelWidgets().isEmpty());
}

void tst_InspectorShortcut::letsTheApplicationQuit()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    InspectorShortcut shortcut(&runtime);
    shortcut.open();
    QWidget window;
    show<QWidget>(window);
    QMetaObject::invokeMethod(&window, &QWidget::close, Qt::QueuedConnection);

    QCOMPARE(QApplication::exec(), 0);

    QVERIFY(!shortcut.window()); // it goes before the application does
}

void tst_InspectorShortcut::outlivesItsRuntime()
{
    auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("my.metrics"));
    InspectorShortcut shortcut(runtime.get());
    runtime.reset();

    shortcut.open();

    QVERIFY(shortcut.window()->isVisible());
}

void tst_InspectorShortcut::closesWithTheShortcut()
{
    MetricsRuntime runtime(QStringLiteral("my.metrics"));
    auto shortcut = std::make_unique<InspectorShortcut>(&runtime);
    shortcut->open();

    shortcut.reset();

    QVERIFY(QApplication::topLevelWidgets().isEmpty());
}

QTEST_MAIN(tst_InspectorShortcut)

#include "tst_inspectorshortcut.moc"
