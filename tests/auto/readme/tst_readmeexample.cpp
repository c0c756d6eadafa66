// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// The component that the README shows, and not its main().
#define main exampleMain
#include "readme_example.cpp"
#undef main

#include "shared/filesizelimit.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

class tst_ReadmeExample : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void replacesAFile();
    void keepsTheOldFileIfTheDiskIsFull_data();
    void keepsTheOldFileIfTheDiskIsFull();
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A storage that has saved "old" into a file, and what was measured of it.
class Subject
{
public:
    Subject()
    {
        runtime.start();
        recorder = runtime.createRecorder(QStringLiteral("document_storage"));
        storage.emplace(recorder);
        storage->save(path, QByteArrayLiteral("old"));
    }

    qint64 value(QStringView dimension) const
    {
        return recorder->metricSnapshots().constFirst().value(dimension).toLongLong();
    }

    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("document"));
    Recorders::MetricsRuntime runtime{ QStringLiteral("test") };
    std::shared_ptr<Recorders::Recorder> recorder;
    std::optional<DocumentStorage> storage;
};

} // namespace

void tst_ReadmeExample::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_ReadmeExample::replacesAFile()
{
    Subject subject;

    const bool isSaved = subject.storage->save(subject.path, QByteArrayLiteral("new"));

    QVERIFY(isSaved);
    QCOMPARE(contentOf(subject.path), QByteArrayLiteral("new"));
    QCOMPARE(subject.value(u"total"), 2);
    QCOMPARE(subject.value(u"failure_total"), 0);
}

void tst_ReadmeExample::keepsTheOldFileIfTheDiskIsFull_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("limit");

    QTest::newRow("nothing can be written of what fits into a buffer") << 100 << 0;
    QTest::newRow("a part can be written of what fits into a buffer") << 100 << 99;
    QTest::newRow("nothing can be written of more") << 100'000 << 0;
    QTest::newRow("a part can be written of more") << 100'000 << 99'999;
}

void tst_ReadmeExample::keepsTheOldFileIfTheDiskIsFull()
{
    QFETCH(const int, size);
    QFETCH(const int, limit);
    Subject subject;
    bool isSaved = true;

    {
        const Testing::FileSizeLimit full(static_cast<rlim_t>(limit));
        QVERIFY(full.isSet());
        isSaved = subject.storage->save(subject.path, QByteArray(size, 'x'));
    }

    QVERIFY(!isSaved);
    QCOMPARE(contentOf(subject.path), QByteArrayLiteral("old"));
    QCOMPARE(QDir(subject.dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    QCOMPARE(subject.value(u"total"), 2);
    QCOMPARE(subject.value(u"failure_total"), 1);
}

QTEST_GUILESS_MAIN(tst_ReadmeExample)

#include "tst_readmeexample.moc"
