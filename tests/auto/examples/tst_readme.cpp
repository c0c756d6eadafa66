// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <QFile>
#include <QRegularExpression>
#include <QTest>

class tst_Readme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheProgramThatIsCompiled();
    void namesOnlyFilesThatExist();

private:
    static QString contentOf(const QString &path);
};

QString tst_Readme::contentOf(const QString &path)
{
    QFile file(QStringLiteral(PROJECT_DIRECTORY "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void tst_Readme::showsTheProgramThatIsCompiled()
{
    const QString readme = contentOf(QStringLiteral("README.md"));
    const QString program = contentOf(QStringLiteral("tests/auto/readme/readme_example.cpp"));
    const QRegularExpression block(QStringLiteral("```cpp\n(.*?)```"),
                                   QRegularExpression::DotMatchesEverythingOption);

    const QString shown = block.match(readme).captured(1);

    QVERIFY(!shown.isEmpty());
    QCOMPARE(shown, program.mid(program.indexOf(u"#include"))); // without the SPDX lines
}

void tst_Readme::namesOnlyFilesThatExist()
{
    const QString readme = contentOf(QStringLiteral("README.md"));
    const QRegularExpression link(QStringLiteral("\\]\\(([^)]+)\\)"));

    QRegularExpressionMatchIterator links = link.globalMatch(readme);

    QVERIFY(links.hasNext());
    while (links.hasNext()) {
        const QString target = links.next().captured(1);
        QVERIFY2(QFile::exists(QStringLiteral(PROJECT_DIRECTORY "/") + target), qPrintable(target));
    }
}

QTEST_GUILESS_MAIN(tst_Readme)

#include "tst_readme.moc"
