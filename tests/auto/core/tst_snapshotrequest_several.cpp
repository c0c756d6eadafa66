// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/testmetrics.h"
#include "snapshotrequestfixture.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotsource.h>

#include <QRegularExpression>
#include <QTest>

#include <atomic>

using namespace Recorders;
using namespace Testing;

// Requests that name several recorders.
class tst_SnapshotRequest_Several : public QObject, protected SnapshotRequestFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // several recorders
    void tellsOfSeveralRecordersOnly();
    void asksNoneButTheSeveral();
    void tellsWhichOfTheSeveralGo();
    void tellsOfMany();
};

void tst_SnapshotRequest_Several::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
}

void tst_SnapshotRequest_Several::cleanup()
{
    m_runtime.reset();
}

// ---- Several recorders

void tst_SnapshotRequest_Several::tellsOfSeveralRecordersOnly()
{
    const QString third = QStringLiteral("third");
    const auto recorder = newRecorder(clockId);
    const auto other = newRecorder(otherId);
    const auto tick = [](const std::shared_ptr<Recorder> &ticking) {
        ticking->registerEvent(Tick{});
        return ticking->flush();
    };
    QVERIFY(tick(recorder) && tick(other) && tick(newRecorder(third)));

    const SnapshotUpdate first = answer(requestFor({ clockId, third, QStringLiteral("none") }));
    QVERIFY(first.isComplete);
    QCOMPARE(idsOf(first), QStringList({ clockId, third }));

    QVERIFY(tick(other) && tick(recorder));
    const SnapshotUpdate update = answer(requestFor({ clockId, third }, first.version));
    QVERIFY(!update.isComplete);
    QCOMPARE(idsOf(update), QStringList{ clockId });
    QCOMPARE(idsOf(answer(requestFor({ clockId, third }, update.version))), QStringList());
}

void tst_SnapshotRequest_Several::asksNoneButTheSeveral()
{
    newRecorder(clockId);
    newRecorder(ticksName);
    const auto asked = std::make_shared<std::atomic<int>>(0);
    newRecorder(otherId)->registerMetric(std::make_unique<AskedMetric>(asked));

    answer(requestFor({ clockId, ticksName }));

    QCOMPARE(asked->load(), 0);
}

void tst_SnapshotRequest_Several::tellsWhichOfTheSeveralGo()
{
    newRecorder(clockId);
    newRecorder(otherId);
    newRecorder(ticksName);
    const quint64 version = answer(requestFor({ clockId, ticksName })).version;

    QVERIFY(m_runtime->removeRecorder(otherId));
    QVERIFY(m_runtime->removeRecorder(clockId));

    QCOMPARE(answer(requestFor({ clockId, ticksName }, version)).removed, QStringList{ clockId });
}

// However many pieces the answer has.
void tst_SnapshotRequest_Several::tellsOfMany()
{
    QSet<QString> wanted;
    for (int i = 0; i < 1200; ++i) {
        const QString id = QString::number(i);
        m_runtime->createRecorder(id);
        if (i % 2 == 0)
            wanted.insert(id);
    }

    QSet<QString> told;
    SnapshotUpdate update;
    do {
        update = answer(requestFor(wanted, update.version));
        for (const QString &id : idsOf(update))
            told.insert(id);
    } while (update.hasMore);

    QCOMPARE(told, wanted);
}

QTEST_GUILESS_MAIN(tst_SnapshotRequest_Several)
#include "tst_snapshotrequest_several.moc"
