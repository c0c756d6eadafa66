// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/inspectedsource.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <atomic>
#include <memory>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// What the inspector asks of recorders: what somebody sees, and all of it when that is needed.
class tst_InspectorDemand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void takesNoSnapshotsOfCollapsedRows();
    void takesSnapshotsOfExpandedRows();
    void takesSnapshotsOfPinnedRows();
    void marksWhatNobodySees();
    void pausesWhatNobodySees();
    void exportsWhatNobodySees();
    void paintsWhatChangesInOneGoTogether();
};

namespace {

const QString a = QStringLiteral("a");
const QString b = QStringLiteral("b");
// The first recorders that come are expanded, the others are not.
const QStringList first{ QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3") };

// Counts its snapshots.
class AskedMetric : public TickMetric
{
public:
    explicit AskedMetric(std::shared_ptr<std::atomic<int>> count)
        : m_count(std::move(count))
    {
    }

    MetricSnapshot snapshot() const override
    {
        ++*m_count;
        return TickMetric::snapshot();
    }

private:
    const std::shared_ptr<std::atomic<int>> m_count;
};

// An application of two recorders that work, and its inspector.
class Application
{
public:
    Application()
    {
        runtime.start();
        for (const QString &id : first)
            runtime.createRecorder(id);
        for (const QString &id : { a, b }) {
            const auto recorder = runtime.createRecorder(id);
            recorder->registerMetric(std::make_unique<AskedMetric>(counts[id]));
            recorder->flush();
        }
        const auto *filter = qobject_cast<SnapshotFilterModel *>(tree()->model());
        qobject_cast<SnapshotModel *>(filter->sourceModel())->setRefreshInterval(1);
        window.show();
    }

    QTreeView *tree() const { return window.findChild<QTreeView *>(QStringLiteral("tree")); }
    QModelIndex recorder(const QString &id) const
    {
        return tree()->model()->index(int(first.size()) + (id == a ? 0 : 1), 0);
    }

    // Each has an event more, and the inspector knows of it. Reads no metric.
    bool work()
    {
        ++m_events;
        for (const QString &id : { a, b })
            runtime.recorder(id)->registerEvent(Tick{});
        return QTest::qWaitFor([this] { return isSeen(a) && isSeen(b); });
    }
    int countOf(const QString &id) const { return *counts[id]; }

    // A second and more of which nobody looks at anything, and all that was asked for before.
    bool rest()
    {
        const QDeadlineTimer end(1200ms);
        while (!end.hasExpired()) {
            if (!work())
                return false;
        }
        return true;
    }

    OwnSettings settings; // before the window, which reads them
    mutable QHash<QString, std::shared_ptr<std::atomic<int>>> counts{
        { a, std::make_shared<std::atomic<int>>() }, { b, std::make_shared<std::atomic<int>>() }
    };
    MetricsRuntime runtime{ QStringLiteral("app") };
    InspectorWindow window{ &runtime };

private:
    bool isSeen(const QString &id) const
    {
        return recorder(id).data(SnapshotModel::HandledRole).toInt() == m_events;
    }

    int m_events = 0;
};

MetricSnapshot bytes(qint64 total)
{
    return MetricSnapshot(QStringLiteral("bytes")).add(QStringLiteral("total"), total);
}

// An inspector that has heard that a changed, and nobody has looked at what of it did.
class Inspector : public InspectedSource
{
public:
    Inspector()
    {
        for (const QString &id : first)
            source.setRecorder(id, {});
        for (const QString &id : { a, b })
            source.setMetric(id, bytes(1));
        show();
        source.setMetric(a, bytes(5));
        isOld = QTest::qWaitFor([this] { return model()->isPartial(); });
    }

    SnapshotModel *model() const { return qobject_cast<SnapshotModel *>(rows()->sourceModel()); }
    QString valueOf(const QString &id) const
    {
        return text({ id, QStringLiteral("bytes") }, QStringLiteral("Value"));
    }

    bool isOld = false;
};

} // namespace

void tst_InspectorDemand::init()
{
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorDemand::takesNoSnapshotsOfCollapsedRows()
{
    Application app;
    QVERIFY(QTest::qWaitForWindowExposed(&app.window));
    QVERIFY(app.work());
    const int before = app.countOf(a) + app.countOf(b);

    for (int i = 0; i < 20; ++i)
        QVERIFY(app.work());

    QCOMPARE(app.countOf(a) + app.countOf(b), before);
}

void tst_InspectorDemand::takesSnapshotsOfExpandedRows()
{
    Application app;
    QVERIFY(QTest::qWaitForWindowExposed(&app.window));
    QVERIFY(app.work());
    const int before = app.countOf(b);

    app.tree()->expand(app.recorder(a));
    const QPersistentModelIndex metric = app.tree()->model()->index(0, 0, app.recorder(a));
    QTRY_VERIFY(app.work() && app.countOf(a) > 20);
    QCOMPARE(app.countOf(b), before);

    app.tree()->collapse(app.recorder(a));
    QTRY_VERIFY([&] {
        const int count = app.countOf(a);
        return app.work() && app.work() && app.countOf(a) == count;
    }());
}

void tst_InspectorDemand::takesSnapshotsOfPinnedRows()
{
    Application app;
    QVERIFY(QTest::qWaitForWindowActive(&app.window));
    QVERIFY(app.work());
    app.tree()->expand(app.recorder(a));
    app.tree()->setCurrentIndex(app.tree()->model()->index(0, 0, app.recorder(a)));
    app.window.findChild<QAction *>(QStringLiteral("pin"))->trigger();
    app.tree()->collapse(app.recorder(a));
    QVERIFY(app.rest());
    const int before = app.countOf(a);

    QVERIFY(app.work());
    QVERIFY(app.work());

    QTRY_VERIFY(app.work() && app.countOf(a) > before);
}

void tst_InspectorDemand::marksWhatNobodySees()
{
    Inspector w;
    QVERIFY(w.isOld);

    w.action("setMark")->trigger();
    QTRY_VERIFY(!w.model()->mark().isNull());
    w.source.setMetric(a, bytes(7));

    const QString delta = QStringLiteral("\u0394 since mark");
    QTRY_COMPARE(w.text({ a, QStringLiteral("bytes") }, delta), QStringLiteral("+2"));
}

// What is expanded then is of that moment, and not of the one when somebody looked last.
void tst_InspectorDemand::pausesWhatNobodySees()
{
    Inspector w;
    QVERIFY(w.isOld);

    w.action("pause")->trigger();
    QTRY_VERIFY(!w.model()->isPartial());
    w.source.setMetric(a, bytes(7));
    w.tree()->expand(w.row({ a }));

    QCOMPARE(w.valueOf(a), QStringLiteral("5"));
}

void tst_InspectorDemand::exportsWhatNobodySees()
{
    Inspector w;
    QVERIFY(w.isOld);
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rows.csv"));

    w.action("exportAll")->trigger();
    QFileDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = w.window.findChild<QFileDialog *>()));
    Q_EMIT dialog->fileSelected(path);
    QFile file(path);
    QTRY_VERIFY(file.exists());

    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray csv = file.readAll();
    QVERIFY2(csv.contains("a,bytes,total,5"), csv.constData());
}

// Counts how often something is painted.
class PaintCounter : public QObject
{
public:
    explicit PaintCounter(QObject *painted) { painted->installEventFilter(this); }

    int count() const { return m_count; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        m_count += event->type() == QEvent::Paint ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }

private:
    int m_count = 0;
};

// As the parts of an update come, each in a turn of the event loop of its own.
void tst_InspectorDemand::paintsWhatChangesInOneGoTogether()
{
    Inspector inspector;
    QVERIFY(inspector.isOld);
    const PaintCounter paints(inspector.tree()->viewport());
    const QModelIndex row = inspector.rows()->index(0, 0);

    QElapsedTimer time;
    for (time.start(); time.elapsed() < 300;) {
        Q_EMIT inspector.rows()->dataChanged(row, row);
        QCoreApplication::processEvents();
    }

    const qint64 rounds = time.elapsed() / 40 + 1;
    QVERIFY(paints.count() > 0);
    QCOMPARE_LE(paints.count(), 2 * rounds); // who measures the work passes each event on
}

QTEST_MAIN(tst_InspectorDemand)

#include "tst_inspectordemand.moc"
