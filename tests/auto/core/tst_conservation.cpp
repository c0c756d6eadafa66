// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/producers.h"
#include "shared/seed.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// The law, while threads do their worst.
class tst_Conservation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void handlesWhatItAcceptsAndNothingElse_data();
    void handlesWhatItAcceptsAndNothingElse();
    void countsExactlyAtEveryMoment();
    void losesNothingWhenStopped();
    void losesNothingWhenRestarted();
    void losesNothingWhenRemoved();
    void losesNothingWhenItsRuntimeIsDestroyed();
};

void tst_Conservation::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Conservation::handlesWhatItAcceptsAndNothingElse_data()
{
    QTest::addColumn<int>("producerCount");
    QTest::addColumn<OverflowPolicy>("policy");
    QTest::addColumn<qint64>("size");

    const std::pair<const char *, OverflowPolicy> policies[] = {
        { "drop", OverflowPolicy::Drop },
        { "reject", OverflowPolicy::Reject },
        { "block", OverflowPolicy::Block },
    };
    for (const auto &[name, policy] : policies) {
        for (const int producers : { 1, 2, 4 }) {
            for (const qint64 size : { 1, 2, 64, 10000 })
                QTest::addRow("%d producers, %s at %lld", producers, name, size)
                        << producers << policy << size;
        }
        QTest::addRow("8 producers, %s at 64", name) << 8 << policy << qint64(64);
    }
}

void tst_Conservation::handlesWhatItAcceptsAndNothingElse()
{
    QFETCH(const int, producerCount);
    QFETCH(const OverflowPolicy, policy);
    QFETCH(const qint64, size);
    const bool isSlow = policy == OverflowPolicy::Block && size < 64;
    const auto eventCount = quint32(scaled(isSlow ? 200 : 5000));
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder = runtime.createRecorder(QStringLiteral("clock"), optionsFor(size, policy));
    Producers producers(recorder);

    producers.start(producerCount, eventCount);
    producers.finish();
    QVERIFY(runtime.shutdown());

    VERIFY_AGREEMENT(producers);
    QCOMPARE(recorder->statistics().registered, quint64(eventCount) * quint64(producerCount));
    if (policy == OverflowPolicy::Block)
        QCOMPARE(recorder->statistics().dropped, quint64(0));
}

void tst_Conservation::countsExactlyAtEveryMoment()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsFor(64, OverflowPolicy::Drop));
    Producers producers(recorder);
    producers.start(2);

    RecorderStatistics last;
    bool isMonotone = true;
    for (int i = 0; i < scaled(20'000); ++i) {
        const RecorderStatistics now = recorder->statistics();
        isMonotone = isMonotone && now.registered >= last.registered
                && now.accepted >= last.accepted && now.handled >= last.handled
                && now.dropped >= last.dropped;
        QVERIFY2(isConserved(now), describe(now).constData());
        QVERIFY2(now.pending <= 64, describe(now).constData());
        last = now;
    }
    producers.join();
    QVERIFY(runtime.shutdown());

    QVERIFY(isMonotone);
    VERIFY_AGREEMENT(producers);
}

void tst_Conservation::losesNothingWhenStopped()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    for (int round = 0; round < scaled(20); ++round) {
        const auto recorder = runtime.createRecorder(QString::number(round),
                                                     optionsFor(1000, OverflowPolicy::Reject));
        Producers producers(recorder);
        producers.start(2);
        producers.waitUntilAccepted(50);

        QFuture<Error> stopped = recorder->stop();
        stopped.waitForFinished();
        QCOMPARE(recorder->statistics().pending, quint64(0));
        producers.join();

        QVERIFY(!stopped.result());
        VERIFY_AGREEMENT(producers);
    }
}

void tst_Conservation::losesNothingWhenRestarted()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto recorder =
            runtime.createRecorder(QStringLiteral("clock"), optionsFor(1000, OverflowPolicy::Drop));
    Producers producers(recorder);
    producers.start(2);

    for (int round = 1; round <= scaled(20); ++round) {
        producers.waitUntilAccepted(quint64(round) * 20);
        recorder->stop().waitForFinished();
        recorder->start().waitForFinished();
        QCOMPARE(recorder->state(), RecorderState::Running);
    }
    producers.join();
    recorder->stop().waitForFinished();

    VERIFY_AGREEMENT(producers);
}

void tst_Conservation::losesNothingWhenRemoved()
{
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    for (int round = 0; round < scaled(20); ++round) {
        const auto recorder = runtime.createRecorder(QStringLiteral("clock"),
                                                     optionsFor(10'000, OverflowPolicy::Drop));
        Producers producers(recorder);
        producers.start(2);
        producers.waitUntilAccepted(50);

        QVERIFY(runtime.removeRecorder(QStringLiteral("clock")));
        producers.join();

        QTRY_COMPARE(recorder->state(), RecorderState::Stopped);
        VERIFY_AGREEMENT(producers);
    }
}

void tst_Conservation::losesNothingWhenItsRuntimeIsDestroyed()
{
    for (int round = 0; round < scaled(20); ++round) {
        auto runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
        QVERIFY(runtime->start());
        const auto recorder = runtime->createRecorder(QStringLiteral("clock"),
                                                      optionsFor(10'000, OverflowPolicy::Drop));
        Producers producers(recorder);
        producers.start(2);
        producers.waitUntilAccepted(50);

        runtime.reset();
        producers.join();

        QCOMPARE(recorder->state(), RecorderState::Stopped);
        VERIFY_AGREEMENT(producers);
    }
}

QTEST_GUILESS_MAIN(tst_Conservation)
#include "tst_conservation.moc"
