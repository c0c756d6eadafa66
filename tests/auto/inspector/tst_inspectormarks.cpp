// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/inspectedsource.h"

#include <QInputDialog>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolButton>

using namespace Recorders;

namespace {

const QString delta = QStringLiteral("\u0394 since mark");
const QString ratio = QStringLiteral("\u0394 %");

MetricSnapshot bytes(qint64 total)
{
    return MetricSnapshot(QStringLiteral("bytes"))
            .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter);
}

class Inspector : public Testing::InspectedSource
{
public:
    Inspector()
    {
        for (const char *id : { "a", "b" })
            source.setMetric(QLatin1String(id), bytes(1024));
        show();
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        QTest::keyClick(tree(), key, modifiers);
    }
    void set(const char *id, qint64 total) { source.setMetric(QLatin1String(id), bytes(total)); }
    QMenu *marks() const { return menu(QStringLiteral("Marks")); }
};

const QStringList a{ QStringLiteral("a") };
const QStringList b{ QStringLiteral("b") };
const QStringList bytesOfA{ QStringLiteral("a"), QStringLiteral("bytes") };
const QStringList bytesOfB{ QStringLiteral("b"), QStringLiteral("bytes") };

} // namespace

// Marks, what changed since them, and recorders that are gone.
class tst_InspectorMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void showNothingAtFirst();
    void showWhatChangedSinceAMark();
    void areSetByTheirButton();
    void areCleared();
    void hideAndShowWhatChanged();
    void areSeveral();
    void areNamed();
    void showTheTable();
    void tellWhatIsNewOrRestarted();
    void sortByTheDelta();

    void areKeptForAnotherTime();
    void saysWhatItCannotRestore();

    void keepRecordersThatAreGone();
    void clearRecordersThatAreGone();
    void keepTheSelectionOfARecorderThatIsGone();
};

void tst_InspectorMarks::init()
{
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorMarks::showNothingAtFirst()
{
    const Inspector w;

    QVERIFY(!w.isShown(delta));
    QVERIFY(!w.isShown(ratio));
    QVERIFY(!w.action("clearMark")->isEnabled());
}

void tst_InspectorMarks::showWhatChangedSinceAMark()
{
    Inspector w;

    w.press(Qt::Key_M);
    w.set("a", 3072);

    QVERIFY(w.isShown(delta));
    QVERIFY(w.isShown(ratio));
    QTRY_COMPARE(w.text(bytesOfA, delta), QStringLiteral("+2.00 KiB"));
    QCOMPARE(w.text(bytesOfA, ratio), QStringLiteral("+200 %"));
    QCOMPARE(w.text(bytesOfB, delta), QStringLiteral("0"));
    QCOMPARE(w.text(a, delta), QStringLiteral("1 changed"));
    QCOMPARE(w.text(b, delta), QString());
}

void tst_InspectorMarks::areSetByTheirButton()
{
    Inspector w;

    QTest::mouseClick(w.window.findChild<QToolButton *>(QStringLiteral("mark")), Qt::LeftButton, {},
                      QPoint(5, 5));

    QVERIFY(w.isShown(delta));
}

void tst_InspectorMarks::areCleared()
{
    Inspector w;
    w.press(Qt::Key_M);
    w.set("a", 3072);
    QTRY_COMPARE(w.text(bytesOfA, delta), QStringLiteral("+2.00 KiB"));

    w.press(Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);

    QVERIFY(!w.isShown(delta));
    QCOMPARE(w.text(bytesOfA, delta), QString());
    QVERIFY(!w.action("clearMark")->isEnabled());
    QCOMPARE(w.row(bytesOfA).data(SnapshotModel::ValueRole).toInt(), 3072); // recorders go on
}

void tst_InspectorMarks::hideAndShowWhatChanged()
{
    Inspector w;
    w.press(Qt::Key_M);
    QVERIFY(w.action("delta")->isChecked());

    w.press(Qt::Key_D);
    QVERIFY(!w.isShown(delta));
    w.press(Qt::Key_D);

    QVERIFY(w.isShown(delta));
    QVERIFY(w.isShown(ratio));
}

void tst_InspectorMarks::areSeveral()
{
    Inspector w;
    w.press(Qt::Key_M);
    w.set("a", 2048);
    QTRY_COMPARE(w.text(bytesOfA, delta), QStringLiteral("+1.00 KiB"));
    w.press(Qt::Key_M);
    w.set("a", 6144);
    QTRY_COMPARE(w.text(bytesOfA, delta), QStringLiteral("+4.00 KiB"));

    w.entry(w.marks(), QStringLiteral("Mark 1"))->trigger();
    QCOMPARE(w.text(bytesOfA, delta), QStringLiteral("+5.00 KiB"));
    QVERIFY(w.entry(w.marks(), QStringLiteral("Mark 1"))->isChecked());
    w.entry(w.marks(), QStringLiteral("Compare with Nothing"))->trigger();
    QVERIFY(!w.isShown(delta));
    w.entry(w.marks(), QStringLiteral("Mark 2"))->trigger();
    QVERIFY(w.isShown(delta));

    w.entry(w.marks(), QStringLiteral("Clear All Marks"))->trigger();
    QVERIFY(!w.entry(w.marks(), QStringLiteral("Mark 1")));
    QVERIFY(!w.isShown(delta));
}

// The mark is of the moment of the command, not of the end of its name.
void tst_InspectorMarks::areNamed()
{
    Inspector w;
    w.press(Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    auto *dialog = w.window.findChild<QInputDialog *>(QStringLiteral("markName"));
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(!dialog->isModal());
    w.set("a", 2048);
    QTRY_COMPARE(w.text(bytesOfA, delta), QStringLiteral("+1.00 KiB"));

    dialog->setTextValue(QStringLiteral("before R&D"));
    QTest::keyClick(dialog, Qt::Key_Return);

    QVERIFY(w.entry(w.marks(), QStringLiteral("before RD"))->isChecked());
    QCOMPARE(w.text(bytesOfA, delta), QStringLiteral("+1.00 KiB"));
}

void tst_InspectorMarks::showTheTable()
{
    Inspector w;
    w.press(Qt::Key_M);
    w.set("a", 2048);
    w.press(Qt::Key_T);
    const QTreeView *table = w.view("table");

    QVERIFY(w.isShown(delta, "table"));
    QTRY_COMPARE(table->model()->rowCount(), 2);
    const QModelIndex first = table->model()->index(0, w.columnOf(table, delta));
    QTRY_COMPARE(first.data().toString(), QStringLiteral("+1.00 KiB"));
}

void tst_InspectorMarks::tellWhatIsNewOrRestarted()
{
    Inspector w;
    w.press(Qt::Key_M);

    w.set("c", 1);
    w.source.removeRecorder(QStringLiteral("a"));
    w.set("a", 1);
    w.set("b", 5);

    QTRY_COMPARE(w.text({ QStringLiteral("c") }, delta), QStringLiteral("new"));
    QTRY_COMPARE(w.text(a, delta), QStringLiteral("restarted"));
    QTRY_COMPARE(w.text(bytesOfB, delta), QStringLiteral("restarted"));
}

void tst_InspectorMarks::sortByTheDelta()
{
    Inspector w;
    w.press(Qt::Key_M);
    w.press(Qt::Key_T);
    QTreeView *table = w.view("table");
    w.set("b", 4096);
    QTRY_COMPARE(table->model()->rowCount(), 2);
    const int column = w.columnOf(table, delta);
    const QHeaderView *header = table->header();
    const QPoint title(header->sectionViewportPosition(column) + header->sectionSize(column) / 2,
                       header->height() / 2);

    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, title);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, title);

    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("b"));
}

