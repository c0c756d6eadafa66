// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rowexport_p.h"

#include "shared/fakesnapshotsource.h"
#include "shared/filesizelimit.h"

#include <recorders/model/snapshotmodel.h>

#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace std::chrono_literals;

namespace {

constexpr int many = 500; // takes some slices, each of which is over at the first look at the clock

class Subject
{
public:
    explicit Subject(int recorders)
    {
        for (int i = 0; i < recorders; ++i) {
            source.setRecorder(QString::number(i),
                               { MetricSnapshot(QStringLiteral("m")).add(QStringLiteral("d"), 1) });
        }
        model.setSource(&source);
        model.setPaused(true);
        model.refresh();
        QTRY_COMPARE(model.rowCount(), recorders);
    }

    QFileDialog *dialog() const { return parent.findChild<QFileDialog *>(); }
    void choosePath()
    {
        auto *edit = dialog()->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        edit->setText(path);
        QTest::keyClick(edit, Qt::Key_Return);
    }

    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("rows.csv"));
    FakeSnapshotSource source;
    SnapshotModel model;
    QWidget parent;
    RowExport rowExport{ &parent, 0ms };
    QSignalSpy taking{ &rowExport, &RowExport::takingChanged };
    QSignalSpy finished{ &rowExport, &RowExport::finished };
};

} // namespace

class tst_RowExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void writesWhatItTook();
    void writesWhenAllIsTaken();
    void letsTheModelStandStillWhileItTakes();
    void isCanceledWhileItTakes();
    void isDroppedWithItsDialog();
    void startsAgain();
    void keepsTheOldFileIfTheDiskIsFull_data();
    void keepsTheOldFileIfTheDiskIsFull();
};

void tst_RowExport::initTestCase()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void tst_RowExport::init()
{
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_RowExport::writesWhatItTook()
{
    Subject subject(2);

    subject.rowExport.start(&subject.model);
    subject.choosePath();
    QTRY_COMPARE(subject.finished.size(), 1);

    QVERIFY(QFile::exists(subject.path));
    QVERIFY(subject.finished.first().first().toString().startsWith(
            QStringLiteral("Exported 2 values")));
}

void tst_RowExport::writesWhenAllIsTaken()
{
    Subject subject(many);

    subject.rowExport.start(&subject.model);
    subject.choosePath(); // before all is taken
    QTRY_COMPARE(subject.finished.size(), 1);

    QVERIFY(subject.finished.first().first().toString().startsWith(
            QStringLiteral("Exported %1 values").arg(many)));
}

void tst_RowExport::letsTheModelStandStillWhileItTakes()
{
    Subject subject(many);

    subject.rowExport.start(&subject.model);
    QCOMPARE(subject.taking.size(), 1);
    QVERIFY(subject.taking.first().first().toBool());
    QTRY_COMPARE(subject.taking.size(), 2);

    QVERIFY(!subject.taking.last().first().toBool());
}

void tst_RowExport::isCanceledWhileItTakes()
{
    Subject subject(many);
    QSignalSpy progressed(&subject.rowExport, &RowExport::progressed);
    subject.rowExport.start(&subject.model);
    subject.choosePath();
    QVERIFY(!progressed.isEmpty());

    subject.rowExport.cancel();

    QCOMPARE(subject.finished.size(), 1);
    QCOMPARE(subject.finished.first().first().toString(),
             QStringLiteral("The export was canceled"));
    QVERIFY(!subject.taking.last().first().toBool());
    QVERIFY(progressed.last().first().toString().isEmpty());
    QVERIFY(!QFile::exists(subject.path));
}

void tst_RowExport::isDroppedWithItsDialog()
{
    Subject subject(many);
    subject.rowExport.start(&subject.model);

    QTest::keyClick(subject.dialog(), Qt::Key_Escape);

    QTRY_VERIFY(!subject.dialog());
    QVERIFY(!subject.taking.last().first().toBool());
    QVERIFY(subject.finished.isEmpty());
}

void tst_RowExport::startsAgain()
{
    Subject subject(many);
    subject.rowExport.start(&subject.model);

    subject.rowExport.start(&subject.model);
    QTRY_COMPARE(subject.parent.findChildren<QFileDialog *>().size(), 1);
    subject.choosePath();
    QTRY_COMPARE(subject.finished.size(), 1);

    QVERIFY(QFile::exists(subject.path));
}

void tst_RowExport::keepsTheOldFileIfTheDiskIsFull_data()
{
    QTest::addColumn<int>("recorders");
    QTest::addColumn<int>("limit");

    QTest::newRow("nothing can be written of what fits into a buffer") << 1 << 0;
    QTest::newRow("a part can be written of what fits into a buffer") << 1 << 10;
    QTest::newRow("nothing can be written of more") << 2000 << 0;
    QTest::newRow("a part can be written of more") << 2000 << 1000;
}

void tst_RowExport::keepsTheOldFileIfTheDiskIsFull()
{
    QFETCH(const int, recorders);
    QFETCH(const int, limit);
    Subject subject(recorders);
    const QByteArray content = "what was exported before";
    QFile file(subject.path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
    file.close();

    subject.rowExport.start(&subject.model);
    subject.dialog()->setOption(QFileDialog::DontConfirmOverwrite);
    {
        const Testing::FileSizeLimit full(static_cast<rlim_t>(limit));
        QVERIFY(full.isSet());
        subject.choosePath();
        QTRY_COMPARE(subject.finished.size(), 1);
    }

    const QString message = subject.finished.first().first().toString();
    QVERIFY2(message.contains(QStringLiteral("Could not export")), qPrintable(message));
    QVERIFY2(message.contains(QStringLiteral("too large")), qPrintable(message)); // of EFBIG
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), content);
    QCOMPARE(QDir(subject.dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

QTEST_MAIN(tst_RowExport)
#include "tst_rowexport.moc"
