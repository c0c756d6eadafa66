// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/qml/registerqmltypes.h>

#include <QCoreApplication>
#include <QQmlApplicationEngine>

void registerMetrics(Recorders::MetricsRecorder *recorder);
int show(Recorders::MetricsRuntime &runtime);
void findDeployedModule(QQmlEngine &engine);

void registerMetrics(Recorders::MetricsRecorder *recorder)
{
    using namespace Recorders;

    recorder->registerMetric(
            counter<DynamicEvent>(QStringLiteral("ui.clicks"))
                    .when(eventOfType(QStringLiteral("ui.button.clicked")))
                    .by(QStringLiteral("button"), textField(QStringLiteral("button"))));
}

void findDeployedModule(QQmlEngine &engine)
{
    engine.addImportPath(QCoreApplication::applicationDirPath()
                         + QStringLiteral("/../lib/qt6/qml"));
}

int show(Recorders::MetricsRuntime &runtime)
{
    Recorders::registerQmlTypes();
    QQmlApplicationEngine engine;
    engine.setInitialProperties(
            { { QStringLiteral("appRuntime"), QVariant::fromValue(&runtime) } });
    engine.load(QUrl(QStringLiteral("qrc:/Main.qml")));
    return QCoreApplication::exec();
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Recorders::MetricsRuntime runtime(QStringLiteral("readme"));
    if (!runtime.start())
        return 1;
    registerMetrics(runtime.createRecorder(QStringLiteral("ui")).get());
    return show(runtime);
}
