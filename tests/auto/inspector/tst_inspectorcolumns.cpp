// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/inspectedsource.h"

#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>

#include <utility>

using namespace Recorders;

namespace {

class Inspector : public Testing::InspectedSource
{
public:
    explicit Inspector(QSettings *file = nullptr)
    {
        if (file)
            widget->setSettings(file);
        for (const auto &[id, mean] : { std::pair("a", 3.0), std::pair("b", 1.0) }) {
            MetricSnapshot times(QStringLiteral("times"));
            times.add(QStringLiteral("mean"), mean, Unit::milliseconds(), MetricKind::Gauge);
            source.setMetric(QLatin1String(id), times.add(QStringLiteral("count"), 7));
        }
        show();
    }

    QMenu *columns() const { return menu(QStringLiteral("Columns")); }
    void toggle(const char *title) const { entry(columns(), QLatin1String(title))->trigger(); }
};

const QString mean = QStringLiteral("Mean");
const QStringList timesOfA{ QStringLiteral("a"), QStringLiteral("times") };

} // namespace

// The columns that a user chooses.
class tst_InspectorColumns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void areFewAtFirst();
    void areChosenInTheMenu();
    void areChosenInTheHeader();
    void areTheSameInTheTable();
    void areSortedByAClick();
    void areListedToSortBy();
    void areRemembered();
    void ignoreUnknownNames();
    void areReset();
    void moveByTheMouse();
    void fillTheWidth();
};

void tst_InspectorColumns::init()
{
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorColumns::areFewAtFirst()
{
    const Inspector w;

    for (const char *title : { "Name", "Value", "Unit", "Rate", "Trend" })
        QVERIFY2(w.isShown(QLatin1String(title)), title);
    for (const char *title :
         { "Count", "Min", "Mean", "Max", "p50", "p90", "p99", "p99.9", "Last change" })
        QVERIFY2(!w.isShown(QLatin1String(title)), title);
}

void tst_InspectorColumns::areChosenInTheMenu()
{
    const Inspector w;

    w.toggle("Mean");

    QVERIFY(w.isShown(mean));
    QVERIFY(w.entry(w.columns(), mean)->isChecked());
    QCOMPARE(w.text(timesOfA, mean), QStringLiteral("3 ms"));
    QCOMPARE(w.text({ QStringLiteral("a") }, mean), QString());
    w.toggle("Mean");
    QVERIFY(!w.isShown(mean));
}

void tst_InspectorColumns::areChosenInTheHeader()
{
    const Inspector w;

    Q_EMIT w.tree()->header()->customContextMenuRequested(QPoint(5, 5));

    QVERIFY(w.columns()->isVisible());
    QTest::keyClick(w.columns(), Qt::Key_Escape);
    QVERIFY(!w.columns()->isVisible());
}

void tst_InspectorColumns::areTheSameInTheTable()
{
    const Inspector w;
    w.toggle("Mean");

    w.action("table")->trigger();
    QVERIFY(w.isShown(mean, "table"));
    w.toggle("Max");
    w.action("table")->trigger();

    QVERIFY(w.isShown(QStringLiteral("Max"), "table"));
    QVERIFY(w.isShown(QStringLiteral("Max")));
}

void tst_InspectorColumns::areSortedByAClick()
{
    const Inspector w;
    w.toggle("Mean");
    w.action("table")->trigger();
    const QTreeView *table = w.view("table");
    QTRY_COMPARE(table->model()->rowCount(), 4);
    const QHeaderView *header = table->header();
    const int column = w.columnOf(table, mean);
    const int x = header->sectionViewportPosition(column) + header->sectionSize(column) / 2;

    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));

    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("b"));
}

void tst_InspectorColumns::areListedToSortBy()
{
    const Inspector w;
    QMenu *sort = w.menu(QStringLiteral("Sort By"));
    QVERIFY(!w.entry(sort, mean));

    w.toggle("Mean");

    QVERIFY(w.entry(sort, mean));
    const auto entries = sort->actions();
    for (const QAction *entry : entries)
        QVERIFY(entry->isSeparator() || !entry->text().isEmpty());
}

void tst_InspectorColumns::areRemembered()
{
    const QTemporaryDir directory;
    QSettings file(directory.filePath(QStringLiteral("settings")), QSettings::IniFormat);
    {
        Inspector w(&file);
        w.toggle("Mean");
        w.toggle("Trend");
        w.window.close();
    }

    const Inspector w(&file);

    QVERIFY(w.isShown(mean));
    QVERIFY(!w.isShown(QStringLiteral("Trend")));
}

void tst_InspectorColumns::ignoreUnknownNames()
{
    const QTemporaryDir directory;
    QSettings file(directory.filePath(QStringLiteral("settings")), QSettings::IniFormat);
    file.setValue(QStringLiteral("version1/columns"),
                  QStringList{ QStringLiteral("mean"), QStringLiteral("phase of the moon") });

    const Inspector w(&file);

    QVERIFY(w.isShown(mean));
    QVERIFY(!w.isShown(QStringLiteral("Trend")));
}

void tst_InspectorColumns::areReset()
{
    const Inspector w;
    w.toggle("Mean");
    w.toggle("Trend");
    w.toggle("Usual Columns");
    QVERIFY(!w.isShown(mean));
    QVERIFY(w.isShown(QStringLiteral("Trend")));

    w.toggle("Mean");
    w.action("resetLayout")->trigger();

    QVERIFY(!w.isShown(mean));
}

void tst_InspectorColumns::moveByTheMouse()
{
    const Inspector w;
    QHeaderView *header = w.tree()->header();
    const int rate = w.columnOf(w.tree(), QStringLiteral("Rate"));

    header->moveSection(header->visualIndex(rate), 1);

    QCOMPARE(header->visualIndex(rate), 1);
    header->moveSection(0, 2); // names stay at the left
    QCOMPARE(header->visualIndex(0), 0);
    w.action("resetLayout")->trigger();
    QCOMPARE(header->visualIndex(rate), rate);
}

// So that a row is marked up to the edge.
void tst_InspectorColumns::fillTheWidth()
{
    const Inspector w;
    const QHeaderView *header = w.tree()->header();

    QVERIFY(header->length() >= w.tree()->viewport()->width());
    w.toggle("Trend");
    QVERIFY(header->length() >= w.tree()->viewport()->width());
}

QTEST_MAIN(tst_InspectorColumns)

#include "tst_inspectorcolumns.moc"
