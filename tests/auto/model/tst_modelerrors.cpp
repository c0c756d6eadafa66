// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/anymodel.h"

#include <recorders/core/snapshotlistsource.h>

#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// What models say, in words, when they show nothing or nothing new. See also tst_wronguse.cpp.
class tst_ModelErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void saysThatThereIsNoRuntime_data() { addModels(); }
    void saysThatThereIsNoRuntime();
    void saysThatARuntimeHasEnded_data();
    void saysThatARuntimeHasEnded();
    void saysThatASourceNoLongerAnswers_data() { addModels(); }
    void saysThatASourceNoLongerAnswers();
    void saysThatItsIdIsEmpty();
    void saysThatThereIsNoSuchRecorder();
    void saysThatItsRecorderWentThoughItKeepsIt();
    void mayGoWhenItSaysWhatIsWrong_data();
    void mayGoWhenItSaysWhatIsWrong();
    void mayGoWhenItsIdIsTakenAway();
};

void tst_ModelErrors::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_ModelErrors::saysThatThereIsNoRuntime()
{
    QFETCH(const MakeModel, makeModel);
    const auto runtime = newRuntime();
    AnyModel any(makeModel());
    QSignalSpy changed(any.model.get(), SIGNAL(errorStringChanged(QString)));
    const QString noRuntime = QStringLiteral("there is no runtime and no source");
    QCOMPARE(any.errorString(), noRuntime);

    any.setRuntime(runtime.get());
    QCOMPARE(any.errorString(), QString());
    any.setRuntime(nullptr);
    QCOMPARE(any.errorString(), noRuntime);

    QCOMPARE(changed.count(), 2);
    QCOMPARE(changed.at(1).at(0).toString(), noRuntime);
}

void tst_ModelErrors::saysThatARuntimeHasEnded_data()
{
    using End = void (*)(std::unique_ptr<MetricsRuntime> &);
    QTest::addColumn<MakeModel>("makeModel");
    QTest::addColumn<End>("end");

    const MakeModel tree = [] {
        return new SnapshotModel;
    };
    const MakeModel oneRecorder = [] {
        auto *model = new RecorderSnapshotModel;
        model->setEntityId(clockId);
        return model;
    };
    const End stop = [](std::unique_ptr<MetricsRuntime> &runtime) {
        runtime->shutdown();
    };
    const End destroy = [](std::unique_ptr<MetricsRuntime> &runtime) {
        runtime.reset();
    };
    QTest::newRow("tree, stopped") << tree << stop;
    QTest::newRow("tree, destroyed") << tree << destroy;
    QTest::newRow("one recorder, stopped") << oneRecorder << stop;
    QTest::newRow("one recorder, destroyed") << oneRecorder << destroy;
}

void tst_ModelErrors::saysThatARuntimeHasEnded()
{
    using End = void (*)(std::unique_ptr<MetricsRuntime> &);
    QFETCH(const MakeModel, makeModel);
    QFETCH(const End, end);
    auto runtime = newRuntime(QStringLiteral("app"));
    AnyModel any(makeModel());
    any.setRuntime(runtime.get());
    QTRY_VERIFY(any.model->rowCount() > 0);
    any.model->setProperty("paused", true);

    end(runtime);

    QTRY_COMPARE(any.errorString(), QStringLiteral("\"app\" has ended"));
    any.setRuntime(nullptr);
    runtime = newRuntime();
    any.setRuntime(runtime.get());
    QCOMPARE(any.errorString(), QString());
}

void tst_ModelErrors::saysThatASourceNoLongerAnswers()
{
    QFETCH(const MakeModel, makeModel);
    SnapshotListSource source(QStringLiteral("list"));
    source.setMetric(clockId, MetricSnapshot(QStringLiteral("m")).add(QStringLiteral("x"), 1));
    AnyModel any(makeModel());
    any.setSource(&source);
    QTRY_VERIFY(any.model->rowCount() > 0);

    source.setEnded(true);
    QTRY_COMPARE(any.errorString(), QStringLiteral("\"list\" has ended"));

    source.setEnded(false);
    QTRY_COMPARE(any.errorString(), QString());
}

