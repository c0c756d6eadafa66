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
    void showsStatementsThatAreCompiled();
    void showsTheQmlThatIsTested();
    void namesOnlyFilesThatExist();

private:
    static QString contentOf(const QString &path);
    static QStringList shown(const QString &language);
};

QString tst_Readme::contentOf(const QString &path)
{
    QFile file(QStringLiteral(PROJECT_DIRECTORY "/") + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList tst_Readme::shown(const QString &language)
{
    const QRegularExpression block(u"```" + language + u"\n(.*?)```",
                                   QRegularExpression::DotMatchesEverythingOption);
    QStringList programs;
    QRegularExpressionMatchIterator blocks =
            block.globalMatch(contentOf(QStringLiteral("README.md")));
    while (blocks.hasNext())
        programs.append(blocks.next().captured(1));
    return programs;
}

void tst_Readme::showsTheProgramThatIsCompiled()
{
    const QString program = contentOf(QStringLiteral("tests/auto/readme/readme_example.cpp"));

    const QString shown = tst_Readme::shown(QStringLiteral("cpp")).value(0);

    QVERIFY(!shown.isEmpty());
    QCOMPARE(shown, program.mid(program.indexOf(u"#include"))); // without the SPDX lines
}

void tst_Readme::showsStatementsThatAreCompiled()
{
    QString program = contentOf(QStringLiteral("tests/auto/readme/readme_metrics.cpp"))
            + contentOf(QStringLiteral("tests/auto/readme/readme_quick.cpp"))
            + contentOf(QStringLiteral("tests/auto/readme/readme_inspector.cpp"));
    program.replace(QStringLiteral("\n    "), QStringLiteral("\n"));

    const QStringList shown = tst_Readme::shown(QStringLiteral("cpp")).mid(1);

    QCOMPARE(shown.size(), 8);
    for (const QString &statements : shown)
        QVERIFY2(program.contains(statements), qPrintable(statements));
}

void tst_Readme::showsTheQmlThatIsTested()
{
    const QString view = contentOf(QStringLiteral("tests/auto/readme/readme_view.qml"));

    const QStringList shown = tst_Readme::shown(QStringLiteral("qml"));

    QCOMPARE(shown.size(), 1);
    QCOMPARE(shown.constFirst(), view.mid(view.indexOf(u"import")));
}

void tst_Readme::namesOnlyFilesThatExist()
{
    const QRegularExpression block(QStringLiteral("```.*?```"), // a lambda looks like a link
                                   QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpression link(QStringLiteral("\\]\\(([^)]+)\\)"));
    const QString text = contentOf(QStringLiteral("README.md")).remove(block);

    QRegularExpressionMatchIterator links = link.globalMatch(text);

    QVERIFY(links.hasNext());
    while (links.hasNext()) {
        const QString target = links.next().captured(1);
        QVERIFY2(QFile::exists(QStringLiteral(PROJECT_DIRECTORY "/") + target), qPrintable(target));
    }
}

QTEST_GUILESS_MAIN(tst_Readme)

#include "tst_readme.moc"
