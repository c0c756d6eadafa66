// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/inspector/inspectorwindow.h>

#include "shared/fakesnapshotsource.h"
#include "shared/ownsettings.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMimeData>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <functional>
#include <limits>
#include <memory>

using namespace Recorders;

namespace {

const QString oddName = QStringLiteral("say \"hi\", <b>\nthen go");

class Window
{
public:
    Window()
    {
        source.setRecorder(
                QStringLiteral("a"),
                { MetricSnapshot(oddName)
                          .add(QStringLiteral("large"), std::numeric_limits<quint64>::max())
                          .add(QStringLiteral("small"), std::numeric_limits<qint64>::min())
                          .add(QStringLiteral("fine"), 0.1 + 0.2, Unit::bytes()) });
        source.setRecorder(
                QStringLiteral("b"),
                { MetricSnapshot(QStringLiteral("ratio"))
                          .add(QStringLiteral("none"), std::numeric_limits<double>::quiet_NaN()) });
    }

    void show()
    {
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(tree->isExpanded(tree->model()->index(1, 0)));
        tree->expandAll();
    }

    void exportTo(const QString &path, Qt::KeyboardModifiers modifiers = Qt::ControlModifier)
    {
        QTest::keyClick(&window, Qt::Key_E, modifiers);
        auto *dialog = window.findChild<QFileDialog *>(QStringLiteral("export"));
        QVERIFY(dialog);
        QVERIFY(!dialog->isModal());
        notice->hide(); // what it said before
        whileAsked();
        auto *edit = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        QVERIFY(edit);
        edit->setText(path);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(saysTheResult());
    }

    // Where it takes long, it says first how far it is, and that it can be canceled.
    bool saysTheResult() const
    {
        const auto *cancel = notice->findChild<QWidget *>(QStringLiteral("cancel"));
        return notice->isVisible() && !cancel->isVisible();
    }

    FakeSnapshotSource source;
    InspectorWindow window{ &source };
    std::function<void()> whileAsked = [] {
    };
    QTreeView *const tree = window.findChild<QTreeView *>(QStringLiteral("tree"));
    QWidget *const notice = window.findChild<QWidget *>(QStringLiteral("notice"));
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_InspectorOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void copiesTextAndHtml();
    void copiesJson();
    void exportsCsv();
    void exportsJson();
    void exportsWhatChangedSinceAMark_data();
    void exportsWhatChangedSinceAMark();
    void exportsWhatIsShown();
    void exportsWhatTheSearchHides();
    void exportsTheMomentOfTheKey();
    void saysWhatCouldNotBeWritten();
    void mayGoWhileItAsks();

private:
    std::unique_ptr<Testing::OwnSettings> m_settings;
};

void tst_InspectorOutput::initTestCase()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
}

void tst_InspectorOutput::init()
{
    m_settings = std::make_unique<Testing::OwnSettings>();
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_InspectorOutput::copiesTextAndHtml()
{
    Window w;
    w.show();
    w.tree->setFocus();
    w.tree->selectAll();

    QTest::keyClick(w.tree, Qt::Key_C, Qt::ControlModifier);

    const QMimeData *data = QApplication::clipboard()->mimeData();
    QVERIFY(data->text().contains(
            QStringLiteral("a\tsay \"hi\", <b> then go\tlarge\t18446744073709551615\t\t")));
    QVERIFY(data->html().contains(QStringLiteral("<td>say &quot;hi&quot;, &lt;b&gt;\nthen go</td>")
                                  + QStringLiteral("<td>small</td><td>-9223372036854775808</td>")));
    QVERIFY(data->html().contains(QStringLiteral("<th>Metric</th>")));
}

void tst_InspectorOutput::copiesJson()
{
    Window w;
    w.show();
    w.tree->setFocus();
    w.tree->selectAll();

    QTest::keyClick(w.tree, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);

    const QMimeData *data = QApplication::clipboard()->mimeData();
    const QByteArray json = data->data(QStringLiteral("application/json"));
    QCOMPARE(data->text().toUtf8(), json);
    const QJsonArray rows = QJsonDocument::fromJson(json).array();
    QCOMPARE(rows.size(), 8);
    QCOMPARE(rows[0].toObject().value(QStringLiteral("text")), QStringLiteral("1 metric"));
    QCOMPARE(rows[2].toObject().value(QStringLiteral("metric")), oddName);
}

void tst_InspectorOutput::exportsCsv()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("all.csv"));
    Window w;
    w.show();

    w.exportTo(path);

    const QByteArray name = "\"say \"\"hi\"\", <b>\nthen go\"";
    QCOMPARE(contentOf(path),
             "Recorder,Metric,Dimension,Value,Unit,Rate per second\r\n"
             "a," + name
                     + ",large,18446744073709551615,,0\r\n"
                       "a,"
                     + name
                     + ",small,-9223372036854775808,,0\r\n"
                       "a,"
                     + name
                     + ",fine,0.30000000000000004,By,0\r\n"
                       "b,ratio,none,NaN,,\r\n");
    QVERIFY(w.notice->accessibleDescription().contains(QStringLiteral("4 value")));
}

