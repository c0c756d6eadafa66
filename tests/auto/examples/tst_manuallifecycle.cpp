// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"

#include <QRegularExpression>
#include <QTest>

class tst_ManualLifecycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void endsWell();
    void goesThroughItsStatesInOrder();
    void printsWhatItMeasured();
    void saysWhatIsMissingWithoutAnEventLoop();

private:
    std::optional<ProgramResult> m_result;
};

void tst_ManualLifecycle::initTestCase()
{
    m_result = runProgram(QStringLiteral(MANUALLIFECYCLE), {});
    QVERIFY(m_result);
}

void tst_ManualLifecycle::endsWell()
{
    QCOMPARE(m_result->exitCode, 0);
    QCOMPARE(m_result->errors, QByteArray());
}

void tst_ManualLifecycle::goesThroughItsStatesInOrder()
{
    QStringList states;
    const QList<QByteArray> lines = m_result->output.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("state: "))
            states.append(QString::fromUtf8(line.mid(7)));
    }

    QCOMPARE(states,
             QStringList({ QStringLiteral("Starting"), QStringLiteral("Running"),
                           QStringLiteral("Stopping"), QStringLiteral("Stopped") }));
}

void tst_ManualLifecycle::printsWhatItMeasured()
{
    const auto prints = [this](const QString &figure) {
        const QRegularExpression line(u"^event_loop +event_loop.delay +" + figure + u'$',
                                      QRegularExpression::MultilineOption);
        return line.match(QString::fromUtf8(m_result->output)).hasMatch();
    };

    QVERIFY2(prints(QStringLiteral("count +20")), m_result->output.constData());
    QVERIFY2(prints(QStringLiteral("max +-?[0-9.]+ \\S+")), m_result->output.constData());
}

void tst_ManualLifecycle::saysWhatIsMissingWithoutAnEventLoop()
{
    const QRegularExpression line(
            QStringLiteral("^start in a std::thread, as expected: .*event dispatcher"),
            QRegularExpression::MultilineOption);

    QVERIFY2(line.match(QString::fromUtf8(m_result->output)).hasMatch(),
             m_result->output.constData());
}

QTEST_GUILESS_MAIN(tst_ManualLifecycle)

#include "tst_manuallifecycle.moc"
