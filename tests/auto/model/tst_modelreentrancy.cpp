// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/fakesnapshotsource.h"

#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QAbstractItemModelTester>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <memory>
#include <vector>

using namespace Recorders;

// What a slot asks of a model while that tells of its rows, as a handler of QML may: it is done, but
// not before the rows have been told of.
class tst_ModelReentrancy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void modelsBearWhatSlotsAsk_data();
    void modelsBearWhatSlotsAsk();
    void filtersBearWhatSlotsAsk_data();
    void filtersBearWhatSlotsAsk();
    void doesInTheEndWhatWasAsked();
};

namespace {

const QString one = QStringLiteral("1");

MetricSnapshot ticks(int count)
{
    MetricSnapshot snapshot(QStringLiteral("ticks"));
    for (int i = 0; i <= count % 3; ++i)
        snapshot.add(QStringLiteral("dimension %1").arg(i), count * 7 % 10);
    return snapshot;
}

// A source, a model of it and a filter above that.
struct Scene
{
    explicit Scene(std::unique_ptr<QAbstractItemModel> shown)
        : model(std::move(shown))
        , modelTester(model.get())
        , filterTester(&filter)
    {
        for (int i = 0; i < 8; ++i)
            source.setMetric(QString::number(i), ticks(i));
        setSource(&source);
        model->setProperty("refreshInterval", 1);
        model->setProperty("entityId", one);
        filter.setSourceModel(model.get());
        filter.setFilterText(QStringLiteral("ticks"));
        filter.sort(filter.columnCount() - 3, Qt::DescendingOrder); // by value
    }

    void setSource(SnapshotSource *used)
    {
        model->setProperty("source", QVariant::fromValue(used));
    }

    void step(int round)
    {
        for (int i = 0; i < 3; ++i) {
            source.setMetric(QString::number(i), ticks(round + i));
            other.setMetric(QString::number(i), ticks(round + i));
        }
        source.setMetric(QStringLiteral("late %1").arg(round), ticks(round));
        source.removeRecorder(QStringLiteral("late %1").arg(round - 2));
    }

    FakeSnapshotSource source;
    FakeSnapshotSource other{ QStringLiteral("other") };
    std::unique_ptr<QAbstractItemModel> model;
    SnapshotFilterModel filter;
    QAbstractItemModelTester modelTester;
    QAbstractItemModelTester filterTester;
};

using Ask = std::function<void(Scene &, int round)>;
using Make = std::function<std::unique_ptr<QAbstractItemModel>()>;

void addAsks()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<Ask>("ask");

    const std::vector<std::pair<const char *, Make>> models{
        { "tree",
          [] {
              return std::make_unique<SnapshotModel>();
          } },
        { "table",
          [] {
              return std::make_unique<SnapshotTableModel>();
          } },
        { "recorder",
          [] {
              return std::make_unique<RecorderSnapshotModel>();
          } },
    };
    const std::vector<std::pair<const char *, Ask>> asks{
        { "another source",
          [](Scene &scene, int round) {
              scene.setSource(round % 2 ? &scene.other : &scene.source);
          } },
        { "no source, and one again",
          [](Scene &scene, int) {
              scene.setSource(nullptr);
              scene.setSource(&scene.source);
          } },
        { "another recorder",
          [](Scene &scene, int round) {
              scene.model->setProperty("entityId", QString::number(round % 3));
          } },
        { "to keep what was removed",
          [](Scene &scene, int round) {
              scene.model->setProperty("keepRemoved", round % 2 == 0);
          } },
        { "another prefix",
          [](Scene &scene, int round) {
              scene.model->setProperty(
                      "bytePrefix",
                      QVariant::fromValue(round % 2 ? BytePrefix::Binary : BytePrefix::Decimal));
          } },
        { "an update",
          [](Scene &scene, int) {
              QMetaObject::invokeMethod(scene.model.get(), "refresh");
          } },
        { "another text",
          [](Scene &scene, int round) {
              scene.filter.setFilterText(round % 3 ? QStringLiteral("/[37]/") : QString());
          } },
        { "no text and no order",
          [](Scene &scene, int) {
              scene.filter.setFilterText({});
              scene.filter.sort(-1);
          } },
        { "another order",
          [](Scene &scene, int round) {
              scene.filter.setSortOrder(round % 2 ? Qt::AscendingOrder : Qt::DescendingOrder);
          } },
        { "no model, and one again",
          [](Scene &scene, int) {
              scene.filter.setSourceModel(nullptr);
              scene.filter.setSourceModel(scene.model.get());
          } },
    };
    for (const auto &[modelName, make] : models) {
        for (const auto &[askName, ask] : asks)
            QTest::addRow("%s: %s", modelName, askName) << make << ask;
    }
}

