// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/namedplugin.h"

#include "shared/loadedplugin.h"
#include "shared/modeloutline.h"
#include "shared/ownsettings.h"
#include "shared/testmetrics.h"

#include <recorders/inspector/inspectorwindow.h>

#include <QAction>
#include <QTest>
#include <QTreeView>

using namespace Recorders;
using namespace Testing;

// A window that shows what a plugin has named, when the plugin is unloaded.
class tst_InspectorPlugins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOnWhenThePluginIsUnloaded_data();
    void goesOnWhenThePluginIsUnloaded();

private:
    const OwnSettings m_settings;
};

void tst_InspectorPlugins::goesOnWhenThePluginIsUnloaded_data()
{
    QTest::addColumn<QString>("window");
    QTest::addColumn<QString>("end");

    for (const char *window : { "live", "paused", "hidden" }) {
        for (const char *end : { "metric removed", "recorder removed", "at once" }) {
            QTest::addRow("%s, %s", window, end)
                    << QString::fromLatin1(window) << QString::fromLatin1(end);
        }
    }
}

static QModelIndex metricOfThePlugin(const QAbstractItemModel &model)
{
    return model
            .match(model.index(0, 0), SnapshotModel::MetricRole, PluginNames::metric, 1,
                   Qt::MatchRecursive | Qt::MatchExactly)
            .value(0);
}

void tst_InspectorPlugins::goesOnWhenThePluginIsUnloaded()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("recorders")));
    QFETCH(const QString, window);
    QFETCH(const QString, end);
    MetricsRuntime runtime(QStringLiteral("test"));
    QVERIFY(runtime.start());
    const auto host = runtime.createRecorder(QStringLiteral("host"));
    QVERIFY(host->registerMetric(std::make_unique<TickMetric>()));
    LoadedPlugin<NamedPlugin> plugin(QStringLiteral("libnamedplugin.so"), "namedPlugin");
    QVERIFY(plugin.isLoaded());
    auto recorder = plugin->createRecorder(runtime);
    QVERIFY(plugin->registerMetric(*recorder));
    QCOMPARE(plugin->registerEvent(*recorder), RegisterResult::Accepted);
    InspectorWindow inspector(&runtime);
    inspector.resize(1200, 700);
    inspector.show();
    const auto *tree = inspector.findChild<QTreeView *>(QStringLiteral("tree"));
    const auto part = QStringLiteral("plugin.recorder/plugin.metric/part");
    QTRY_VERIFY(outline(*tree->model()).contains(part));
    const QModelIndex shown = metricOfThePlugin(*tree->model());
    QVERIFY(shown.isValid());
    tree->selectionModel()->setCurrentIndex(shown, QItemSelectionModel::ClearAndSelect);
    if (window == QLatin1StringView("paused"))
        inspector.findChild<QAction *>(QStringLiteral("pause"))->trigger();
    else if (window == QLatin1StringView("hidden"))
        inspector.hide();

    QVERIFY(plugin->removeMetric(*recorder));
    if (end != QLatin1StringView("at once"))
        QVERIFY(recorder->flush());
    if (end == QLatin1StringView("recorder removed"))
        QVERIFY(plugin->removeRecorder(runtime));
    QVERIFY(plugin.unload());

    host->registerEvent(Tick{ 1 });
    inspector.show();
    QVERIFY(!inspector.grab().isNull());
    outline(*tree->model());
    if (window == QLatin1StringView("paused"))
        inspector.findChild<QAction *>(QStringLiteral("pause"))->trigger();
    QTRY_VERIFY(outline(*tree->model()).contains(QStringLiteral("host/ticks/total")));
    QVERIFY(!inspector.grab().isNull());
}

QTEST_MAIN(tst_InspectorPlugins)

#include "tst_inspectorplugins.moc"
