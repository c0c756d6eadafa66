// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/namedplugin.h"

#include "shared/loadedplugin.h"
#include "shared/modeloutline.h"
#include "shared/testmetrics.h"

#include <recorders/core/snapshotsubscription.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// What a plugin has named outlives it: all strings that are kept are read when it is unloaded.
class tst_PluginNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // of the recorder
    void areKeptBySnapshotsThatWereTaken();
    void areForgottenByTheLatestSnapshots_data();
    void areForgottenByTheLatestSnapshots();
    void areKeptByARecorderThatWasRemoved();
    void areKeptByErrors();
    void areKeptByTheListOfWhatWasRemoved();

    // of models
    void areKeptByAModel_data();
    void areKeptByAModel();
    void areKeptByAValue();
    void areKeptByAListOfSnapshots();

private:
    using Plugin = LoadedPlugin<NamedPlugin>;

    void fill();

    std::unique_ptr<MetricsRuntime> m_runtime;
    std::unique_ptr<Plugin> m_plugin;
    std::shared_ptr<Recorder> m_recorder; // made by the plugin
};

namespace {

// Everything that a snapshot says.
QStringList texts(const MetricSnapshot &snapshot)
{
    QStringList all{ snapshot.name(), snapshot.description(), snapshot.errorString() };
    const QList<Dimension> dimensions = snapshot.dimensions();
    for (const Dimension &dimension : dimensions) {
        all << dimension.name << dimension.value.toString() << dimension.unit.code();
        all << dimension.value.toStringList() << dimension.value.toMap().keys();
        for (const QVariant &value : dimension.value.toMap())
            all << value.toStringList();
        all << dimension.attributes.keys()
            << dimension.attributes.value(QStringLiteral("of")).toString();
    }
    return all;
}

const QStringList snapshotTexts{
    QStringLiteral("plugin.metric"),
    QStringLiteral("Described by the plugin"),
    QStringLiteral("an error of the plugin"),
    QStringLiteral("{plugin parts}"),
    QStringLiteral("whole"),
    QStringLiteral("as the plugin says"),
    QStringLiteral("bytes of the plugin"),
    QStringLiteral("first of the plugin"),
    QStringLiteral("key of the plugin"),
    QStringLiteral("value of the plugin"),
};

QStringList missing(const QList<MetricSnapshot> &snapshots)
{
    QStringList found;
    for (const MetricSnapshot &snapshot : snapshots)
        found += texts(snapshot);
    QStringList left;
    for (const QString &text : snapshotTexts) {
        if (!found.contains(text))
            left += text;
    }
    return left;
}

// All that a model shows, in all roles.
QStringList textsOf(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList all;
    const QList<int> roles = model.roleNames().keys();
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const int role : roles)
                all += index.data(role).toString();
        }
        all += textsOf(model, model.index(row, 0, parent));
    }
    return all;
}

QStringList namesOf(const QList<MetricSnapshot> &snapshots)
{
    QStringList names;
    for (const MetricSnapshot &snapshot : snapshots)
        names += snapshot.name();
    return names;
}

} // namespace

void tst_PluginNames::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
    m_plugin = std::make_unique<Plugin>(QStringLiteral("libnamedplugin.so"), "namedPlugin");
    QVERIFY(m_plugin->isLoaded());
    m_recorder = (*m_plugin)->createRecorder(*m_runtime);
    QVERIFY(m_recorder);
    fill();
}

void tst_PluginNames::fill()
{
    QVERIFY(m_recorder->registerMetric(std::make_unique<TickMetric>()));
    QVERIFY((*m_plugin)->registerMetric(*m_recorder));
    QCOMPARE((*m_plugin)->registerEvent(*m_recorder), RegisterResult::Accepted);
}

void tst_PluginNames::cleanup()
{
    m_recorder.reset();
    m_runtime.reset();
    m_plugin.reset();
}

void tst_PluginNames::areKeptBySnapshotsThatWereTaken()
{
    const QList<MetricSnapshot> snapshots = m_recorder->metricSnapshots();

    QVERIFY((*m_plugin)->removeMetric(*m_recorder));
    QVERIFY(m_plugin->unload());

    QCOMPARE(missing(snapshots), QStringList());
    QCOMPARE(missing(snapshots), QStringList());
}

void tst_PluginNames::areForgottenByTheLatestSnapshots_data()
{
    QTest::addColumn<bool>("isStopped");
    QTest::addColumn<bool>("isRemoved");

    QTest::newRow("running") << false << false;
    QTest::newRow("stopped") << true << false;
    QTest::newRow("removed") << false << true;
}

void tst_PluginNames::areForgottenByTheLatestSnapshots()
{
    QFETCH(const bool, isStopped);
    QFETCH(const bool, isRemoved);
    m_recorder->metricSnapshots();
    if (isStopped)
        m_recorder->stop().waitForFinished();
    if (isRemoved)
        QVERIFY((*m_plugin)->removeRecorder(*m_runtime));

    QVERIFY((*m_plugin)->removeMetric(*m_recorder));
    QVERIFY(m_plugin->unload());

    const QStringList ticksOnly{ QStringLiteral("ticks") };
    QCOMPARE(namesOf(m_recorder->latestSnapshots()), ticksOnly);
    QCOMPARE(namesOf(m_recorder->metricSnapshots()), ticksOnly);
    QCOMPARE(m_recorder->metricNames(), ticksOnly);
}