void tst_ModelErrors::saysThatItsIdIsEmpty()
{
    const auto runtime = newRuntime();
    RecorderSnapshotModel model;
    model.setRuntime(runtime.get());

    QCOMPARE(model.errorString(), QStringLiteral("entityId is empty"));
    model.setEntityId(clockId);
    QCOMPARE(model.errorString(), QString());
    model.setEntityId({});
    QCOMPARE(model.errorString(), QStringLiteral("entityId is empty"));
}

void tst_ModelErrors::saysThatThereIsNoSuchRecorder()
{
    const auto runtime = newRuntime();
    RecorderSnapshotModel model;
    model.setRefreshInterval(1);
    model.setEntityId(QStringLiteral("worker-3"));
    model.setRuntime(runtime.get());
    const QString unknown = QStringLiteral("\"test\" has no recorder \"worker-3\"");
    QCOMPARE(model.errorString(), QString()); // until there is an answer
    QTRY_COMPARE(model.errorString(), unknown);

    runtime->createRecorder(QStringLiteral("worker-3"));
    QTRY_COMPARE(model.errorString(), QString());
    QVERIFY(model.isAvailable());

    runtime->removeRecorder(QStringLiteral("worker-3"));
    QTRY_COMPARE(model.errorString(), unknown);
    QVERIFY(!model.isAvailable());

    model.setEntityId(clockId);
    QCOMPARE(model.errorString(), QString());
    QTRY_VERIFY(model.isAvailable());
    QCOMPARE(model.errorString(), QString());
}

void tst_ModelErrors::saysThatItsRecorderWentThoughItKeepsIt()
{
    const auto runtime = newRuntime();
    RecorderSnapshotModel model;
    model.setRefreshInterval(1);
    model.setKeepRemoved(true);
    model.setEntityId(clockId);
    model.setRuntime(runtime.get());
    QTRY_VERIFY(model.isAvailable());

    runtime->removeRecorder(clockId);

    QTRY_COMPARE(model.errorString(), QStringLiteral("\"test\" has no recorder \"clock\""));
    QVERIFY(!model.isAvailable());
    QVERIFY(model.rowCount() > 0);
}

template <typename Model>
static QAbstractItemModel *goesWhenItHasAnError(Model *model)
{
    QObject::connect(model, &Model::errorStringChanged, model, [model](const QString &error) {
        if (!error.isEmpty())
            delete model;
    });
    return model;
}

void tst_ModelErrors::mayGoWhenItSaysWhatIsWrong_data()
{
    QTest::addColumn<MakeModel>("makeModel");

    QTest::newRow("tree") << MakeModel([] { return goesWhenItHasAnError(new SnapshotModel); });
    QTest::newRow("table") << MakeModel(
            [] { return goesWhenItHasAnError(new SnapshotTableModel); });
}

void tst_ModelErrors::mayGoWhenItSaysWhatIsWrong()
{
    QFETCH(const MakeModel, makeModel);
    auto runtime = newRuntime();
    const QPointer<QAbstractItemModel> model = makeModel();
    model->setProperty("runtime", QVariant::fromValue(runtime.get()));
    QTRY_VERIFY(model->rowCount() > 0);

    runtime.reset();

    QVERIFY(!model);
}

void tst_ModelErrors::mayGoWhenItsIdIsTakenAway()
{
    const auto runtime = newRuntime();
    const QPointer<RecorderSnapshotModel> model = new RecorderSnapshotModel;
    model->setEntityId(clockId);
    model->setRuntime(runtime.get());
    QTRY_VERIFY(model->isAvailable());
    goesWhenItHasAnError(model.data());
    QSignalSpy entityIdChanged(model, &RecorderSnapshotModel::entityIdChanged);

    model->setEntityId({});

    QVERIFY(!model);
    QCOMPARE(entityIdChanged.count(), 0);
}

QTEST_GUILESS_MAIN(tst_ModelErrors)
#include "tst_modelerrors.moc"
