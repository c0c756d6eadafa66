// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "measuredplugin.h"

#include "shared/conservation.h"
#include "shared/loadedplugin.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;

// A plugin may be unloaded once it registers no more events, its metrics have been removed from their
// recorders by name, and recorders that have had other events of its have been flushed or stopped.
// To remove a recorder is not enough: its metrics are destroyed a moment later.
class tst_Plugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    // what must come before
    void unloadsOnceItsMetricIsRemoved();
    void unloadsOnceItsEventsAreFlushed();
    void unloadsOnceItsRecorderIsStopped();
    void unloadsOnceTheMetricOfARemovedRecorderIsRemoved();

    // what comes after
    void isMeasuredAgainWhenItIsLoadedAgain();
    void knowsTheEventsOfAPluginInTheSamePlace();

private:
    std::unique_ptr<MetricsRuntime> m_runtime;
    std::shared_ptr<Recorder> m_recorder;
};

namespace {

constexpr int eventCount = 100;

class LoadedMeasuredPlugin : public LoadedPlugin<MeasuredPlugin>
{
public:
    explicit LoadedMeasuredPlugin(const QString &name)
        : LoadedPlugin(name, "measuredPlugin")
    {
    }

    void registerEvents(Recorder &recorder) const
    {
        for (int i = 0; i < eventCount; ++i)
            QCOMPARE((*this)->registerEvent(recorder), RegisterResult::Accepted);
    }
};

const QString singleEvents = QStringLiteral("libmeasuredplugin_single.so");
const QString sharedEvents = QStringLiteral("libmeasuredplugin_shared.so");

class SharedMetric : public TypedMetric<SharedEvent>
{
public:
    using TypedMetric::TypedMetric;

    bool handle(const SharedEvent &event) override
    {
        m_total += event.value;
        return true;
    }
    MetricSnapshot snapshot() const override
    {
        return MetricSnapshot(name()).add(QStringLiteral("total"), m_total);
    }

private:
    qint64 m_total = 0;
};

} // namespace

void tst_Plugin::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_runtime = std::make_unique<MetricsRuntime>(QStringLiteral("test"));
    QVERIFY(m_runtime->start());
    m_recorder = m_runtime->createRecorder(QStringLiteral("host"));
    m_recorder->registerMetric(std::make_unique<TickMetric>());
}

// The host goes on without the plugin.
void tst_Plugin::cleanup()
{
    for (const QString &id : m_runtime->recorderIds()) {
        const std::shared_ptr<Recorder> recorder = m_runtime->recorder(id);
        recorder->registerEvent(Tick{ 1 });
        recorder->metricSnapshots();
        QVERIFY(m_runtime->removeRecorder(id));
        VERIFY_ALL_HANDLED(*recorder);
    }
    m_recorder.reset();
    m_runtime.reset();
}

void tst_Plugin::unloadsOnceItsMetricIsRemoved()
{
    LoadedMeasuredPlugin plugin(singleEvents);
    QVERIFY(plugin.isLoaded());
    QVERIFY(plugin->registerMetric(*m_recorder));
    plugin.registerEvents(*m_recorder);

    QVERIFY(m_recorder->removeMetric(QStringLiteral("plugin")));

    QVERIFY(plugin.unload());
    QCOMPARE(m_recorder->statistics().handled, quint64(eventCount));
}

void tst_Plugin::unloadsOnceItsEventsAreFlushed()
{
    LoadedMeasuredPlugin plugin(singleEvents);
    QVERIFY(plugin.isLoaded());
    plugin.registerEvents(*m_recorder);

    QVERIFY(m_recorder->flush());

    QVERIFY(plugin.unload());
    QCOMPARE(m_recorder->statistics().handled, quint64(eventCount));
}

void tst_Plugin::unloadsOnceItsRecorderIsStopped()
{
    LoadedMeasuredPlugin plugin(singleEvents);
    QVERIFY(plugin.isLoaded());
    plugin.registerEvents(*m_recorder);

    m_recorder->stop().waitForFinished();

    QVERIFY(plugin.unload());
    m_recorder->start().waitForFinished();
}

void tst_Plugin::unloadsOnceTheMetricOfARemovedRecorderIsRemoved()
{
    LoadedMeasuredPlugin plugin(singleEvents);
    QVERIFY(plugin.isLoaded());
    auto recorder = m_runtime->createRecorder(QStringLiteral("plugin"));
    QVERIFY(plugin->registerMetric(*recorder));
    plugin.registerEvents(*recorder);

    QVERIFY(m_runtime->removeRecorder(QStringLiteral("plugin")));
    QVERIFY(recorder->removeMetric(QStringLiteral("plugin")));
    recorder.reset();

    QVERIFY(plugin.unload());
}

void tst_Plugin::isMeasuredAgainWhenItIsLoadedAgain()
{
    for (int round = 0; round < 10; ++round) {
        LoadedMeasuredPlugin plugin(singleEvents);
        QVERIFY(plugin.isLoaded());
        QVERIFY(plugin->registerMetric(*m_recorder));

        plugin.registerEvents(*m_recorder);

        QCOMPARE(valueOf(m_recorder->metricSnapshots(), QStringLiteral("plugin"), u"total"),
                 eventCount);
        QVERIFY(m_recorder->removeMetric(QStringLiteral("plugin")));
        QVERIFY(plugin.unload());
    }
}

void tst_Plugin::knowsTheEventsOfAPluginInTheSamePlace()
{
    m_recorder->registerMetric(std::make_unique<SharedMetric>(QStringLiteral("shared")));
    LoadedMeasuredPlugin first(singleEvents);
    QVERIFY(first.isLoaded());
    const void *const place = first->eventType;
    first.registerEvents(*m_recorder);
    QVERIFY(m_recorder->flush());
    QVERIFY(first.unload());

    LoadedMeasuredPlugin second(sharedEvents);
    QVERIFY(second.isLoaded());
    const bool isInTheSamePlace = second->eventType == place;
    second.registerEvents(*m_recorder);

    QCOMPARE(valueOf(m_recorder->metricSnapshots(), QStringLiteral("shared"), u"total"),
             eventCount);
    QVERIFY(second.unload());
    if (!isInTheSamePlace)
        QSKIP("the second plugin was loaded elsewhere");
}

QTEST_GUILESS_MAIN(tst_Plugin)

#include "tst_plugin.moc"
