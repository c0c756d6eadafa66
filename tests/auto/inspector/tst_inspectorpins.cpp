// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwidget.h>
#include <recorders/inspector/inspectorwindow.h>

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QAction>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace Recorders;
using namespace Qt::StringLiterals;

namespace {

MetricSnapshot bytes(int in)
{
    return MetricSnapshot(u"bytes"_s).add(u"in"_s, in, Unit::bytes()).add(u"out"_s, 1);
}

class Window
{
public:
    Window()
    {
        source.setRecorder(u"a"_s, { bytes(1) });
        source.setRecorder(u"b"_s, { bytes(2) });
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(tree->model()->rowCount(), 2);
        tree->expandAll();
    }

    // The value "in" of a recorder, with the mouse.
    void select(int recorder, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        const QModelIndex metric = tree->model()->index(0, 0, tree->model()->index(recorder, 0));
        const QRect row = tree->visualRect(tree->model()->index(0, 0, metric));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, modifiers, row.center());
    }

    void togglePin() { QTest::keyClick(window.focusWidget(), Qt::Key_P, Qt::ControlModifier); }

    QString text(int row, int column) const
    {
        return pins->model()->index(row, column).data().toString();
    }

    FakeSnapshotSource source;
    InspectorWindow window{ &source };
    QTreeView *const tree = window.findChild<QTreeView *>(u"tree"_s);
    QTreeView *const pins = window.findChild<QTreeView *>(u"pins"_s);
    QAction *const action = window.findChild<QAction *>(u"pin"_s);
};

} // namespace

class tst_InspectorPins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void isNotThereWithoutPins();
    void pinsWhatIsSelected();
    void staysWhileOneSearches();
    void followsItsValue();
    void showsADashForWhatIsGone();
    void findsAgainWhatComesBack();
    void unpinsInTheSameWay();
    void unpinsFromTheStrip();
    void saysWhatTheKeyWillDo();
    void survivesARestart();
    void ignoresNonsenseInTheSettings();
    void goesWhileTheKeyboardIsElsewhere();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorPins::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin)"_s));
}

void tst_InspectorPins::isNotThereWithoutPins()
{
    Window w;
    w.show();

    QVERIFY(!w.pins->isVisible());
    QVERIFY(!w.action->isEnabled()); // nothing is selected
}

void tst_InspectorPins::pinsWhatIsSelected()
{
    Window w;
    w.show();
    w.select(0);
    w.select(1, Qt::ControlModifier);

    w.togglePin();

    QVERIFY(w.pins->isVisible());
    QCOMPARE(w.pins->model()->rowCount(), 2);
    QCOMPARE(w.text(0, 0), u"a / bytes / in"_s);
    QCOMPARE(w.text(1, 1), u"2"_s);
    QCOMPARE(w.text(1, 2), u"B"_s);
}

void tst_InspectorPins::staysWhileOneSearches()
{
    Window w;
    w.show();
    w.select(0);
    w.togglePin();

    QTest::keyClicks(w.window.findChild<QLineEdit *>(u"search"_s), u"out"_s);
    QTRY_COMPARE(w.tree->model()->rowCount(w.tree->model()->index(0, 0)), 1);

    QVERIFY(w.pins->isVisible());
    QCOMPARE(w.text(0, 0), u"a / bytes / in"_s);
}

void tst_InspectorPins::followsItsValue()
{
    Window w;
    w.show();
    w.select(0);
    w.togglePin();

    w.source.setMetric(u"a"_s, bytes(7));

    QTRY_COMPARE(w.text(0, 1), u"7"_s);
}

void tst_InspectorPins::showsADashForWhatIsGone()
{
    Window w;
    w.show();
    w.select(0);
    w.togglePin();

    w.source.removeRecorder(u"a"_s);

    QTRY_COMPARE(w.text(0, 1), u"\u2014"_s);
    QCOMPARE(w.text(0, 0), u"a / bytes / in"_s);
    QVERIFY(w.pins->isVisible());
}

void tst_InspectorPins::findsAgainWhatComesBack()
{
    Window w;
    w.show();
    w.select(0);
    w.togglePin();
    w.source.removeRecorder(u"a"_s);
    QTRY_COMPARE(w.text(0, 1), u"\u2014"_s);

    w.source.setRecorder(u"a"_s, {});
    w.source.setMetric(u"a"_s, bytes(3));

    QTRY_COMPARE(w.text(0, 1), u"3"_s);
}

void tst_InspectorPins::unpinsInTheSameWay()
{
    Window w;
    w.show();
    w.select(0);
    w.togglePin();

    w.togglePin();

    QCOMPARE(w.pins->model()->rowCount(), 0);
    QVERIFY(!w.pins->isVisible());
}

void tst_InspectorPins::unpinsFromTheStrip()
{
    Window w;
    w.show();
    w.select(0);
    w.select(1, Qt::ControlModifier);
    w.togglePin();

    const QRect row = w.pins->visualRect(w.pins->model()->index(0, 0));
    QTest::mouseClick(w.pins->viewport(), Qt::LeftButton, {}, row.center());
    QVERIFY(w.pins->hasFocus());
    w.togglePin();

    QCOMPARE(w.pins->model()->rowCount(), 1);
    QCOMPARE(w.text(0, 0), u"b / bytes / in"_s);
}

void tst_InspectorPins::saysWhatTheKeyWillDo()
{
    Window w;
    w.show();
    w.select(0);
    QCOMPARE(w.action->text(), u"&Pin"_s);

    w.togglePin();
    QCOMPARE(w.action->text(), u"Un&pin"_s);
    w.select(1);

    QCOMPARE(w.action->text(), u"&Pin"_s);
    QVERIFY(w.tree->actions().contains(w.action)); // its context menu
}

void tst_InspectorPins::survivesARestart()
{
    {
        Window w;
        w.show();
        w.select(1);
        w.togglePin();
    }
    Window w;
    w.source.removeRecorder(u"b"_s);
    w.window.show();
    QTRY_COMPARE(w.tree->model()->rowCount(), 1);

    QVERIFY(w.pins->isVisible());
    QCOMPARE(w.text(0, 0), u"b / bytes / in"_s);
    QCOMPARE(w.text(0, 1), u"\u2014"_s);

    w.source.setRecorder(u"b"_s, { bytes(5) });
    QTRY_COMPARE(w.text(0, 1), u"5"_s);
}

void tst_InspectorPins::ignoresNonsenseInTheSettings()
{
    {
        InspectorWidget widget(static_cast<SnapshotSource *>(nullptr));
        widget.settings()->setValue(
                u"version1/pins"_s,
                QStringList{ u"nonsense"_s, u"[]"_s, u"[\"a\"]"_s, u"[1,2,3,4]"_s });
    }
    Window w;
    w.show();

    QCOMPARE(w.pins->model()->rowCount(), 1);
    QCOMPARE(w.text(0, 0), u"a"_s);
}

// Which it then leaves, when the strip has gone already.
void tst_InspectorPins::goesWhileTheKeyboardIsElsewhere()
{
    auto w = std::make_unique<Window>();
    w->show();
    w->select(0);
    w->togglePin();
    auto *window = w->window.findChild<QWidget *>(u"plotWindow"_s);
    QVERIFY(window);
    window->setFocus();
    QVERIFY(window->hasFocus());

    w.reset();
}

QTEST_MAIN(tst_InspectorPins)
#include "tst_inspectorpins.moc"
