// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotmodel.h>

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"

#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Recorders;

namespace {

constexpr int recorderCount = 20;
constexpr int metricCount = 100; // of each

void fill(FakeSnapshotSource &source, int recorder, qint64 value)
{
    QList<MetricSnapshot> metrics;
    for (int i = 0; i < metricCount; ++i)
        metrics += MetricSnapshot(QStringLiteral("metric-%1").arg(i))
                           .add(QStringLiteral("value"), value);
    source.setRecorder(QString::number(recorder), metrics);
}

int visibleRows(const QTreeView &view)
{
    int count = 0;
    QModelIndex index = view.indexAt({ 0, 0 });
    for (; index.isValid() && view.visualRect(index).top() < view.viewport()->height(); ++count)
        index = view.indexBelow(index);
    return count;
}

} // namespace

// What the views of Qt hear of a model.
class tst_Announcements_Views : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsLittleOfRowsOutOfSight();
    void showsWhatIsScrolledIntoSight();
};

struct Shown
{
    Shown()
    {
        for (int recorder = 0; recorder < recorderCount; ++recorder)
            fill(source, recorder, 0);
        subject = Testing::subjectOf<SnapshotModel>(source);
        subject.update();
        view.setUniformRowHeights(true);
        view.setModel(subject.model.get());
        view.expandAll();
        view.resize(400, 300);
        view.show();
    }
    void changeLast(qint64 value)
    {
        fill(source, recorderCount - 1, value);
        subject.update();
    }

    FakeSnapshotSource source;
    Testing::Subject subject;
    QTreeView view;
};

// All are expanded, and the view has an index of each.
void tst_Announcements_Views::tellsLittleOfRowsOutOfSight()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
    const int visible = visibleRows(shown.view);
    QVERIFY(visible > 5 && visible < metricCount);
    QSignalSpy changed(shown.subject.model.get(), &QAbstractItemModel::dataChanged);

    for (int update = 1; update < 10; ++update) {
        changed.clear();
        shown.changeLast(update);
        QVERIFY2(changed.count() <= 16 + visible, qPrintable(QString::number(changed.count())));
    }
}

void tst_Announcements_Views::showsWhatIsScrolledIntoSight()
{
    Shown shown;
    QVERIFY(QTest::qWaitForWindowExposed(&shown.view));
    shown.changeLast(1);
    shown.changeLast(2);
    QSignalSpy changed(shown.subject.model.get(), &QAbstractItemModel::dataChanged);

    shown.view.scrollToBottom();
    shown.view.viewport()->repaint();
    const int visible = visibleRows(shown.view);
    changed.clear();
    shown.changeLast(3);

    QVERIFY(changed.count() >= visible);
}

QTEST_MAIN(tst_Announcements_Views)

#include "tst_announcements_views.moc"