// Has ask() called whenever the model tells of anything, but not by itself.
void askAtAllTimes(QAbstractItemModel *model, const std::function<void()> &ask)
{
    const auto isAsking = std::make_shared<bool>(false);
    const auto slot = [ask, isAsking] {
        if (std::exchange(*isAsking, true))
            return;
        ask();
        *isAsking = false;
    };
    using Model = QAbstractItemModel;
    QObject::connect(model, &Model::rowsAboutToBeInserted, model, slot);
    QObject::connect(model, &Model::rowsInserted, model, slot);
    QObject::connect(model, &Model::rowsAboutToBeRemoved, model, slot);
    QObject::connect(model, &Model::rowsRemoved, model, slot);
    QObject::connect(model, &Model::rowsAboutToBeMoved, model, slot);
    QObject::connect(model, &Model::rowsMoved, model, slot);
    QObject::connect(model, &Model::dataChanged, model, slot);
}

// Looks more often than QTRY_VERIFY does.
bool comesTrue(const std::function<bool()> &condition)
{
    const QDeadlineTimer deadline(5000);
    while (!condition() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 100);
    return condition();
}

} // namespace

void tst_ModelReentrancy::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_ModelReentrancy::modelsBearWhatSlotsAsk_data()
{
    addAsks();
}

void tst_ModelReentrancy::modelsBearWhatSlotsAsk()
{
    QFETCH(const Make, make);
    QFETCH(const Ask, ask);
    Scene scene(make());
    int round = 0;
    int asked = 0;
    askAtAllTimes(scene.model.get(), [&] {
        ++asked;
        ask(scene, round);
    });

    const QSignalSpy updated(scene.model.get(), SIGNAL(updated()));
    for (; round < 8; ++round) {
        const qsizetype before = updated.size();
        scene.step(round);
        QVERIFY(comesTrue([&] { return updated.size() > before; }));
    }
    QVERIFY(asked > 0);
}

void tst_ModelReentrancy::filtersBearWhatSlotsAsk_data()
{
    addAsks();
}

void tst_ModelReentrancy::filtersBearWhatSlotsAsk()
{
    QFETCH(const Make, make);
    QFETCH(const Ask, ask);
    Scene scene(make());
    QTRY_VERIFY(!scene.filter.isBusy() && scene.filter.rowCount() > 0);
    int round = 0;
    int asked = 0;
    askAtAllTimes(&scene.filter, [&] {
        ++asked;
        ask(scene, round);
    });

    const QSignalSpy updated(scene.model.get(), SIGNAL(updated()));
    for (; round < 5; ++round) {
        const qsizetype before = updated.size();
        scene.filter.setFilterText(round % 2 ? QStringLiteral("ticks") : QStringLiteral("/[13]/"));
        scene.step(round);
        QVERIFY(comesTrue([&] { return updated.size() > before && !scene.filter.isBusy(); }));
    }
    QVERIFY(asked > 0);
}

void tst_ModelReentrancy::doesInTheEndWhatWasAsked()
{
    Scene scene(std::make_unique<SnapshotTableModel>());
    scene.other.setMetric(one, ticks(1)); // which has two dimensions
    QTRY_VERIFY(!scene.filter.isBusy() && scene.filter.rowCount() > 8);
    const auto whenRowsGo = connect(&scene.filter, &QAbstractItemModel::rowsRemoved, this, [&] {
        scene.filter.setFilterText({});
        scene.filter.sort(-1);
        scene.setSource(&scene.other);
    });

    scene.filter.setFilterText(QStringLiteral("/[37]/"));
    QTRY_COMPARE(scene.model->property("source").value<SnapshotSource *>(), &scene.other);
    disconnect(whenRowsGo);

    QTRY_COMPARE(scene.filter.rowCount(), 2); // of the other source
    QCOMPARE(scene.filter.filterText(), QString());
    QVERIFY(!scene.filter.isBusy());
}

QTEST_GUILESS_MAIN(tst_ModelReentrancy)
#include "tst_modelreentrancy.moc"
