// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwidget.h>
#include <recorders/inspector/inspectorwindow.h>

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QTreeView>
#include <QWheelEvent>

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
        source.setRecorder(QStringLiteral("a"), { MetricSnapshot(QStringLiteral("queue")) });
        window.resize(1200, 700);
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(tree->model()->rowCount(), 1);
    }

    double textSize() const { return tree->font().pointSizeF(); }
    void press(Qt::Key key) { QTest::keyClick(&window, key, Qt::ControlModifier); }
    void turnWheel(QWidget *over, int notches)
    {
        const QPointF at = over->rect().center();
        QWheelEvent event(at, over->mapToGlobal(at), {}, { 0, notches * 120 }, Qt::NoButton,
                          Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(over, &event);
    }

    FakeSnapshotSource source;
    InspectorWindow window{ &source };
    InspectorWidget *const widget = window.findChild<InspectorWidget *>();
    QTreeView *const tree = window.findChild<QTreeView *>(QStringLiteral("tree"));
    QWidget *const plot = window.findChild<QWidget *>(QStringLiteral("plot"));
};

} // namespace

class tst_InspectorZoom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void changesTheSizeOfAllText();
    void goesBackToTheUsualSize();
    void hasLimits();
    void followsTheWheel();
    void leavesTheWheelWithoutControlAlone();
    void leavesTheKeysOfThePlotAlone();
    void growsWhatIsAroundText();
    void isRemembered();
    void ignoresNonsense();
    void keepsTheFontItWasGiven();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorZoom::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorZoom::changesTheSizeOfAllText()
{
    Window w;
    w.show();
    const double before = w.textSize();

    w.press(Qt::Key_Plus);
    w.press(Qt::Key_Equal); // the same key, without Shift
    const double larger = w.textSize();
    QCOMPARE(larger, before * 1.1 * 1.1);
    const auto labels = w.widget->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QVERIFY2(label->font().pointSizeF() >= larger - 0.01, qPrintable(label->objectName()));

    w.press(Qt::Key_Minus);
    QCOMPARE(w.textSize(), before * 1.1);
}

void tst_InspectorZoom::goesBackToTheUsualSize()
{
    Window w;
    w.show();
    const QFont before = w.tree->font();
    w.press(Qt::Key_Plus);

    w.press(Qt::Key_0);

    QCOMPARE(w.tree->font(), before);
}

void tst_InspectorZoom::hasLimits()
{
    Window w;
    w.show();
    const double before = w.textSize();

    for (int i = 0; i < 40; ++i)
        w.press(Qt::Key_Minus);
    const double smallest = w.textSize();
    for (int i = 0; i < 40; ++i)
        w.press(Qt::Key_Plus);

    QVERIFY(smallest > before / 2);
    QVERIFY(w.textSize() < before * 4);
    QVERIFY(w.textSize() > before * 2);
}

void tst_InspectorZoom::followsTheWheel()
{
    Window w;
    w.show();
    const double before = w.textSize();

    w.turnWheel(w.tree->viewport(), 2);
    QCOMPARE(w.textSize(), before * 1.1 * 1.1);

    w.turnWheel(w.plot, -2);
    QCOMPARE(w.textSize(), before);
}

void tst_InspectorZoom::leavesTheWheelWithoutControlAlone()
{
    Window w;
    w.show();
    const double before = w.textSize();

    QWidget *viewport = w.tree->viewport();
    QWheelEvent event(QPointF(5, 5), viewport->mapToGlobal(QPointF(5, 5)), {}, { 0, 120 },
                      Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewport, &event);

    QCOMPARE(w.textSize(), before);
}

void tst_InspectorZoom::leavesTheKeysOfThePlotAlone()
{
    Window w;
    w.show();
    w.tree->setCurrentIndex(w.tree->model()->index(0, 0, w.tree->model()->index(0, 0)));
    const double before = w.textSize();
    w.plot->setFocus();

    QTest::keyClick(w.plot, Qt::Key_Plus);
    QCOMPARE(w.textSize(), before);

    QTest::keyClick(w.plot, Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(w.textSize(), before * 1.1);
}

void tst_InspectorZoom::growsWhatIsAroundText()
{
    Window w;
    w.show();
    const auto *bar = w.window.findChild<QToolBar *>();
    const auto *search = w.window.findChild<QWidget *>(QStringLiteral("search"));
    const int icon = bar->iconSize().height();
    const int row = w.tree->visualRect(w.tree->model()->index(0, 0)).height();

    for (int i = 0; i < 6; ++i)
        w.press(Qt::Key_Plus);

    QVERIFY(bar->iconSize().height() > icon);
    QVERIFY(w.tree->visualRect(w.tree->model()->index(0, 0)).height() > row);
    const auto buttons = bar->findChildren<QToolButton *>();
    for (const QToolButton *button : buttons) {
        if (button->isVisible() && button->parentWidget() != search)
            QTRY_VERIFY2(button->width() >= button->sizeHint().width(),
                         qPrintable(button->objectName()));
    }
}

void tst_InspectorZoom::isRemembered()
{
    double larger = 0;
    {
        Window w;
        w.show();
        w.press(Qt::Key_Plus);
        larger = w.textSize();
    }

    Window w;
    w.show();

    QCOMPARE(w.textSize(), larger);
}

void tst_InspectorZoom::ignoresNonsense()
{
    const QTemporaryDir dir;
    QSettings own(dir.filePath(QStringLiteral("own.ini")), QSettings::IniFormat);
    own.setValue(QStringLiteral("version1/textSize"), QStringLiteral("huge"));

    Window w(&own);
    w.show();

    QCOMPARE(w.textSize(), w.window.font().pointSizeF());
}

void tst_InspectorZoom::keepsTheFontItWasGiven()
{
    Window w;
    QFont own = w.window.font();
    own.setPixelSize(30);
    w.widget->setFont(own);
    w.show();

    w.press(Qt::Key_Plus);
    QCOMPARE(w.tree->font().pixelSize(), 33);
    w.press(Qt::Key_0);

    QCOMPARE(w.tree->font().pixelSize(), 30);
}

QTEST_MAIN(tst_InspectorZoom)

#include "tst_inspectorzoom.moc"
