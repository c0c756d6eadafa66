// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

class tst_DocumentStorage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    // what is counted
    void countsAttemptsByOutcome();
    void countsBytesAndDurations();
    void printsATable();

    // what is saved
    void savesEqualCopies();
    void replacesWhatAnEarlierRunSaved();
    void neverReplacesASource();
    void neverReplacesWhatItSavedJustNow();
    void savesIntoANewTemporaryDirectoryByDefault();

    // what fails, and does not stop the rest
    void failsForAFileThatCannotBeSaved_data();
    void failsForAFileThatCannotBeSaved();
    void failsIfTheTargetCannotBeMade();
    void failsIfTheTargetIsFull_data();
    void failsIfTheTargetIsFull();

    // usage
    void refusesACommandLineThatMakesNoSense_data();
    void refusesACommandLineThatMakesNoSense();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    void write(const QString &name, const QByteArray &content) const;
    QByteArray read(const QString &name) const;
    std::optional<ProgramResult> run(const QStringList &arguments) const;
    static QJsonObject valuesOf(const QString &metric, const ProgramResult &result);

    std::unique_ptr<QTemporaryDir> m_directory;
};

static QJsonObject attempts(int total, int successes, int failures)
{
    return { { QStringLiteral("total"), total },
             { QStringLiteral("success_total"), successes },
             { QStringLiteral("failure_total"), failures } };
}

static const auto attemptsMetric = QStringLiteral("document_storage.save.attempts");
static const auto bytesMetric = QStringLiteral("document_storage.save.bytes");
static const auto durationMetric = QStringLiteral("document_storage.save.duration");
static const auto json = QStringLiteral("--json");
static const auto output = QStringLiteral("--output");
static const auto out = QStringLiteral("out");
static const auto readme = QStringLiteral("README.md");
static const auto license = QStringLiteral("LICENSE");

void tst_DocumentStorage::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    write(readme, "# Read me\n");
    write(license, "Do what you like.\n");
}

void tst_DocumentStorage::write(const QString &name, const QByteArray &content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QByteArray tst_DocumentStorage::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("cannot be read");
}

std::optional<ProgramResult> tst_DocumentStorage::run(const QStringList &arguments) const
{
    return runProgram(QStringLiteral(DOCUMENTSTORAGE), arguments, m_directory->path());
}

QJsonObject tst_DocumentStorage::valuesOf(const QString &metric, const ProgramResult &result)
{
    const QJsonDocument document = QJsonDocument::fromJson(result.output);
    const QJsonArray metrics = document[QStringLiteral("metrics")].toArray();
    for (const auto &candidate : metrics) {
        if (candidate[QStringLiteral("name")] == metric)
            return candidate[QStringLiteral("values")].toObject();
    }
    return {};
}

void tst_DocumentStorage::countsAttemptsByOutcome()
{
    const auto result = run({ readme, license, QStringLiteral("missing.txt"), output, out, json });

    QVERIFY(result);
    QCOMPARE(valuesOf(attemptsMetric, *result), attempts(3, 2, 1));
    QCOMPARE(result->exitCode, 1);
    QCOMPARE(result->errors,
             QByteArrayLiteral("documentstorage: \"missing.txt\": There is no such file.\n"));
}

void tst_DocumentStorage::countsBytesAndDurations()
{
    const auto result = run({ readme, license, output, out, json });

    QVERIFY(result);
    QCOMPARE(valuesOf(bytesMetric, *result), QJsonObject({ { QStringLiteral("total"), 10 + 18 } }));
    const QJsonObject durations = valuesOf(durationMetric, *result);
    QCOMPARE(durations[QStringLiteral("count")].toInt(), 2);
    QCOMPARE_GT(durations[QStringLiteral("min")].toInteger(), 0);
    QCOMPARE_GE(durations[QStringLiteral("max")].toInteger(),
                durations[QStringLiteral("min")].toInteger());
    QCOMPARE(durations[QStringLiteral("sum")].toInteger(),
             durations[QStringLiteral("max")].toInteger()
                     + durations[QStringLiteral("min")].toInteger());
}

