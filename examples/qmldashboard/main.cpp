// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Shows the connections of the example connectionpool in a window of Qt Quick.

#include "program.h"
#include "workload.h"

#include <recorders/metrics/standardmetrics.h>
#include <recorders/qml/registerqmltypes.h>

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTextStream>
#include <QTimer>

namespace {

// What QML says by its element Recorder.
void registerDashboardMetrics(Recorders::MetricsRecorder *recorder)
{
    using namespace Recorders;
    recorder->registerMetric(
            counter<DynamicEvent>(QStringLiteral("dashboard.selections"))
                    .when(eventOfType(QStringLiteral("dashboard.connection.selected")))
                    .by(QStringLiteral("connection"), textField(QStringLiteral("connection")))
                    .description(QStringLiteral("Connections that the user looked at")));
}

bool takeScreenshot(QQmlApplicationEngine &engine, const QString &file)
{
    auto *window = qobject_cast<QQuickWindow *>(engine.rootObjects().constFirst());
    return window && window->grabWindow().save(file);
}

void quitAfter(std::chrono::seconds duration) // 0: never
{
    if (duration.count() > 0)
        QTimer::singleShot(duration, qApp, &QCoreApplication::quit);
}

int run(const Task &task)
{
    // Destroyed in the reverse order: window, workload, runtime.
    Recorders::MetricsRuntime runtime(QStringLiteral("qmldashboard.metrics"));
    Recorders::Error error;
    if (!runtime.start(&error)) {
        complain(error.message());
        return Failed;
    }
    registerDashboardMetrics(runtime.createRecorder(QStringLiteral("dashboard")).get());
    Workload workload(&runtime, task.files);
    workload.setTotal(runtime.createRecorder(QStringLiteral("pool")));
    if (!workload.start(task.commandLine.connectionCount)) {
        complain(u"The server cannot listen: " + workload.errorString() + u'.');
        return Failed;
    }

    Recorders::registerQmlTypes();
    QQmlApplicationEngine engine;
    engine.setInitialProperties(
            { { QStringLiteral("appRuntime"), QVariant::fromValue(&runtime) } });
    engine.load(QUrl(QStringLiteral("qrc:/QmlDashboard/Main.qml")));
    if (engine.rootObjects().isEmpty())
        return Failed; // it has said why

    quitAfter(std::chrono::seconds(task.commandLine.durationSeconds));
    const QString screenshot = task.commandLine.screenshotFile;
    bool isSaved = true;
    QObject::connect(qApp, &QCoreApplication::aboutToQuit, &engine, [&] {
        if (!screenshot.isEmpty())
            isSaved = takeScreenshot(engine, screenshot);
    });
    QGuiApplication::exec();

    if (task.commandLine.printsSnapshots)
        QTextStream(stdout) << '\n' << finalSnapshots(runtime);
    if (!isSaved) {
        complain(u"The screenshot cannot be written to " + screenshot + u'.');
        return Failed;
    }
    return Success;
}

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    dropRemarksOnSizeHints();
    QCoreApplication::setApplicationName(QStringLiteral("qmldashboard"));
    ExitCode exitCode = Success;
    const std::optional<Task> task = readTask(&exitCode);
    return task ? run(*task) : exitCode;
}
