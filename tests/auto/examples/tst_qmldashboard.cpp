// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"

#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

// What it shares with connectionpool is tested there.
class tst_QmlDashboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void endsWell();
    void measuresAllConnectionsTogether();
    void takesThePictureOfTheReadme();
    void refusesACommandLineThatMakesNoSense();
    void saysThatAScreenshotCannotBeWritten();

private:
    static bool hasReceived(const ProgramResult &result);

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
    QFile::remove(QStringLiteral(PICTURE));
    m_result = runProgram(QStringLiteral(QMLDASHBOARD),
                          { QStringLiteral("--duration"), QStringLiteral("16"), // full sparklines
                            QStringLiteral("--print-snapshots"), QStringLiteral("--screenshot"),
                            QStringLiteral(PICTURE) });
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

// The picture of the README is a copy of what this makes in the build folder. To refresh it, run
// this test and copy the file there:
//     cp .build/dev/examples/qmldashboard/dashboard.png examples/qmldashboard/
void tst_QmlDashboard::takesThePictureOfTheReadme()
{
    const QImage picture(QStringLiteral(PICTURE));
    QCOMPARE(picture.size(), QSize(1080, 720));

    // Cards, rows and values are on lines of their own: each third has letters in many shades.
    for (int third = 0; third < 3; ++third) {
        QSet<QRgb> colors;
        for (int y = third * 240; y < (third + 1) * 240; ++y) {
            for (int x = 0; x < picture.width(); ++x)
                colors.insert(picture.pixel(x, y));
        }
        QCOMPARE_GT(colors.size(), 50);
    }
    QCOMPARE_LT(QFile(QStringLiteral(PICTURE)).size(), 120 * 1024); // it is kept in the repository
}

void tst_QmlDashboard::refusesACommandLineThatMakesNoSense()
{
    const auto result = runProgram(QStringLiteral(QMLDASHBOARD),
                                   { QStringLiteral("--connections"), QStringLiteral("none") });

    QVERIFY(result);
    QCOMPARE(result->exitCode, 2);
    QCOMPARE(result->errors,
             QByteArray("qmldashboard: The number of connections must be from 1 to 1000. "
                        "See --help.\n"));
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
