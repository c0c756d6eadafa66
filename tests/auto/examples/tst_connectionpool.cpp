// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

class tst_ConnectionPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    // a healthy run
    void endsWell();
    void receivesBytesOverItsConnections();
    void countsOpenAttemptsByOutcome();
    void replacesConnections();
    void writesAScreenshot();

    // unhappy input
    void refusesACommandLineThatMakesNoSense_data();
    void refusesACommandLineThatMakesNoSense();
    void saysThatThereAreNoFiles();
    void copesWithFilesThatCannotBeTransferred();
    void saysThatAScreenshotCannotBeWritten();

private:
    static std::optional<ProgramResult> run(const QStringList &arguments);
    static QStringList valuesOf(const QString &metric, const QString &dimension,
                                const ProgramResult &result);

    QTemporaryDir m_directory;
    std::optional<ProgramResult> m_result; // of a run over the default directory
};

std::optional<ProgramResult> tst_ConnectionPool::run(const QStringList &arguments)
{
    return runProgram(QStringLiteral(CONNECTIONPOOL), arguments);
}

// One value per recorder.
QStringList tst_ConnectionPool::valuesOf(const QString &metric, const QString &dimension,
                                         const ProgramResult &result)
{
    static const QRegularExpression gap(QStringLiteral("  +"));
    QStringList values;
    const QStringList lines = QString::fromUtf8(result.output).split(u'\n');
    for (const QString &line : lines) {
        const QStringList cells = line.split(gap);
        if (cells.size() == 4 && cells[1] == metric && cells[2] == dimension)
            values.append(cells[3]);
    }
    return values;
}

void tst_ConnectionPool::initTestCase()
{
    QVERIFY(m_directory.isValid());
    m_result = run({ QStringLiteral("--duration"), QStringLiteral("3"),
                     QStringLiteral("--print-snapshots"), QStringLiteral("--screenshot"),
                     m_directory.filePath(QStringLiteral("window.png")) });
    QVERIFY(m_result);
}

void tst_ConnectionPool::endsWell()
{
    QCOMPARE(m_result->exitCode, 0);
    QCOMPARE(m_result->errors, QByteArray());
}

void tst_ConnectionPool::receivesBytesOverItsConnections()
{
    const QStringList received = valuesOf(QStringLiteral("connection.bytes.received"),
                                          QStringLiteral("total"), *m_result);

    QCOMPARE(received.size(), 8);
    const auto isSome = [](const QString &value) {
        return value.endsWith(u'B');
    }; // no bytes: "0"
    QCOMPARE_GE(std::count_if(received.cbegin(), received.cend(), isSome), 6);
}

void tst_ConnectionPool::countsOpenAttemptsByOutcome()
{
    const auto metric = QStringLiteral("connection.open.attempts");

    const QStringList all = valuesOf(metric, QStringLiteral("total"), *m_result);
    const QStringList successes = valuesOf(metric, QStringLiteral("Success_total"), *m_result);
    const QStringList failures = valuesOf(metric, QStringLiteral("Failure_total"), *m_result);

    QCOMPARE(all.size(), 8);
    QCOMPARE_GE(successes.count(QStringLiteral("1")), 6);
    QCOMPARE_GE(failures.count(QStringLiteral("1")), 2);
    QCOMPARE_LE(failures.size(), 6); // a part that has no events is not there
}

void tst_ConnectionPool::replacesConnections()
{
    QVERIFY(!m_result->output.contains("connection-001"));
    QVERIFY(m_result->output.contains("connection-009"));
}

void tst_ConnectionPool::writesAScreenshot()
{
    QFile file(m_directory.filePath(QStringLiteral("window.png")));

    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.read(8) == QByteArrayLiteral("\x89PNG\r\n\x1a\n"));
    QCOMPARE_GT(file.size(), 1000);
}

void tst_ConnectionPool::refusesACommandLineThatMakesNoSense_data()
{
    QTest::addColumn<QStringList>("arguments");

    const auto connections = QStringLiteral("--connections");
    const auto duration = QStringLiteral("--duration");
    QTest::newRow("unknown option") << QStringList{ QStringLiteral("--frobnicate") };
    QTest::newRow("two directories") << QStringList{ QStringLiteral("."), QStringLiteral(".") };
    QTest::newRow("empty name") << QStringList{ QString() };
    QTest::newRow("no such directory") << QStringList{ QStringLiteral("/does/not/exist") };
    QTest::newRow("a file") << QStringList{ QStringLiteral(CONNECTIONPOOL) };
    QTest::newRow("no connections") << QStringList{ connections, QStringLiteral("0") };
    QTest::newRow("too many connections") << QStringList{ connections, QStringLiteral("1001") };
    QTest::newRow("connections in words") << QStringList{ connections, QStringLiteral("eight") };
    QTest::newRow("no duration") << QStringList{ duration, QStringLiteral("0") };
    QTest::newRow("negative duration") << QStringList{ duration, QStringLiteral("-1") };
    QTest::newRow("empty screenshot") << QStringList{ QStringLiteral("--screenshot"), QString() };
}

void tst_ConnectionPool::refusesACommandLineThatMakesNoSense()
{
    QFETCH(const QStringList, arguments);

    const auto result = run(arguments);

    QVERIFY(result);
    QCOMPARE(result->exitCode, 2);
    QCOMPARE(result->output, QByteArray());
    QCOMPARE(result->errors.count('\n'), 1);
}

void tst_ConnectionPool::saysThatThereAreNoFiles()
{
    const QTemporaryDir empty;

    const auto result = run({ empty.path() });

    QVERIFY(result);
    QCOMPARE(result->exitCode, 1);
    QVERIFY2(result->errors.contains("There are no files in"), result->errors.constData());
}

void tst_ConnectionPool::copesWithFilesThatCannotBeTransferred()
{
    const QTemporaryDir directory;
    QVERIFY(QFile::link(QStringLiteral("/nowhere"), directory.filePath(QStringLiteral("link"))));
    QFile empty(directory.filePath(QStringLiteral("empty")));
    QVERIFY(empty.open(QIODevice::WriteOnly));

    const auto result = run({ QStringLiteral("--duration"), QStringLiteral("1"),
                              QStringLiteral("--print-snapshots"), directory.path() });

    QVERIFY(result);
    QCOMPARE(result->exitCode, 0);
    QCOMPARE(result->errors, QByteArray());
    const auto metric = QStringLiteral("connection.transfers.finished");
    QCOMPARE(valuesOf(metric, QStringLiteral("total"), *result).size(), 8);
    QCOMPARE(valuesOf(metric, QStringLiteral("Failure_total"), *result), QStringList());
}

void tst_ConnectionPool::saysThatAScreenshotCannotBeWritten()
{
    const auto result =
            run({ QStringLiteral("--duration"), QStringLiteral("1"), QStringLiteral("--screenshot"),
                  m_directory.filePath(QStringLiteral("missing/window.png")) });

    QVERIFY(result);
    QCOMPARE(result->exitCode, 1);
    QVERIFY2(result->errors.contains("cannot be written"), result->errors.constData());
}

QTEST_GUILESS_MAIN(tst_ConnectionPool)

#include "tst_connectionpool.moc"
