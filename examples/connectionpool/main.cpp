// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Transfers the files of a directory over a pool of TCP connections, and shows in the inspector
// window what each connection is doing.

#include "commandline.h"
#include "connectionpool.h"
#include "snapshottable.h"
#include "transferserver.h"

#include <recorders/inspector/inspectorwindow.h>

#include <QApplication>
#include <QDirIterator>
#include <QTextStream>
#include <QTreeView>

#include <optional>

namespace {

constexpr int largestFileCount = 10'000;
constexpr qint64 fastestBytesPerSecond = 1'048'576;

void complain(const QString &text)
{
    QTextStream(stderr) << QCoreApplication::applicationName() << ": " << text << '\n';
}

// Hidden files and directories are left out, and with them .git and build trees.
QStringList filesIn(const QString &directory)
{
    QStringList files;
    QDirIterator it(directory, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (it.hasNext() && files.size() < largestFileCount)
        files.append(it.next());
    return files;
}

// Without a display, Qt remarks on each window that there is nobody to tell its size to.
void dropRemarksOnSizeHints()
{
    static QtMessageHandler previousHandler = nullptr;
    previousHandler = qInstallMessageHandler(
            [](QtMsgType type, const QMessageLogContext &context, const QString &text) {
                if (text != u"This plugin does not support propagateSizeHints()")
                    previousHandler(type, context, text);
            });
}

QString finalSnapshots(const Recorders::MetricsRuntime &runtime)
{
    SnapshotTable table;
    const QStringList ids = runtime.recorderIds();
    for (const QString &id : ids) {
        if (const auto recorder = runtime.recorder(id))
            table.add(id, recorder->metricSnapshots());
    }
    return table.toString();
}

bool takeScreenshot(QWidget *window, const QString &file)
{
    for (QTreeView *tree : window->findChildren<QTreeView *>())
        tree->expandAll(); // nobody can click on a picture
    return window->grab().save(file);
}

int run(const CommandLine &commandLine, const QStringList &files)
{
    // Destroyed in the reverse order: window, connections, server, runtime.
    Recorders::MetricsRuntime runtime(QStringLiteral("connectionpool.metrics"));
    Recorders::Error error;
    if (!runtime.start(&error)) {
        complain(error.message());
        return Failed;
    }
    TransferServer server(files);
    if (!server.listen()) {
        complain(u"The server cannot listen: " + server.errorString() + u'.');
        return Failed;
    }
    ConnectionOptions options;
    options.port = server.port();
    options.fileCount = static_cast<quint32>(files.size());
    options.bytesPerSecond = fastestBytesPerSecond;
    ConnectionPool pool(&runtime, options);
    pool.open(commandLine.connectionCount);
    Recorders::InspectorWindow inspector(&runtime);
    inspector.show();

    if (commandLine.durationSeconds > 0) {
        QTimer::singleShot(std::chrono::seconds(commandLine.durationSeconds), qApp,
                           &QCoreApplication::quit);
    }
    QApplication::exec();

    if (commandLine.printsSnapshots)
        QTextStream(stdout) << '\n' << finalSnapshots(runtime);
    if (!commandLine.screenshotFile.isEmpty()
        && !takeScreenshot(&inspector, commandLine.screenshotFile)) {
        complain(u"The screenshot cannot be written to " + commandLine.screenshotFile + u'.');
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
    QString problem;
    const std::optional<CommandLine> commandLine = parseCommandLine(&problem);
    if (!commandLine) {
        complain(problem + u" See --help.");
        return BadUsage;
    }

    const QString directory = commandLine->directory.isEmpty() ? QStringLiteral(DEFAULT_DIRECTORY)
                                                               : commandLine->directory;
    if (!QFileInfo(directory).isDir()) {
        complain(directory + u" is not a directory.");
        return BadUsage;
    }
    const QStringList files = filesIn(directory);
    if (files.isEmpty()) {
        complain(u"There are no files in " + directory + u'.');
        return Failed;
    }
    QTextStream(stdout) << QStringLiteral("Transferring %1 files of %2 over %3 connections.\n")
                                   .arg(QString::number(files.size()), directory,
                                        QString::number(commandLine->connectionCount));
    return run(*commandLine, files);
}
