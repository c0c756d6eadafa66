// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <QProcess>
#include <QRegularExpression>
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
    void forgetsNoEventInTheThreadThatExits_data();
    void forgetsNoEventInTheThreadThatExits();
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

// What it has printed, without what differs from process to process: its id, and the time.
QByteArray messagesOf(QProcess &process)
{
    static const QRegularExpression variable(
            QStringLiteral("\\([^()\\n]*:\\d+\\): |\\d+:\\d+:\\d+\\.\\d+: "));
    return QString::fromLocal8Bit(process.readAll()).remove(variable).toLocal8Bit();
}

void addScenarios(std::initializer_list<std::pair<const char *, const char *>> scenarios)
{
    QTest::addColumn<QString>("scenario");

    for (const auto &[words, scenario] : scenarios)
        QTest::newRow(words) << QString::fromLatin1(scenario);
}

} // namespace

void tst_ProcessExit::forgetsNoEvent_data()
{
    addScenarios({
            { "main() returns", "returnFromMain" },
            { "a slot exits", "exitInASlot" },
            { "a thread exits, others register", "exitWhileOthersRegister" },
            { "a recorder by hand is left", "leaveARecorderByHand" },
            { "its thread waits for the one that exits",
              "exitWhileTheThreadOfARecorderByHandWaits" },
            { "two runtimes are left", "leaveTwoRuntimes" },
            { "a metric is stuck", "leaveAStuckMetric" },
            { "a metric was stuck, its runtime is gone", "releaseTheThreadOfARuntimeThatIsGone" },
            { "a metric was stuck, its runtime is left", "releaseTheThreadOfARuntimeThatIsLeft" },
            { "a metric is stuck for long, its runtime is gone",
              "releaseTheThreadOfARuntimeThatIsGoneTooLate" },
            { "a metric is stuck for long, its runtime is left",
              "releaseTheThreadOfARuntimeThatIsLeftTooLate" },
            { "static, the application goes last", "applicationOutlivesTheRuntime" },
            { "static, the application goes first", "runtimeOutlivesTheApplication" },
            { "a recorder is static", "staticRecorder" },
            { "the last handles are static", "lastHandlesAreStatic" },
            { "thread_local objects register", "eventsOfThreadLocalObjects" },
            { "quick_exit()", "quickExit" },
            { "_exit()", "exitOfTheSystem" },
            { "a forked child exits", "exitInAForkedChild" },
    });
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

void tst_ProcessExit::forgetsNoEventInTheThreadThatExits_data()
{
    addScenarios({
            { "a metric exits", "exitInAMetric" },
            { "a metric exits, the runtime is static", "exitInAMetricOfAStaticRuntime" },
            { "a metric exits, its recorder is static and by hand",
              "exitInAMetricOfAStaticRecorderByHand" },
            { "a hook exits", "exitInAHook" },
            { "a hook exits while it starts", "exitInAHookThatStarts" },
    });
}

/*
    Qt 6.8 ends what it knows of a thread by an object that is local to it, and exit() destroys
    that first: with it goes the event dispatcher whose event this is, of which GLib complains. No
    code of a slot can prevent it, so a plain program says what there may be to read, and no more.
*/
void tst_ProcessExit::forgetsNoEventInTheThreadThatExits()
{
    QFETCH(const QString, scenario);
    QProcess plainProcess;
    QProcess process;

    startScenario(plainProcess, QStringLiteral("exitInAThreadOfQt"));
    startScenario(process, scenario);

    QCOMPARE(messagesOf(process), messagesOf(plainProcess));
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
