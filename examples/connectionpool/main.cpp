// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Transfers the files of a directory over a pool of TCP connections, and shows in the inspector
// window what each connection is doing.

#include "program.h"
#include "workload.h"

#include <recorders/inspector/inspectorwindow.h>

#include <QApplication>
#include <QTextStream>
#include <QTimer>
#include <QTreeView>

namespace {

bool takeScreenshot(QWidget *window, const QString &file)
{
    for (QTreeView *tree : window->findChildren<QTreeView *>())
        tree->expandAll(); // nobody can click on a picture
    return window->grab().save(file);
}

int run(const Task &task)
{
    // Destroyed in the reverse order: window, workload, runtime.
    Recorders::MetricsRuntime runtime(QStringLiteral("connectionpool.metrics"));
    Recorders::Error error;
    if (!runtime.start(&error)) {
        complain(error.message());
        return Failed;
    }
    Workload workload(&runtime, task.files);
    if (!workload.start(task.commandLine.connectionCount)) {
        complain(u"The server cannot listen: " + workload.errorString() + u'.');
        return Failed;
    }
    Recorders::InspectorWindow inspector(&runtime);
    inspector.show();

    if (task.commandLine.durationSeconds > 0) {
        QTimer::singleShot(std::chrono::seconds(task.commandLine.durationSeconds), qApp,
                           &QCoreApplication::quit);
    }
    QApplication::exec();

    if (task.commandLine.printsSnapshots)
        QTextStream(stdout) << '\n' << finalSnapshots(runtime);
    const QString screenshot = task.commandLine.screenshotFile;
    if (!screenshot.isEmpty() && !takeScreenshot(&inspector, screenshot)) {
        complain(u"The screenshot cannot be written to " + screenshot + u'.');
        return Failed;
    }
    return Success;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    dropRemarksOnSizeHints();
    QCoreApplication::setApplicationName(QStringLiteral("connectionpool"));
    ExitCode exitCode = Success;
    const std::optional<Task> task = readTask(&exitCode);
    return task ? run(*task) : exitCode;
}
