// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/dispatch/eventmemory_p.h"
#include "shared/conservation.h"
#include "shared/processresources.h"
#include "shared/producers.h"
#include "shared/seed.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QDeadlineTimer>
#include <QTest>

#include <array>
#include <memory>
#include <vector>

using namespace Recorders;
using Recorders::Internal::EventMemory;
using namespace Testing;
using namespace std::chrono_literals;

// What was held for events is given back once they are handled.
class tst_Memory_GivenBack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void givesTheMemoryOfABacklogBack_data();
    void givesTheMemoryOfABacklogBack();
    void givesNothingBackWithinTheFirstInterval();
    void keepsAsMuchAsItIsTold();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
};

namespace {

constexpr qint64 mebibyte = 1024 * 1024;

// Takes 64 bytes in a slot, and as many in a lane.
struct alignas(16) Load
{
    std::array<qint64, 6> values{};
};

} // namespace

void tst_Memory_GivenBack::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
    EventMemory::setInterval(50ms);
}

void tst_Memory_GivenBack::cleanup()
{
    m_runtime.reset();
    MetricsRuntime::setIdleEventMemory(qsizetype(EventMemory::defaultFloor));
    EventMemory::setInterval(EventMemory::defaultInterval);
}

// Full queues of many recorders, more than 100 MiB, and what was held for them.
static std::vector<std::shared_ptr<Recorder>> handleABacklog(MetricsRuntime &runtime, qint64 &held)
{
    const auto gate = std::make_shared<Gate>();
    const GateOpener opener(gate);
    std::vector<std::shared_ptr<Recorder>> recorders;
    for (int i = 0; i < 180; ++i) {
        recorders.push_back(runtime.createRecorder(QStringLiteral("backlog %1").arg(i)));
        if (i == 0)
            recorders[0]->registerMetric(heldMetric(gate));
        for (qsizetype event = 0; event < RecorderOptions().queueMaxSize; ++event)
            recorders.back()->registerEvent(Load{});
    }
    held = qint64(EventMemory::bytesAllocated());
    gate->open();
    for (const auto &recorder : recorders)
        recorder->flush();
    return recorders;
}

using Afterwards = void (*)(MetricsRuntime &);

void tst_Memory_GivenBack::givesTheMemoryOfABacklogBack_data()
{
    QTest::addColumn<Afterwards>("afterwards");

    QTest::newRow("while nothing happens") << Afterwards([](MetricsRuntime &) {});
    QTest::newRow("while another recorder is busy") << Afterwards([](MetricsRuntime &runtime) {
        const auto busy = runtime.createRecorder(QStringLiteral("busy"));
        const QDeadlineTimer deadline(10s);
        while (EventMemory::bytesAllocated() > 2 * EventMemory::defaultFloor
               && !deadline.hasExpired()) {
            busy->registerEvent(Tick{});
            busy->flush();
        }
    });
    QTest::newRow("when the runtime shuts down") << Afterwards([](MetricsRuntime &runtime) {
        EventMemory::setInterval(1h);
        runtime.shutdown();
    });
}

// The recorders are still there, and a runtime that sleeps.
void tst_Memory_GivenBack::givesTheMemoryOfABacklogBack()
{
    QFETCH(const Afterwards, afterwards);
    MetricsRuntime asleep(QStringLiteral("asleep"));
    QVERIFY(asleep.start());
    const qint64 memoryBefore = ProcessResources::now().memory;
    qint64 held = 0;

    const auto recorders = handleABacklog(*m_runtime, held);
    afterwards(*m_runtime);

    QVERIFY2(held > 100 * mebibyte, qPrintable(QString::number(held)));
    QTRY_COMPARE_LE(EventMemory::bytesAllocated(), 2 * EventMemory::defaultFloor);
    const qint64 growth = ProcessResources::now().memory - memoryBefore;
    qInfo("%lld KiB were held, %lld KiB more than before are left", held / 1024, growth / 1024);
    if (ProcessResources::isMemoryMeaningful())
        QVERIFY2(growth < 8 * mebibyte, qPrintable(QString::number(growth)));
}

// A program that has just begun to use it is going to need it.
void tst_Memory_GivenBack::givesNothingBackWithinTheFirstInterval()
{
    EventMemory::setInterval(1h);
    qint64 held = 0;

    const auto recorders = handleABacklog(*m_runtime, held);
    for (int turn = 0; turn < 10; ++turn) {
        recorders.front()->registerEvent(Tick{});
        QVERIFY(recorders.front()->flush());
    }

    QCOMPARE_GE(qint64(EventMemory::bytesAllocated()), held);
}

void tst_Memory_GivenBack::keepsAsMuchAsItIsTold()
{
    constexpr qsizetype floor = 20 * mebibyte;
    MetricsRuntime::setIdleEventMemory(floor);
    qint64 held = 0;

    const auto recorders = handleABacklog(*m_runtime, held);
    QVERIFY(m_runtime->shutdown());

    QCOMPARE(MetricsRuntime::idleEventMemory(), floor);
    QCOMPARE_GE(qsizetype(EventMemory::bytesAllocated()), floor);
    QCOMPARE_LE(qsizetype(EventMemory::bytesAllocated()), floor + mebibyte);
}

QTEST_GUILESS_MAIN(tst_Memory_GivenBack)

#include "tst_memory_givenback.moc"
