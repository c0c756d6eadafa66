// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/eventmemory_p.h"

#include <recorders/core/metricsruntime.h>

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace Recorders;
using Recorders::Internal::EventMemory;

// What a runtime says of itself by its properties, for those who know no more than these.
class tst_RuntimeProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void sayWhatTheFunctionsSay();
    void tellThatRecordersCameAndWent();
    void tellOnceOfManyRecorders();
    void tellInTheThreadOfTheRuntimeObject();
    void tellAgainOfWhoComesMeanwhile();
    void refusesToKeepLessThanNothing();
};

void tst_RuntimeProperties::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_RuntimeProperties::sayWhatTheFunctionsSay()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"));

    QCOMPARE(runtime.property("name"), QVariant(QStringLiteral("test")));
    QCOMPARE(runtime.property("state").value<RuntimeState>(), RuntimeState::Running);
    QCOMPARE(runtime.property("recorderIds"), QVariant(QStringList{ QStringLiteral("clock") }));
    QCOMPARE(runtime.property("snapshotSource").value<SnapshotSource *>(),
             runtime.snapshotSource());
}

void tst_RuntimeProperties::tellThatRecordersCameAndWent()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    QSignalSpy changes(&runtime, &MetricsRuntime::recorderIdsChanged);

    runtime.createRecorder(QStringLiteral("clock"));
    QTRY_COMPARE(changes.count(), 1);
    runtime.removeRecorder(QStringLiteral("clock"));
    QTRY_COMPARE(changes.count(), 2);
}

void tst_RuntimeProperties::tellOnceOfManyRecorders()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    QSignalSpy changes(&runtime, &MetricsRuntime::recorderIdsChanged);

    for (int i = 0; i < 100; ++i)
        runtime.createRecorder(QString::number(i));
    QCoreApplication::processEvents();

    QCOMPARE(changes.count(), 1);
    QCOMPARE(runtime.recorderIds().size(), 100);
}

void tst_RuntimeProperties::tellInTheThreadOfTheRuntimeObject()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    std::thread::id teller;
    connect(
            &runtime, &MetricsRuntime::recorderIdsChanged, this,
            [&teller] { teller = std::this_thread::get_id(); }, Qt::DirectConnection);

    std::thread other([&runtime] { runtime.createRecorder(QStringLiteral("clock")); });
    other.join();
    QCoreApplication::processEvents();

    QCOMPARE(teller, std::this_thread::get_id());
}

void tst_RuntimeProperties::tellAgainOfWhoComesMeanwhile()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    int changes = 0;
    connect(&runtime, &MetricsRuntime::recorderIdsChanged, this, [&] {
        if (++changes == 1)
            runtime.createRecorder(QStringLiteral("second"));
    });

    runtime.createRecorder(QStringLiteral("first"));

    QTRY_COMPARE(changes, 2);
}

void tst_RuntimeProperties::refusesToKeepLessThanNothing()
{
    QTest::ignoreMessage(QtWarningMsg,
                         "MetricsRuntime::setIdleEventMemory: bytes is -1, but must "
                         "be at least 0");

    MetricsRuntime::setIdleEventMemory(-1);

    QCOMPARE(MetricsRuntime::idleEventMemory(), qsizetype(EventMemory::defaultFloor));
}

QTEST_GUILESS_MAIN(tst_RuntimeProperties)
#include "tst_runtimeproperties.moc"