void tst_PluginNames::areKeptByARecorderThatWasRemoved()
{
    QVERIFY((*m_plugin)->removeMetric(*m_recorder));
    QVERIFY((*m_plugin)->removeRecorder(*m_runtime));
    QVERIFY(m_plugin->unload());

    QCOMPARE(m_recorder->entityId(), PluginNames::recorder);
    const Error error = m_recorder->start().result();
    QVERIFY(error.message().contains(PluginNames::recorder));
}

void tst_PluginNames::areKeptByErrors()
{
    const Error refusal = (*m_plugin)->registerRefusedMetric(*m_recorder);
    const Error own = (*m_plugin)->makeError();

    QVERIFY((*m_plugin)->removeMetric(*m_recorder));
    QVERIFY(m_plugin->unload());

    QVERIFY(refusal.message().contains(QStringLiteral("refused by the plugin")));
    QCOMPARE(own.message(), QStringLiteral("said by the plugin"));
}

void tst_PluginNames::areKeptByTheListOfWhatWasRemoved()
{
    const quint64 before = m_runtime->snapshotSource()->version();
    QVERIFY((*m_plugin)->removeMetric(*m_recorder));
    QVERIFY((*m_plugin)->removeRecorder(*m_runtime));
    m_recorder.reset();
    QVERIFY(m_plugin->unload());

    const SnapshotUpdate update = m_runtime->snapshotSource()->changesSince(before).result();

    QCOMPARE(update.removed, QStringList{ PluginNames::recorder });
}

void tst_PluginNames::areKeptByAModel_data()
{
    QTest::addColumn<bool>("isPaused");
    QTest::addColumn<bool>("isRecorderRemoved");

    QTest::newRow("that goes on") << false << false;
    QTest::newRow("that goes on, the recorder is removed") << false << true;
    QTest::newRow("that is paused") << true << false;
    QTest::newRow("that is paused, the recorder is removed") << true << true;
}

void tst_PluginNames::areKeptByAModel()
{
    QFETCH(const bool, isPaused);
    QFETCH(const bool, isRecorderRemoved);
    SnapshotModel model;
    const QAbstractItemModelTester tester(&model);
    SnapshotFilterModel filter;
    filter.setSourceModel(&model);
    filter.setFilterText(QStringLiteral("plugin"));
    RecorderSnapshotModel flat;
    flat.setEntityId(m_recorder->entityId());
    flat.setRuntime(m_runtime.get());
    model.setKeepRemoved(true);
    model.setRuntime(m_runtime.get());
    const auto part = QStringLiteral("plugin.recorder/plugin.metric/part");
    QTRY_VERIFY(outline(model).contains(part));
    QTRY_VERIFY(flat.rowCount() > 1);
    model.setPaused(isPaused);
    flat.setPaused(isPaused);

    if (isRecorderRemoved) // first, so that it had the metric at last
        QVERIFY((*m_plugin)->removeRecorder(*m_runtime));
    QVERIFY((*m_plugin)->removeMetric(*m_recorder));
    m_recorder->registerEvent(Tick{ 1 });
    QVERIFY(m_plugin->unload());

    // What is shown no more is read all the same, where a model keeps it.
    const bool isKept = isPaused || isRecorderRemoved;
    QTRY_COMPARE(outline(model).contains(part), isKept);
    QCOMPARE(textsOf(model).contains(PluginNames::text), isKept);
    QTRY_COMPARE(textsOf(filter).contains(PluginNames::text), isKept);
    QTRY_COMPARE(textsOf(flat).contains(PluginNames::text), isPaused);
    model.setPaused(false);
    QTRY_COMPARE(outline(model).contains(part), isRecorderRemoved);
}

void tst_PluginNames::areKeptByAValue()
{
    MetricValue value;
    value.setRuntime(m_runtime.get());
    (*m_plugin)->show(value);
    QTRY_COMPARE(value.value(), QVariant(1));

    QVERIFY((*m_plugin)->removeMetric(*m_recorder));
    QVERIFY(m_plugin->unload());

    QTRY_VERIFY(!value.isValid());
    QCOMPARE(value.entityId(), PluginNames::recorder);
    QCOMPARE(value.metric(), PluginNames::metric);
    QVERIFY(value.errorString().contains(PluginNames::metric));
}

void tst_PluginNames::areKeptByAListOfSnapshots()
{
    SnapshotListSource source(QStringLiteral("list"));
    (*m_plugin)->fill(source);
    QVERIFY((*m_plugin)->removeMetric(*m_recorder));
    QVERIFY(m_plugin->unload());

    const RecorderSnapshot recorder = source.recorder(PluginNames::recorder);
    const SnapshotUpdate update = source.changesSince(1).result();

    QCOMPARE(missing(recorder.metrics), QStringList());
    QCOMPARE(recorder.error.message(), QStringLiteral("failed as the plugin says"));
    QCOMPARE(source.recorderIds(), QStringList{ PluginNames::recorder });
    QCOMPARE(update.removed, QStringList{ PluginNames::recorder + QStringLiteral(".gone") });
}

QTEST_GUILESS_MAIN(tst_PluginNames)

#include "tst_pluginnames.moc"
