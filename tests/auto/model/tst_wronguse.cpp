// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/anymodel.h"
#include "shared/pollingwitness.h"
#include "shared/testmetrics.h"
#include "shared/workerthread.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>
#include <recorders/core/snapshotsubscription.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// What a model does with a runtime, a source or a recorder that is not as it should be. See also
// wrongthreads.cpp.
class tst_WrongUse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // runtimes, for each model
    void bearsNoRuntime_data() { addModels(); }
    void bearsNoRuntime();
    void bearsARuntimeThatIsNotStarted_data() { addModels(); }
    void bearsARuntimeThatIsNotStarted();
    void keepsWhatAStoppedRuntimeSaid_data() { addModels(); }
    void keepsWhatAStoppedRuntimeSaid();
    void keepsWhatADestroyedRuntimeSaid_data() { addModels(); }
    void keepsWhatADestroyedRuntimeSaid();
    void takesAnotherRuntimeInASlotOfTheEnd_data() { addModels(); }
    void takesAnotherRuntimeInASlotOfTheEnd();
    void warnsOfARuntimeInAnotherThread_data() { addModels(); }
    void warnsOfARuntimeInAnotherThread();

    // threads, for each model
    void mayBeUsedWhereItWasMovedTo_data() { addModels(); }
    void mayBeUsedWhereItWasMovedTo();

    // recorders
    void saysWhetherItsRecorderExists();
    void staysAvailableWhenTheSourceEnds();
    void refusesBlankIds();
};

void tst_WrongUse::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

// ---- Runtimes

void tst_WrongUse::bearsNoRuntime()
{
    QFETCH(const MakeModel, makeModel);
    const auto runtime = newRuntime();
    AnyModel any(makeModel());
    any.setRuntime(nullptr);
    any.setRuntime(runtime.get());
    QTRY_VERIFY(any.model->rowCount() > 0);

    any.setRuntime(nullptr);

    QCOMPARE(any.model->rowCount(), 0);
    QCOMPARE(any.runtime(), nullptr);
    QCOMPARE(any.source(), nullptr);
    QVERIFY(!any.isEnded());
}

void tst_WrongUse::bearsARuntimeThatIsNotStarted()
{
    QFETCH(const MakeModel, makeModel);
    MetricsRuntime runtime(QStringLiteral("test"));
    AnyModel any(makeModel());

    any.setRuntime(&runtime);
    QVERIFY(Testing::waitForPolls(std::chrono::milliseconds(100), 2)); // the pace of the model
    QCOMPARE(any.model->rowCount(), 0);
    QVERIFY(!any.isEnded());

    QVERIFY(runtime.start());
    runtime.createRecorder(clockId)->registerMetric(std::make_unique<TickMetric>());
    QTRY_VERIFY(any.model->rowCount() > 0);
}

void tst_WrongUse::keepsWhatAStoppedRuntimeSaid()
{
    QFETCH(const MakeModel, makeModel);
    const auto runtime = newRuntime();
    AnyModel any(makeModel());
    any.setRuntime(runtime.get());
    QTRY_VERIFY(any.model->rowCount() > 0);
    QSignalSpy updated(any.model.get(), SIGNAL(updated()));

    QVERIFY(runtime->shutdown());
    QVERIFY(updated.wait());

    QVERIFY(any.model->rowCount() > 0);
    QVERIFY(!any.isEnded()); // it answers, for as long as it is there
}

void tst_WrongUse::keepsWhatADestroyedRuntimeSaid()
{
    QFETCH(const MakeModel, makeModel);
    auto runtime = newRuntime();
    AnyModel any(makeModel());
    any.setRuntime(runtime.get());
    QTRY_VERIFY(any.model->rowCount() > 0);
    QSignalSpy ended(any.model.get(), SIGNAL(endedChanged(bool)));
    QSignalSpy runtimeChanged(any.model.get(), SIGNAL(runtimeChanged(Recorders::MetricsRuntime *)));

    runtime.reset();

    QVERIFY(any.isEnded());
    QVERIFY(any.model->rowCount() > 0);
    QCOMPARE(any.runtime(), nullptr);
    QCOMPARE(any.source(), nullptr);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(runtimeChanged.count(), 1);
}

