// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwidget.h>
#include <recorders/inspector/inspectorwindow.h>

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <memory>

using namespace Recorders;
using namespace Qt::StringLiterals;

namespace {

MetricSnapshot memory(qint64 used)
{
    return MetricSnapshot(u"memory"_s)
            .add(u"used"_s, used, Unit::bytes(), MetricKind::Gauge)
            .add(u"state"_s, u"calm"_s);
}

constexpr qint64 mebi = 1 << 20;

class Window
{
public:
    Window()
    {
        source.setRecorder(u"a"_s, { memory(mebi) });
        source.setRecorder(u"b"_s, { memory(mebi) });
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(tree->model()->rowCount(), 2);
        tree->expandAll();
    }

    void select(int dimension)
    {
        const QModelIndex metric = tree->model()->index(0, 0, tree->model()->index(0, 0));
        const QRect row = tree->visualRect(tree->model()->index(dimension, 0, metric));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, row.center());
    }

    QDialog *openEditor()
    {
        select(0);
        QTest::keyClick(tree, Qt::Key_L, Qt::ControlModifier);
        return window.findChild<QDialog *>(u"alertEditor"_s);
    }

    static void type(QDialog *editor, const char *field, const QString &text)
    {
        auto *edit = editor->findChild<QLineEdit *>(QLatin1String(field));
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    void setAlert(const QString &limit)
    {
        QDialog *editor = openEditor();
        QVERIFY(editor);
        type(editor, "first", limit);
        QTest::keyClick(editor->findChild<QLineEdit *>(u"first"_s), Qt::Key_Return);
        QTRY_VERIFY(!window.findChild<QDialog *>(u"alertEditor"_s));
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    FakeSnapshotSource source;
    InspectorWindow window{ &source };
    QTreeView *const tree = window.findChild<QTreeView *>(u"tree"_s);
    QToolButton *const count = window.findChild<QToolButton *>(u"alertCount"_s);
    QSignalSpy crossed{ &window, &InspectorWindow::thresholdCrossed };
};

} // namespace

class tst_InspectorAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void asksWhatTheLimitIs();
    void isOfferedForNumbersOnly();
    void saysWhatIsWrongWithALimit();
    void keepsDigitsThatAreNotShown();
    void tellsOnceOfAValueThatCrosses();
    void watchesAllRecorders();
    void setsAMark();
    void marksTheRow();
    void listsThemFromTheSummary();
    void removesByKeyboard();
    void survivesARestart();
    void saysWhatItDoesNotUnderstand();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorAlerts::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin)"_s));
}

void tst_InspectorAlerts::asksWhatTheLimitIs()
{
    Window w;
    w.show();

    const QDialog *editor = w.openEditor();

    QVERIFY(editor);
    QVERIFY(!editor->isModal());
    QCOMPARE(editor->findChild<QLineEdit *>(u"first"_s)->text(), u"1.00 MiB"_s);
    QCOMPARE(editor->findChild<QComboBox *>(u"scope"_s)->currentText(), u"a"_s);
    QVERIFY(!editor->findChild<QLineEdit *>(u"second"_s)->isVisible());
}

void tst_InspectorAlerts::isOfferedForNumbersOnly()
{
    Window w;
    w.show();
    const auto *action = w.window.findChild<QAction *>(u"alert"_s);
    QVERIFY(!action->isEnabled());

    w.select(0);
    QVERIFY(action->isEnabled());
    w.select(1);

    QVERIFY(!action->isEnabled()); // a word
    QVERIFY(w.tree->actions().contains(action)); // its context menu
}

void tst_InspectorAlerts::saysWhatIsWrongWithALimit()
{
    Window w;
    w.show();
    QDialog *editor = w.openEditor();
    const auto *error = editor->findChild<QLabel *>(u"error"_s);

    w.type(editor, "first", u"3 ms"_s);
    QTest::keyClick(editor->findChild<QLineEdit *>(u"first"_s), Qt::Key_Return);

    QVERIFY(editor->isVisible());
    QVERIFY2(error->text().contains(u"\"ms\""_s), qUtf8Printable(error->text()));
    QVERIFY(error->text().contains(u"MiB"_s));
}

void tst_InspectorAlerts::keepsDigitsThatAreNotShown()
{
    Window w;
    w.source.setMetric(u"a"_s, memory(1'234'567)); // is shown as 1.18 MiB, which is more
    w.show();

    QTest::keyClick(w.openEditor()->findChild<QLineEdit *>(u"first"_s), Qt::Key_Return);
    w.source.setMetric(u"a"_s, memory(1'234'568));

    QTRY_COMPARE(w.crossed.size(), 1);
}