void tst_InspectorOutput::exportsWhatChangedSinceAMark_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArrayList>("parts");

    QTest::newRow("as CSV") << QStringLiteral("all.csv")
                            << QByteArrayList{ ",Change since mark,Delta since mark\r\n",
                                               ",fine,0.30000000000000004,By,0,unchanged,0\r\n",
                                               "new,jobs,done,1,,0,new,\r\n" };
    QTest::newRow("as JSON") << QStringLiteral("all.json")
                             << QByteArrayList{ "\"change\": \"unchanged\", \"delta\": 0}",
                                                "\"change\": \"new\"}" };
}

void tst_InspectorOutput::exportsWhatChangedSinceAMark()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArrayList, parts);
    const QTemporaryDir dir;
    Window w;
    w.show();
    w.window.findChild<QAction *>(QStringLiteral("setMark"))->trigger();
    w.source.setMetric(QStringLiteral("new"),
                       MetricSnapshot(QStringLiteral("jobs")).add(QStringLiteral("done"), 1));
    QTRY_COMPARE(w.tree->model()->rowCount(), 3);

    w.exportTo(dir.filePath(name));

    const QByteArray content = contentOf(dir.filePath(name));
    for (const QByteArray &part : parts)
        QVERIFY2(content.contains(part), content.constData());
}

void tst_InspectorOutput::exportsJson()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("all.json"));
    Window w;
    w.show();

    w.exportTo(path);

    const QByteArray json = contentOf(path);
    QVERIFY(json.contains("\"value\": \"18446744073709551615\","));
    const QJsonArray rows = QJsonDocument::fromJson(json).array();
    QCOMPARE(rows.size(), 4);
    QCOMPARE(rows[1].toObject().value(QStringLiteral("value")),
             QString::number(std::numeric_limits<qint64>::min()));
    QCOMPARE(rows[2].toObject().value(QStringLiteral("value")).toDouble(), 0.1 + 0.2);
    QCOMPARE(rows[2].toObject().value(QStringLiteral("unit")), QStringLiteral("By"));
    QCOMPARE(rows[3].toObject().value(QStringLiteral("value")), QStringLiteral("NaN"));
}

void tst_InspectorOutput::exportsWhatIsShown()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("shown.csv"));
    Window w;
    w.show();
    QTest::keyClicks(w.window.findChild<QLineEdit *>(QStringLiteral("search")),
                     QStringLiteral("ratio"));
    QTRY_COMPARE(w.tree->model()->rowCount(), 1);

    w.exportTo(path);

    QCOMPARE(contentOf(path).count("\r\n"), 2);
}

void tst_InspectorOutput::exportsWhatTheSearchHides()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("all.csv"));
    Window w;
    w.show();
    QTest::keyClicks(w.window.findChild<QLineEdit *>(QStringLiteral("search")),
                     QStringLiteral("ratio"));
    QTRY_COMPARE(w.tree->model()->rowCount(), 1);

    w.exportTo(path, Qt::ControlModifier | Qt::ShiftModifier);

    QCOMPARE(contentOf(path).count("\r\n"), 5);
}

void tst_InspectorOutput::exportsTheMomentOfTheKey()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("then.csv"));
    Window w;
    w.show();
    w.whileAsked = [&w] {
        w.source.setRecorder(QStringLiteral("c"), {});
        QTRY_COMPARE(w.tree->model()->rowCount(), 3);
    };

    w.exportTo(path);

    QCOMPARE(contentOf(path).count("\r\n"), 5);
}

void tst_InspectorOutput::saysWhatCouldNotBeWritten()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("gone/here.csv"));
    QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("gone")));
    Window w;
    w.show();
    w.whileAsked = [&dir] {
        QVERIFY(QDir(dir.path()).rmdir(QStringLiteral("gone")));
    };

    w.exportTo(path);

    const QString text = w.notice->accessibleDescription();
    QVERIFY2(text.contains(QStringLiteral("Could not export")), qPrintable(text));
    QVERIFY(text.contains(path));
    QVERIFY(!QApplication::activeModalWidget());
}

void tst_InspectorOutput::mayGoWhileItAsks()
{
    auto w = std::make_unique<Window>();
    w->show();
    QTest::keyClick(&w->window, Qt::Key_E, Qt::ControlModifier);
    QVERIFY(w->window.findChild<QFileDialog *>(QStringLiteral("export")));

    w.reset();

    QVERIFY(QApplication::topLevelWidgets().isEmpty());
}

QTEST_MAIN(tst_InspectorOutput)

#include "tst_inspectoroutput.moc"