void tst_InspectorMarks::areKeptForAnotherTime()
{
    const QTemporaryDir directory;
    QSettings file(directory.filePath(QStringLiteral("settings")), QSettings::IniFormat);
    {
        Inspector w;
        w.widget->setSettings(&file);
        w.press(Qt::Key_M);
    }
    file.sync();

    Inspector w;
    w.widget->setSettings(&file);
    QVERIFY(!w.isShown(delta)); // until somebody wants it
    w.set("a", 2048);
    w.entry(w.marks(), QStringLiteral("Mark 1"))->trigger();
    QTRY_COMPARE(w.text(bytesOfA, delta), QStringLiteral("+1.00 KiB"));

    w.press(Qt::Key_M);
    QVERIFY(w.entry(w.marks(), QStringLiteral("Mark 2")));
    w.entry(w.marks(), QStringLiteral("Clear All Marks"))->trigger();
    QVERIFY(!file.contains(QStringLiteral("version1/marks")));
}

void tst_InspectorMarks::saysWhatItCannotRestore()
{
    const QTemporaryDir directory;
    QSettings file(directory.filePath(QStringLiteral("settings")), QSettings::IniFormat);
    file.setValue(QStringLiteral("version1/marks"),
                  QVariantList{ qCompress(QByteArray::fromHex("8402")) });
    Inspector w;
    QTest::ignoreMessage(QtWarningMsg,
                         "the settings have a mark that is not understood: it is of "
                         "version 2, not 1");

    w.widget->setSettings(&file);

    QVERIFY(!w.entry(w.marks(), QStringLiteral("Mark 1")));
}

void tst_InspectorMarks::keepRecordersThatAreGone()
{
    Inspector w;
    w.press(Qt::Key_M);

    w.source.removeRecorder(QStringLiteral("a"));

    QTRY_VERIFY(w.row(a).data(SnapshotModel::RemovedRole).toBool());
    QCOMPARE(w.text(a, delta), QStringLiteral("gone"));
    QCOMPARE(w.row(bytesOfA).data(SnapshotModel::ValueRole).toInt(), 1024);
}

void tst_InspectorMarks::clearRecordersThatAreGone()
{
    Inspector w;
    QVERIFY(!w.action("clearEnded")->isEnabled());
    w.source.removeRecorder(QStringLiteral("a"));
    QTRY_VERIFY(w.action("clearEnded")->isEnabled());

    w.press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);

    QCOMPARE(w.rows()->rowCount(), 1);
    QVERIFY(!w.action("clearEnded")->isEnabled());
}

void tst_InspectorMarks::keepTheSelectionOfARecorderThatIsGone()
{
    Inspector w;
    w.tree()->expandAll();
    w.tree()->setCurrentIndex(w.row(bytesOfA));

    w.source.removeRecorder(QStringLiteral("a"));
    QTRY_VERIFY(w.row(a).data(SnapshotModel::RemovedRole).toBool());

    QCOMPARE(w.tree()->currentIndex(), w.row(bytesOfA));
    QVERIFY(w.tree()->selectionModel()->isSelected(w.row(bytesOfA)));
}

QTEST_MAIN(tst_InspectorMarks)

#include "tst_inspectormarks.moc"