void tst_InspectorAlerts::tellsOnceOfAValueThatCrosses()
{
    Window w;
    w.show();
    w.setAlert(u"2 MiB"_s);
    QVERIFY(w.crossed.isEmpty());
    QVERIFY(!w.count->isVisible());

    w.source.setMetric(u"a"_s, memory(3 * mebi));
    QTRY_COMPARE(w.crossed.size(), 1);

    QCOMPARE(w.crossed.first(),
             QVariantList({ u"a"_s, u"memory"_s, u"used"_s, QVariant(3 * mebi) }));
    QCOMPARE(w.count->text(), u"\u26a0 1 alert"_s);
    QVERIFY(w.count->isVisible());

    w.source.setMetric(u"a"_s, memory(mebi));
    QTRY_VERIFY(!w.count->isVisible());
    QCOMPARE(w.crossed.size(), 1);
}

void tst_InspectorAlerts::watchesAllRecorders()
{
    Window w;
    w.show();
    QDialog *editor = w.openEditor();
    QTest::keyClick(editor->findChild<QComboBox *>(u"scope"_s), Qt::Key_End);
    w.type(editor, "first", u"2 MiB"_s);
    QTest::keyClick(editor->findChild<QLineEdit *>(u"first"_s), Qt::Key_Return);

    w.source.setMetric(u"b"_s, memory(3 * mebi));
    QTRY_COMPARE(w.crossed.size(), 1);

    QCOMPARE(w.crossed.first().first(), u"b"_s);
}

void tst_InspectorAlerts::setsAMark()
{
    Window w;
    w.show();
    QDialog *editor = w.openEditor();
    auto *setsMark = editor->findChild<QCheckBox *>(u"setsMark"_s);
    QTest::mouseClick(setsMark, Qt::LeftButton, {}, { 8, setsMark->height() / 2 });
    QVERIFY(setsMark->isChecked());
    w.type(editor, "first", u"2 MiB"_s);
    QTest::keyClick(editor->findChild<QLineEdit *>(u"first"_s), Qt::Key_Return);
    const auto *notice = w.window.findChild<QWidget *>(u"notice"_s);
    QVERIFY(!notice->isVisible());

    w.source.setMetric(u"a"_s, memory(3 * mebi));

    QTRY_VERIFY(notice->isVisible());
    QVERIFY(notice->accessibleDescription().startsWith(u"memory / used in a: above 2.00 MiB"_s));
}

// What is painted there is another picture, whatever it looks like.
void tst_InspectorAlerts::marksTheRow()
{
    Window w;
    w.show();
    w.setAlert(u"2 MiB"_s);
    w.tree->clearSelection();
    w.tree->collapseAll();
    const QRect row = w.tree->visualRect(w.tree->model()->index(0, 0));
    const QImage before = w.tree->viewport()->grab(row).toImage();

    w.source.setMetric(u"a"_s, memory(3 * mebi));
    QTRY_COMPARE(w.crossed.size(), 1);
    const QImage alert = w.tree->viewport()->grab(row).toImage();
    w.source.setMetric(u"a"_s, memory(mebi));
    QTRY_VERIFY(!w.count->isVisible());

    QVERIFY(alert != before);
    QCOMPARE(w.tree->viewport()->grab(row).toImage(), before);
}

void tst_InspectorAlerts::listsThemFromTheSummary()
{
    Window w;
    w.show();
    w.setAlert(u"0.5 MiB"_s);
    QTRY_VERIFY(w.count->isVisible());

    QTest::mouseClick(w.count, Qt::LeftButton);

    auto *list = w.window.findChild<QDialog *>(u"alertList"_s);
    QVERIFY(list);
    QCOMPARE(list->findChild<QListWidget *>()->item(0)->text(),
             u"memory / used in a: above 512 KiB"_s);
}

void tst_InspectorAlerts::removesByKeyboard()
{
    Window w;
    w.show();
    w.setAlert(u"0.5 MiB"_s);
    QTRY_VERIFY(w.count->isVisible());
    QTest::keyClick(w.tree, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    auto *list = w.window.findChild<QDialog *>(u"alertList"_s);
    QVERIFY(list);
    QVERIFY(QTest::qWaitForWindowActive(list));

    QTest::keyClick(list->findChild<QListWidget *>(), Qt::Key_Delete);

    QCOMPARE(list->findChild<QListWidget *>()->count(), 0);
    QVERIFY(!w.count->isVisible());
    QVERIFY(!list->findChild<QPushButton *>(u"remove"_s)->isEnabled());
}

void tst_InspectorAlerts::survivesARestart()
{
    {
        Window w;
        w.show();
        w.setAlert(u"2 MiB"_s);
    }
    Window w;
    w.source.setMetric(u"a"_s, memory(3 * mebi));
    w.show();

    QTRY_COMPARE(w.crossed.size(), 1);
}

void tst_InspectorAlerts::saysWhatItDoesNotUnderstand()
{
    {
        InspectorWidget widget(static_cast<SnapshotSource *>(nullptr));
        widget.settings()->setValue(u"version1/alerts"_s, QStringList{ u"{\"metric\":1}"_s });
    }
    QTest::ignoreMessage(QtWarningMsg,
                         "the settings have an alert that is not understood: "
                         "{\"metric\":1}");
    Window w;
    w.show();
}

QTEST_MAIN(tst_InspectorAlerts)
#include "tst_inspectoralerts.moc"
