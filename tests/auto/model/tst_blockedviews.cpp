// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/processresources.h"
#include "shared/qtry.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QFuture>
#include <QList>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <memory>
#include <thread>
#include <vector>

#include <malloc.h>

using namespace Recorders;
using namespace Testing;

// A tree of recorders behind a filter, whose thread does not come to its event loop while all of
// them go on.
class tst_BlockedViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void waitForOneUpdate();
    void needNoMoreMemoryTheLongerItLasts();
    void catchUpByOneTellingOfEach_data();
    void catchUpByOneTellingOfEach();
};

namespace {

constexpr int recorderCount = 2000;

// Another source's answers, how many of them are not read yet, and how much they told.
class WatchedSource : public SnapshotSource
{
public:
    explicit WatchedSource(SnapshotSource *watched)
        : m_watched(watched)
    {
    }

    void noteRead() { --m_unread; }
    int unread() const { return m_unread; }
    qsizetype told() const // recorders, each as often as it was
    {
        qsizetype told = 0;
        for (const QFuture<SnapshotUpdate> &answer : m_answers)
            told += answer.isResultReadyAt(0) ? answer.result().recorders.size() : 0;
        return told;
    }

    QString name() const override { return m_watched->name(); }
    RuntimeState state() const override { return m_watched->state(); }
    quint64 version() const override { return m_watched->version(); }
    QFuture<SnapshotUpdate> changesSince(const SnapshotRequest &request) override
    {
        ++m_unread;
        m_answers.append(m_watched->changesSince(request));
        return m_answers.constLast();
    }

private:
    SnapshotSource *const m_watched;
    QList<QFuture<SnapshotUpdate>> m_answers;
    int m_unread = 0;
};

class Subject
{
public:
    Subject()
    {
        runtime.start();
        for (int i = 0; i < recorderCount; ++i) {
            recorders.push_back(runtime.createRecorder(QStringLiteral("connection-%1").arg(i)));
            recorders.back()->registerMetric(counter<Tick>(QStringLiteral("ticks")));
        }
        QObject::connect(&model, &SnapshotModel::updated, [this] { source.noteRead(); });
        model.setSource(&source);
        filter.setMovesRows(false);
        filter.setSourceModel(&model);
        filter.setFilterText(QStringLiteral("connection-1"));
        filter.sort(SnapshotModel::RateColumn, Qt::DescendingOrder);
        view.setUniformRowHeights(true);
        view.setModel(&filter);
        view.show();
        isBegun = QTest::qWaitFor([this] { return isShown(); });
        view.expandToDepth(0);
    }
    ~Subject() { model.setSource(nullptr); }

    Subject(const Subject &) = delete;
    Subject &operator=(const Subject &) = delete;

    // All recorders handle as many events more, while this thread is blocked.
    void flood(int rounds)
    {
        std::thread producer([this, rounds] {
            for (int round = 0; round < rounds; ++round) {
                for (const auto &recorder : recorders)
                    recorder->registerEvent(Tick{ 1 });
            }
            for (const auto &recorder : recorders)
                recorder->flush(QDeadlineTimer(std::chrono::minutes(1)));
        });
        producer.join();
        m_handled += quint64(rounds);
    }

    // All rows that there are to be, as they are to be.
    bool isShown() const
    {
        constexpr int fitting = 1111; // 1, 10 to 19, 100 to 199, 1000 to 1999
        if (filter.isBusy() || filter.rowCount() != fitting)
            return false;
        for (int row = 0; row < fitting; ++row) {
            const QModelIndex recorder = filter.index(row, 0);
            const QModelIndex ticks = filter.index(0, 0, recorder);
            if (recorder.data(SnapshotModel::HandledRole).toULongLong() != m_handled
                || ticks.data(SnapshotModel::ValueRole).toULongLong() != m_handled)
                return false;
        }
        return true;
    }

    MetricsRuntime runtime{ QStringLiteral("app") };
    std::vector<std::shared_ptr<Recorder>> recorders;
    WatchedSource source{ runtime.snapshotSource() };
    SnapshotModel model;
    SnapshotFilterModel filter;
    QTreeView view;
    bool isBegun = false;

private:
    quint64 m_handled = 0;
};

} // namespace

void tst_BlockedViews::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    ::mallopt(M_ARENA_MAX, 1); // all threads are counted
}

void tst_BlockedViews::waitForOneUpdate()
{
    Subject subject;
    QVERIFY(subject.isBegun);
    subject.model.refresh();
    QCOMPARE(subject.source.unread(), 1);

    for (int i = 0; i < 5; ++i) {
        subject.flood(10);
        QCOMPARE(subject.source.unread(), 1);
    }

    QTRY_VERIFY(subject.isShown());
}

void tst_BlockedViews::needNoMoreMemoryTheLongerItLasts()
{
    if (!ProcessResources::isMemoryMeaningful())
        QSKIP("a sanitizer keeps memory of its own");
    Subject subject;
    QVERIFY(subject.isBegun);
    subject.model.refresh();
    subject.flood(20);
    const qint64 before = ProcessResources::now().heap;

    for (int i = 0; i < 5; ++i)
        subject.flood(20);

    constexpr qint64 oneTellingOfEach = qint64(recorderCount) * 100;
    QCOMPARE_LT(ProcessResources::now().heap - before, oneTellingOfEach);
    QTRY_VERIFY(subject.isShown());
}

void tst_BlockedViews::catchUpByOneTellingOfEach_data()
{
    QTest::addColumn<int>("rounds");

    QTest::newRow("after an event of each") << 1;
    QTest::newRow("after a hundred of each") << 100;
}

void tst_BlockedViews::catchUpByOneTellingOfEach()
{
    QFETCH(const int, rounds);
    Subject subject;
    QVERIFY(subject.isBegun);
    QTRY_COMPARE(subject.source.unread(), 0);
    const qsizetype before = subject.source.told();

    subject.flood(rounds);
    QTRY_VERIFY(subject.isShown() && subject.source.unread() == 0);

    QCOMPARE(subject.source.told() - before, recorderCount);
}

QTEST_MAIN(tst_BlockedViews)
#include "tst_blockedviews.moc"
