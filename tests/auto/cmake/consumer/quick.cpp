// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// QML that measures and shows. With CONSUMER_LINKS_QUICK the module is a part of this program,
// without it QML loads the module from its import path. With an argument, all of Recorders that is
// loaded is to be below that directory.

#include <recorders/core/metricsruntime.h>
#include <recorders/metrics/standardmetrics.h>
#ifdef CONSUMER_LINKS_QUICK
#  include <recorders/qml/registerqmltypes.h>
#endif

#include <QCoreApplication>
#include <QDebug>
#include <QFile>
#include <QQmlComponent>
#include <QQmlEngine>

#include <algorithm>
#include <memory>

static const char scene[] = R"(
import QtQml
import Recorders

Instantiator {
    id: list
    required property MetricsRuntime appRuntime
    readonly property bool isRunning: appRuntime.state === Recorders.RuntimeState.Running
    readonly property Recorder recorder: Recorder {
        runtime: list.appRuntime
        entityId: "ui"
    }
    model: RecorderSnapshotModel { runtime: list.appRuntime; entityId: "ui" }
    delegate: QtObject {
        required property string metric
        required property string dimension
        required property string text
        readonly property string shown: `${metric} ${dimension} ${text}`
        onShownChanged: {
            if (list.isRunning && shown === "clicks total 2")
                Qt.exit(0)
        }
    }
    readonly property Timer patience: Timer {
        interval: 20000
        running: true
        onTriggered: Qt.exit(2)
    }
    Component.onCompleted: {
        recorder.registerEvent("clicked", { button: "Save" })
        recorder.registerEvent("clicked")
    }
}
)";

static bool areLibrariesBelow(const QString &directory)
{
    QFile maps(QStringLiteral("/proc/self/maps"));
    if (!maps.open(QIODevice::ReadOnly))
        return true; // not on this system
    const QList<QByteArray> lines = maps.readAll().split('\n');
    return std::all_of(lines.cbegin(), lines.cend(), [&](const QByteArray &line) {
        return !line.contains("libRecorders") || line.contains(directory.toLocal8Bit() + "/lib");
    });
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
#ifdef CONSUMER_LINKS_QUICK
    Recorders::registerQmlTypes();
#endif
    Recorders::MetricsRuntime runtime(QStringLiteral("app"));
    if (!runtime.start())
        return 1;
    const auto recorder = runtime.createRecorder(QStringLiteral("ui"));
    using namespace Recorders;
    recorder->registerMetric(counter<DynamicEvent>(QStringLiteral("clicks"))
                                     .when(eventOfType(QStringLiteral("clicked"))));

    QQmlEngine engine;
    QObject::connect(&engine, &QQmlEngine::exit, &app, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    QQmlComponent component(&engine);
    component.setData(QByteArray(scene), QUrl(QStringLiteral("scene.qml")));
    if (!component.isReady()) {
        qWarning() << component.errors();
        return 1;
    }
    const std::unique_ptr<QObject> root(component.createWithInitialProperties(
            { { QStringLiteral("appRuntime"), QVariant::fromValue(&runtime) } }));
    if (!root)
        return 1;
    const int result = QCoreApplication::exec();
    if (app.arguments().size() > 1 && !areLibrariesBelow(app.arguments().at(1))) {
        qWarning("a library comes from elsewhere");
        return 3;
    }
    return result;
}
