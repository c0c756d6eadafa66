// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <QProcess>
#include <QTest>

// Starts the program windowexits once for each way in which a process can end while it shows its
// runtime. The library must not call anything of the application any more then.
class tst_WindowExit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsAsTheApplicationWants_data();
    void endsAsTheApplicationWants();
};

// Those that every program with a window prints: of the platform plugin, when a thread exits that is
// not the one of a cache of Qt, and with Qt 6.8 when that is a QThread, within its event loop.
static QByteArray withoutKnownMessages(const QByteArray &output)
{
    QByteArray unknown;
    for (const QByteArray &line : output.split('\n')) {
        const bool isKnown = line.isEmpty() || line.startsWith("This plugin does not support ")
                || line.endsWith(": Timers cannot be stopped from another thread")
                || line.endsWith(": g_source_unref_internal: assertion 'source != NULL' failed");
        if (!isKnown)
            unknown += line + '\n';
    }
    return unknown;
}

void tst_WindowExit::endsAsTheApplicationWants_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("way");

    const std::pair<const char *, const char *> subjects[] = {
        { "shown", "a window" },
        { "hidden", "a window that was never shown" },
        { "closed", "a window that was closed" },
        { "two", "two windows" },
        { "static", "a static window" },
        { "hiddenStatic", "a static window that was never shown" },
        { "models", "static models" },
        { "shortcut", "a window of the shortcut" },
        { "staticRuntime", "a window, the runtime is static" },
    };
    const std::pair<const char *, const char *> ways[] = {
        { "slot", "a slot exits" },     { "thread", "another thread exits" },
        { "metric", "a metric exits" }, { "quickly", "quick_exit()" },
        { "return", "main() returns" }, { "application", "the application goes first" },
    };
    const auto isDestroyedByAnotherThread = [](QByteArrayView subject, QByteArrayView way) {
        return subject == "static" && (way == "thread" || way == "metric");
    };
    for (const auto &[subject, what] : subjects) {
        for (const auto &[way, how] : ways) {
            // Qt waits for the GUI thread then to close a window, whatever is in it.
            if (isDestroyedByAnotherThread(subject, way))
                continue;
            QTest::addRow("%s, %s", what, how)
                    << QString::fromLatin1(subject) << QString::fromLatin1(way);
        }
    }
}

void tst_WindowExit::endsAsTheApplicationWants()
{
    QFETCH(const QString, subject);
    QFETCH(const QString, way);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const auto sanitizer = QStringLiteral("ASAN_OPTIONS"); // it leaks on purpose
    environment.insert(sanitizer, environment.value(sanitizer) + QStringLiteral(":detect_leaks=0"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);

    process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/windowexits"),
                  { subject, way });

    QVERIFY2(process.waitForFinished(40'000), "it waits for something that does not come");
    QCOMPARE(withoutKnownMessages(process.readAll()), QByteArray());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 3);
}

QTEST_GUILESS_MAIN(tst_WindowExit)

#include "tst_windowexit.moc"
