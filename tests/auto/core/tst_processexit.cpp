// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <QProcess>
#include <QTest>

#include <csignal>

// Starts the program processexits once for each way in which a process can end. It checks by
// itself what became of its events, after all that it has left to the library is over.
class tst_ProcessExit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forgetsNoEvent_data();
    void forgetsNoEvent();
    void dies_data();
    void dies();
};

namespace {

// Far less than the recorders are given to stop: nobody waited for something that cannot come.
constexpr int timeLimit = 40'000;

void startScenario(QProcess &process, const QString &scenario)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("RECORDERS_TEST_SCENARIO"), scenario);
    const QString sanitizer = environment.value(QStringLiteral("ASAN_OPTIONS"));
    environment.insert(QStringLiteral("ASAN_OPTIONS"),
                       sanitizer + QStringLiteral(":detect_leaks=0")); // it leaks on purpose
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/processexits"),
                  { scenario });
    QVERIFY2(process.waitForFinished(timeLimit), "it waits for something that does not come");
}

} // namespace

void tst_ProcessExit::forgetsNoEvent_data()
{
    QTest::addColumn<QString>("scenario");

    const auto add = [](const char *words, const char *scenario) {
        QTest::newRow(words) << QString::fromLatin1(scenario);
    };
    add("main() returns", "returnFromMain");
    add("a slot exits", "exitInASlot");
    add("a thread exits, others register", "exitWhileOthersRegister");
    add("a recorder by hand is left", "leaveARecorderByHand");
    add("its thread waits for the one that exits", "exitWhileTheThreadOfARecorderByHandWaits");
    add("two runtimes are left", "leaveTwoRuntimes");
    add("a metric exits", "exitInAMetric");
    add("a metric exits, the runtime is static", "exitInAMetricOfAStaticRuntime");
    add("a hook exits", "exitInAHook");
    add("a hook exits while it starts", "exitInAHookThatStarts");
    add("a metric is stuck", "leaveAStuckMetric");
    add("static, the application goes last", "applicationOutlivesTheRuntime");
    add("static, the application goes first", "runtimeOutlivesTheApplication");
    add("a recorder is static", "staticRecorder");
    add("thread_local objects register", "eventsOfThreadLocalObjects");
    add("quick_exit()", "quickExit");
    add("_exit()", "exitOfTheSystem");
    add("a forked child exits", "exitInAForkedChild");
}

void tst_ProcessExit::forgetsNoEvent()
{
    QFETCH(const QString, scenario);
    QProcess process;

    startScenario(process, scenario);

    QCOMPARE(process.readAll(), QByteArray());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

void tst_ProcessExit::dies_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<int>("signal");

    QTest::newRow("terminated") << QStringLiteral("terminate") << SIGTERM;
    QTest::newRow("aborted by a metric") << QStringLiteral("abortInAMetric") << SIGABRT;
}

void tst_ProcessExit::dies()
{
    QFETCH(const QString, scenario);
    QFETCH(const int, signal);
    QProcess process;

    startScenario(process, scenario);

    QCOMPARE(process.readAll(), QByteArray());
    QCOMPARE(process.exitStatus(), QProcess::CrashExit);
    QCOMPARE(process.exitCode(), signal);
}

QTEST_GUILESS_MAIN(tst_ProcessExit)

#include "tst_processexit.moc"
