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
    static bool isFarEnough(const ProgramResult &result);
    static qsizetype receiverCount(const ProgramResult &result);
    static bool hasReplaced(const ProgramResult &result);
    static QStringList valuesOf(const QString &metric, const QString &dimension,
                                const ProgramResult &result);

    QTemporaryDir m_directory;
    std::optional<ProgramResult> m_result; // of a run over the default directory
};

static const auto attemptsMetric = QStringLiteral("connection.open.attempts");
static const auto bytesMetric = QStringLiteral("connection.bytes.received");

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

// Most have opened, been refused or received something, and the first one was replaced.
bool tst_ConnectionPool::isFarEnough(const ProgramResult &result)
{
    const auto countOf = [&result](const QString &dimension) {
        return valuesOf(attemptsMetric, dimension, result).count(QStringLiteral("1"));
    };
    return receiverCount(result) >= 6 && countOf(QStringLiteral("Success_total")) >= 6
            && countOf(QStringLiteral("Failure_total")) >= 2 && hasReplaced(result);
}

// Recorders that have received bytes.
qsizetype tst_ConnectionPool::receiverCount(const ProgramResult &result)
{
    const QStringList received = valuesOf(bytesMetric, QStringLiteral("total"), result);
    return std::count_if(received.cbegin(), received.cend(), [](const QString &value) {
        return value.endsWith(u'B'); // no bytes: "0"
    });
}

bool tst_ConnectionPool::hasReplaced(const ProgramResult &result)
{
    static const QRegularExpression laterThanTheFirst(
            QStringLiteral("connection-0(09|[1-9][0-9])"));
    const QString output = QString::fromUtf8(result.output);
    return !output.contains(QStringLiteral("connection-001")) && output.contains(laterThanTheFirst);
}

void tst_ConnectionPool::initTestCase()
{
    QVERIFY(m_directory.isValid());
    m_result = runUntil(&isFarEnough, QStringLiteral(CONNECTIONPOOL),
                        { QStringLiteral("--print-snapshots"), QStringLiteral("--screenshot"),
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
    QCOMPARE(valuesOf(bytesMetric, QStringLiteral("total"), *m_result).size(), 8);
    QCOMPARE_GE(receiverCount(*m_result), 6);
}

void tst_ConnectionPool::countsOpenAttemptsByOutcome()
{
    const auto valuesOfPart = [this](const QString &dimension) {
        return valuesOf(attemptsMetric, dimension, *m_result);
    };

    const QStringList all = valuesOfPart(QStringLiteral("total"));
    const QStringList successes = valuesOfPart(QStringLiteral("Success_total"));
    const QStringList failures = valuesOfPart(QStringLiteral("Failure_total"));

    QCOMPARE(all.size(), 8);
    QCOMPARE_GE(successes.count(QStringLiteral("1")), 6);
    QCOMPARE_GE(failures.count(QStringLiteral("1")), 2);
    QCOMPARE_LE(failures.size(), 6); // a part that has no events is not there
}

void tst_ConnectionPool::replacesConnections()
{
    QVERIFY2(hasReplaced(*m_result), m_result->output.constData());
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