void tst_WrongUse::takesAnotherRuntimeInASlotOfTheEnd()
{
    QFETCH(const MakeModel, makeModel);
    auto runtime = newRuntime();
    const auto other = newRuntime(QStringLiteral("other"));
    AnyModel any(makeModel());
    any.setRuntime(runtime.get());
    QTRY_VERIFY(any.model->rowCount() > 0);
    connect(runtime->snapshotSource(), &QObject::destroyed, this,
            [&] { any.setRuntime(other.get()); });

    runtime.reset();

    QCOMPARE(any.runtime(), other.get());
    QVERIFY(!any.isEnded());
    QTRY_VERIFY(any.model->rowCount() > 0);
}

// All its functions may be called from any thread, but its destructor.
void tst_WrongUse::warnsOfARuntimeInAnotherThread()
{
    QFETCH(const MakeModel, makeModel);
    WorkerThread thread;
    std::unique_ptr<MetricsRuntime> runtime;
    QVERIFY(thread.run([&] { runtime = newRuntime(QStringLiteral("elsewhere")); }));
    AnyModel any(makeModel());
    QTest::ignoreMessage(QtWarningMsg,
                         "the source \"elsewhere\" lives in another thread than its subscriber: it "
                         "must not be destroyed before that lets go of it");

    any.setRuntime(runtime.get());

    QTRY_VERIFY(any.model->rowCount() > 0);
    any.setRuntime(nullptr);
    QVERIFY(thread.run([&] { runtime.reset(); }));
}

// ---- Threads

void tst_WrongUse::mayBeUsedWhereItWasMovedTo()
{
    QFETCH(const MakeModel, makeModel);
    WorkerThread thread;
    AnyModel any(makeModel());
    QCOMPARE(any.model->rowCount(), 0);

    any.model->moveToThread(thread.thread());

    int rows = -1;
    QVERIFY(thread.run([&] {
        rows = any.model->rowCount();
        any.model->moveToThread(qApp->thread());
    }));
    QCOMPARE(rows, 0);
    QCOMPARE(any.model->rowCount(), 0);
}

// ---- Recorders

void tst_WrongUse::saysWhetherItsRecorderExists()
{
    const auto runtime = newRuntime();
    RecorderSnapshotModel model;
    QSignalSpy changed(&model, &RecorderSnapshotModel::availableChanged);
    model.setRefreshInterval(1);
    model.setEntityId(QStringLiteral("unknown"));
    model.setRuntime(runtime.get());
    QSignalSpy updated(&model, &RecorderSnapshotModel::updated);
    QVERIFY(updated.wait());
    QVERIFY(!model.isAvailable());

    runtime->createRecorder(QStringLiteral("unknown")); // it has no rows, but is there
    QTRY_VERIFY(model.isAvailable());
    QCOMPARE(changed.count(), 1);

    runtime->removeRecorder(QStringLiteral("unknown"));
    QTRY_VERIFY(!model.isAvailable());
    QCOMPARE(changed.count(), 2);

    model.setEntityId(clockId);
    QTRY_COMPARE(changed.count(), 3);
    QVERIFY(model.isAvailable());

    model.setEntityId({});
    QVERIFY(!model.isAvailable());
    QCOMPARE(changed.count(), 4);
}

void tst_WrongUse::staysAvailableWhenTheSourceEnds()
{
    auto runtime = newRuntime();
    RecorderSnapshotModel model;
    model.setEntityId(clockId);
    model.setRuntime(runtime.get());
    QTRY_VERIFY(model.isAvailable());

    runtime.reset();

    QVERIFY(model.isEnded());
    QVERIFY(model.isAvailable());
}

void tst_WrongUse::refusesBlankIds()
{
    RecorderSnapshotModel model;
    model.setEntityId(clockId);
    QSignalSpy changed(&model, &RecorderSnapshotModel::entityIdChanged);
    QTest::ignoreMessage(QtWarningMsg,
                         "setEntityId: the id must be empty, for no recorder, or not be blank");

    model.setEntityId(QStringLiteral(" "));

    QCOMPARE(model.entityId(), clockId);
    QCOMPARE(changed.count(), 0);
}

QTEST_GUILESS_MAIN(tst_WrongUse)
#include "tst_wronguse.moc"