void tst_DocumentStorage::printsATable()
{
    const auto result = run({ readme, output, out });

    QVERIFY(result);
    QCOMPARE(result->exitCode, 0);
    QCOMPARE(result->errors, QByteArray());
    const QRegularExpression line(
            QStringLiteral("^document_storage +document_storage.save.attempts +success_total +1$"),
            QRegularExpression::MultilineOption);
    QVERIFY2(line.match(QString::fromUtf8(result->output)).hasMatch(), result->output.constData());
}

void tst_DocumentStorage::savesEqualCopies()
{
    write(QStringLiteral("large"), QByteArray(200'000, 'x'));
    write(QStringLiteral("empty"), QByteArray());

    const auto result =
            run({ QStringLiteral("large"), QStringLiteral("empty"), output, out, json });

    QVERIFY(result);
    QCOMPARE(result->exitCode, 0);
    QCOMPARE(read(QStringLiteral("out/large")), QByteArray(200'000, 'x'));
    QCOMPARE(read(QStringLiteral("out/empty")), QByteArray());
}

void tst_DocumentStorage::replacesWhatAnEarlierRunSaved()
{
    QVERIFY(run({ readme, output, out }));
    write(readme, "# A new edition\n");

    const auto result = run({ readme, output, out });

    QVERIFY(result);
    QCOMPARE(result->exitCode, 0);
    QCOMPARE(read(QStringLiteral("out/README.md")), QByteArrayLiteral("# A new edition\n"));
}

void tst_DocumentStorage::neverReplacesASource()
{
    QVERIFY(QDir(m_directory->path()).mkdir(out));
    write(QStringLiteral("out/README.md"), "precious");

    const auto result =
            run({ readme, QStringLiteral("out/README.md"), license, output, out, json });

    QVERIFY(result);
    QCOMPARE(valuesOf(attemptsMetric, *result), attempts(3, 1, 2));
    QCOMPARE(read(QStringLiteral("out/README.md")), QByteArrayLiteral("precious"));
}

void tst_DocumentStorage::neverReplacesWhatItSavedJustNow()
{
    QVERIFY(QDir(m_directory->path()).mkdir(QStringLiteral("other")));
    write(QStringLiteral("other/README.md"), "of the same name");

    const auto result = run({ readme, QStringLiteral("other/README.md"), output, out, json });

    QVERIFY(result);
    QCOMPARE(valuesOf(attemptsMetric, *result), attempts(2, 1, 1));
    QCOMPARE(read(QStringLiteral("out/README.md")), read(readme));
}

void tst_DocumentStorage::savesIntoANewTemporaryDirectoryByDefault()
{
    const auto result = run({ readme, json });

    QVERIFY(result);
    const QString directory =
            QJsonDocument::fromJson(result->output)[QStringLiteral("directory")].toString();
    QVERIFY(directory.startsWith(QDir::tempPath()));
    QDir saved(directory);
    QCOMPARE(saved.entryList(QDir::Files), QStringList{ readme });
    QVERIFY(saved.removeRecursively());
}

void tst_DocumentStorage::failsForAFileThatCannotBeSaved_data()
{
    QTest::addColumn<QString>("file");

    QTest::newRow("missing") << QStringLiteral("missing.txt");
    QTest::newRow("below a file") << QStringLiteral("README.md/missing.txt");
    QTest::newRow("empty name") << QString();
    QTest::newRow("blank name") << QStringLiteral("  ");
    QTest::newRow("directory") << QStringLiteral(".");
    QTest::newRow("endless device") << QStringLiteral("/dev/zero");
    QTest::newRow("unreadable") << QStringLiteral("/proc/self/mem");
}

void tst_DocumentStorage::failsForAFileThatCannotBeSaved()
{
    QFETCH(const QString, file);

    const auto result = run({ readme, file, license, output, out, json });

    QVERIFY(result);
    QCOMPARE(valuesOf(attemptsMetric, *result), attempts(3, 2, 1));
    QCOMPARE(result->exitCode, 1);
    QCOMPARE(result->errors.count('\n'), 1);
    QVERIFY(QString::fromUtf8(result->errors).contains(u'"' + file + u"\": "));
    QCOMPARE(QDir(path(out)).entryList(QDir::Files | QDir::Hidden).size(), 2);
}

void tst_DocumentStorage::failsIfTheTargetCannotBeMade()
{
    const auto result = run({ license, output, QStringLiteral("README.md/below"), json });

    QVERIFY(result);
    QCOMPARE(valuesOf(attemptsMetric, *result), attempts(1, 0, 1));
    QCOMPARE(result->exitCode, 1);
    QVERIFY2(result->errors.contains("cannot be created"), result->errors.constData());
}

// A limit on the size of files, in blocks of 512 bytes, stands in for a full disk: both let a write
// fail.
void tst_DocumentStorage::failsIfTheTargetIsFull_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("blocks");

    QTest::newRow("in the midst of the first chunk") << 200'000 << 64;
    QTest::newRow("after the first chunk") << 65'536 + 1'000 << 128;
    QTest::newRow("in the midst of the last chunk") << 65'536 + 1'000 << 129;
    QTest::newRow("from the beginning") << 100 << 0;
}

void tst_DocumentStorage::failsIfTheTargetIsFull()
{
    QFETCH(const int, size);
    QFETCH(const int, blocks);
    write(readme, QByteArray(size, 'x'));
    write(license, QByteArray());
    QVERIFY(QDir(m_directory->path()).mkdir(out));
    const QByteArray saved = "what was saved before";
    write(out + u'/' + readme, saved);
    const auto script =
            QStringLiteral("trap '' XFSZ; ulimit -f %1; exec \"$0\" \"$@\"").arg(blocks);

    const auto result = runProgram(QStringLiteral("sh"),
                                   { QStringLiteral("-c"), script, QStringLiteral(DOCUMENTSTORAGE),
                                     readme, license, output, out, json },
                                   m_directory->path());

    QVERIFY(result);
    QCOMPARE(result->exitCode, 1);
    QCOMPARE(valuesOf(attemptsMetric, *result), attempts(2, 1, 1));
    QCOMPARE(valuesOf(bytesMetric, *result), QJsonObject({ { QStringLiteral("total"), 0 } }));
    QVERIFY2(result->errors.contains("cannot be saved: File too large"),
             result->errors.constData());
    QCOMPARE(read(out + u'/' + readme), saved);
    QCOMPARE(QDir(path(out)).entryList(QDir::Files | QDir::Hidden),
             (QStringList{ license, readme }));
}

void tst_DocumentStorage::refusesACommandLineThatMakesNoSense_data()
{
    QTest::addColumn<QStringList>("arguments");

    QTest::newRow("no files") << QStringList();
    QTest::newRow("options only") << QStringList{ json };
    QTest::newRow("unknown option") << QStringList{ QStringLiteral("--frobnicate"), readme };
    QTest::newRow("output without a value") << QStringList{ readme, output };
    QTest::newRow("empty output") << QStringList{ readme, output, QString() };
}

void tst_DocumentStorage::refusesACommandLineThatMakesNoSense()
{
    QFETCH(const QStringList, arguments);

    const auto result = run(arguments);

    QVERIFY(result);
    QCOMPARE(result->exitCode, 2);
    QCOMPARE(result->output, QByteArray());
    QVERIFY2(result->errors.contains("See --help."), result->errors.constData());
}

QTEST_GUILESS_MAIN(tst_DocumentStorage)

#include "tst_documentstorage.moc"
