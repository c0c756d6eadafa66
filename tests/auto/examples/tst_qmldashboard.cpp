// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

// What it shares with connectionpool is tested there.
class tst_QmlDashboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void endsWell();
    void measuresAllConnectionsTogether();
    void writesAScreenshot();
    void saysThatAScreenshotCannotBeWritten();

private:
    static bool hasReceived(const ProgramResult &result);

    QTemporaryDir m_directory;
    std::optional<ProgramResult> m_result;
};

bool tst_QmlDashboard::hasReceived(const ProgramResult &result)
{
    static const QRegularExpression row(
            QStringLiteral("pool +connection.bytes.received +total +[0-9.]+ [KM]iB"));
    return row.match(QString::fromUtf8(result.output)).hasMatch();
}

void tst_QmlDashboard::initTestCase()
{
    QVERIFY(m_directory.isValid());
    m_result = runUntil(&hasReceived, QStringLiteral(QMLDASHBOARD),
                        { QStringLiteral("--print-snapshots"), QStringLiteral("--screenshot"),
                          m_directory.filePath(QStringLiteral("window.png")) });
    QVERIFY(m_result);
}

void tst_QmlDashboard::endsWell()
{
    QCOMPARE(m_result->exitCode, 0);
    QCOMPARE(m_result->errors, QByteArray()); // of QML, too
}

void tst_QmlDashboard::measuresAllConnectionsTogether()
{
    QVERIFY2(hasReceived(*m_result), m_result->output.constData());
}

void tst_QmlDashboard::writesAScreenshot()
{
    QFile file(m_directory.filePath(QStringLiteral("window.png")));

    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.read(8) == QByteArrayLiteral("\x89PNG\r\n\x1a\n"));
    QCOMPARE_GT(file.size(), 20'000); // more than an empty window
}

void tst_QmlDashboard::saysThatAScreenshotCannotBeWritten()
{
    const auto result = runProgram(QStringLiteral(QMLDASHBOARD),
                                   { QStringLiteral("--duration"), QStringLiteral("1"),
                                     QStringLiteral("--screenshot"),
                                     QStringLiteral("/does/not/exist/window.png") });

    QVERIFY(result);
    QCOMPARE(result->exitCode, 1);
    QCOMPARE(result->errors.count('\n'), 1);
}

QTEST_GUILESS_MAIN(tst_QmlDashboard)
#include "tst_qmldashboard.moc"
