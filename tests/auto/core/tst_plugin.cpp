// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "measuredplugin.h"

#include "shared/conservation.h"
#include "shared/testmetrics.h"

#include <recorders/core/metricsruntime.h>

#include <QLibrary>
#include <QTest>

#include <dlfcn.h>

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

class LoadedPlugin
{
public:
    explicit LoadedPlugin(const QString &name)
        : m_path(QCoreApplication::applicationDirPath() + u'/' + name)
        , m_handle(::dlopen(qPrintable(m_path), RTLD_NOW | RTLD_LOCAL))
    {
        if (m_handle)
            m_plugin = static_cast<const MeasuredPlugin *>(::dlsym(m_handle, "measuredPlugin"));
    }

    ~LoadedPlugin() { unload(); }
    LoadedPlugin(const LoadedPlugin &) = delete;
    LoadedPlugin &operator=(const LoadedPlugin &) = delete;

    const MeasuredPlugin *operator->() const { return m_plugin; }
    bool isLoaded() const { return m_plugin != nullptr; }

    // False: its code is still there.
    bool unload()
    {
        if (m_handle)
            ::dlclose(std::exchange(m_handle, nullptr));
        m_plugin = nullptr;
        return !::dlopen(qPrintable(m_path), RTLD_NOW | RTLD_NOLOAD);
    }

    void registerEvents(Recorder &recorder) const
    {
        for (int i = 0; i < eventCount; ++i)
            QCOMPARE(m_plugin->registerEvent(recorder), RegisterResult::Accepted);
    }

private:
    const QString m_path;
    void *m_handle;
    const MeasuredPlugin *m_plugin = nullptr;
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
    LoadedPlugin plugin(singleEvents);
    QVERIFY(plugin.isLoaded());
    QVERIFY(plugin->registerMetric(*m_recorder));
    plugin.registerEvents(*m_recorder);

    QVERIFY(m_recorder->removeMetric(QStringLiteral("plugin")));

    QVERIFY(plugin.unload());
    QCOMPARE(m_recorder->statistics().handled, quint64(eventCount));
}

void tst_Plugin::unloadsOnceItsEventsAreFlushed()
{
    LoadedPlugin plugin(singleEvents);
    QVERIFY(plugin.isLoaded());
    plugin.registerEvents(*m_recorder);

    QVERIFY(m_recorder->flush());

    QVERIFY(plugin.unload());
    QCOMPARE(m_recorder->statistics().handled, quint64(eventCount));
}

void tst_Plugin::unloadsOnceItsRecorderIsStopped()
{
    LoadedPlugin plugin(singleEvents);
    QVERIFY(plugin.isLoaded());
    plugin.registerEvents(*m_recorder);

    m_recorder->stop().waitForFinished();

    QVERIFY(plugin.unload());
    m_recorder->start().waitForFinished();
}

void tst_Plugin::unloadsOnceTheMetricOfARemovedRecorderIsRemoved()
{
    LoadedPlugin plugin(singleEvents);
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
        LoadedPlugin plugin(singleEvents);
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
    LoadedPlugin first(singleEvents);
    QVERIFY(first.isLoaded());
    const void *const place = first->eventType;
    first.registerEvents(*m_recorder);
    QVERIFY(m_recorder->flush());
    QVERIFY(first.unload());

    LoadedPlugin second(sharedEvents);
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
