// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwindow.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/fakesnapshotsource.h"
#include "shared/handclock.h"
#include "shared/ownsettings.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace Recorders;

namespace {

// A window with 2 000 000 bytes, which are 1.91 MiB.
class Window
{
public:
    Window() { setBytes(2'000'000); }

    void setBytes(qint64 bytes)
    {
        source.setRecorder(QStringLiteral("a"),
                           { MetricSnapshot(QStringLiteral("sent"))
                                     .add(QStringLiteral("total"), bytes, Unit::bytes(),
                                          MetricKind::Counter) });
    }

    void show()
    {
        window.resize(1200, 700);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(view("tree")->model()->rowCount(), 1);
        view("tree")->setCurrentIndex(metric());
    }

    QTreeView *view(const char *name) const
    {
        return window.findChild<QTreeView *>(QLatin1String(name));
    }
    QAction *action(const char *name) const
    {
        return window.findChild<QAction *>(QLatin1String(name));
    }
    QModelIndex metric() const
    {
        const QAbstractItemModel *model = view("tree")->model();
        return model->index(0, 0, model->index(0, 0));
    }
    QString cell(int column) const { return metric().siblingAtColumn(column).data().toString(); }
    QString value() const
    {
        return cell(SnapshotModel::ValueColumn) + u' ' + cell(SnapshotModel::UnitColumn);
    }
    QString label(const char *name) const
    {
        return window.findChild<QLabel *>(QLatin1String(name))->text();
    }
    void switchUnits() { QTest::keyClick(&window, Qt::Key_U, Qt::ControlModifier); }

    FakeSnapshotSource source;
    InspectorWindow window{ &source };
};

} // namespace

class tst_InspectorUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void showsBytesByThousandsInTheTree();
    void showsBytesByThousandsInTheTable();
    void showsBytesByThousandsInDetail();
    void describesThePlotByThousands();
    void showsItsOwnMemoryByThousands();
    void leavesWhatIsCopiedAlone();
    void remembersIt();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorUnits::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorUnits::showsBytesByThousandsInTheTree()
{
    Window w;
    w.show();
    QCOMPARE(w.value(), QStringLiteral("1.91 MiB"));

    w.switchUnits();
    QCOMPARE(w.value(), QStringLiteral("2.00 MB"));

    w.switchUnits();
    QCOMPARE(w.value(), QStringLiteral("1.91 MiB"));
}

void tst_InspectorUnits::showsBytesByThousandsInTheTable()
{
    Window w;
    w.show();
    w.switchUnits();

    w.action("table")->trigger();

    QTRY_COMPARE(w.view("table")->model()->rowCount(), 1);
    const QModelIndex index = w.view("table")->model()->index(0, SnapshotTableModel::UnitColumn);
    QCOMPARE(index.data().toString(), QStringLiteral("MB"));
}

void tst_InspectorUnits::showsBytesByThousandsInDetail()
{
    const Testing::HandClock clock; // stands still, so that the rate does not decay
    Window w;
    w.show();
    w.source.advance(std::chrono::seconds(1));
    w.setBytes(2'500'000);
    QTRY_VERIFY(w.label("detailFacts").startsWith(QStringLiteral("+488 KiB/s")));

    w.switchUnits();

    QTRY_COMPARE(w.label("detailValue"), QStringLiteral("2.50 MB"));
    QVERIFY(w.label("detailFacts").startsWith(QStringLiteral("+500 kB/s")));
}

void tst_InspectorUnits::describesThePlotByThousands()
{
    Window w;
    w.show();
    const auto *plot = w.window.findChild<QWidget *>(QStringLiteral("plot"));
    QTRY_VERIFY(plot->accessibleDescription().contains(QStringLiteral("last 1.91 MiB")));

    w.switchUnits();

    QTRY_VERIFY(plot->accessibleDescription().contains(QStringLiteral("last 2.00 MB")));
}

void tst_InspectorUnits::showsItsOwnMemoryByThousands()
{
    Window w;
    w.show();
    QTRY_VERIFY(w.label("histories").contains(QStringLiteral("iB")));

    w.switchUnits();

    QVERIFY2(!w.label("histories").contains(QStringLiteral("iB")),
             qPrintable(w.label("histories")));
}

void tst_InspectorUnits::leavesWhatIsCopiedAlone()
{
    Window w;
    w.show();
    w.switchUnits();

    w.action("copy")->trigger();

    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(QStringLiteral("\t2000000\tBy")), qPrintable(copied));
}

void tst_InspectorUnits::remembersIt()
{
    {
        Window w;
        w.show();
        w.switchUnits();
    }

    Window w;
    w.show();

    QCOMPARE(w.value(), QStringLiteral("2.00 MB"));
    QVERIFY(w.action("decimalBytes")->isChecked());
}

QTEST_MAIN(tst_InspectorUnits)

#include "tst_inspectorunits.moc"
