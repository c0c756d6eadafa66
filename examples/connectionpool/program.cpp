// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"

#include "snapshottable.h"
#include "workload.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTextStream>

void complain(const QString &text)
{
    QTextStream(stderr) << QCoreApplication::applicationName() << ": " << text << '\n';
}

std::optional<Task> readTask(ExitCode *exitCode)
{
    QString problem;
    const std::optional<CommandLine> commandLine = parseCommandLine(&problem);
    *exitCode = BadUsage;
    if (!commandLine) {
        complain(problem + u" See --help.");
        return std::nullopt;
    }
    const QString directory = commandLine->directory.isEmpty() ? QStringLiteral(DEFAULT_DIRECTORY)
                                                               : commandLine->directory;
    if (!QFileInfo(directory).isDir()) {
        complain(directory + u" is not a directory.");
        return std::nullopt;
    }
    const QStringList files = filesIn(directory);
    *exitCode = Failed;
    if (files.isEmpty()) {
        complain(u"There are no files in " + directory + u'.');
        return std::nullopt;
    }
    QTextStream(stdout) << QStringLiteral("Transferring %1 files of %2 over %3 connections.\n")
                                   .arg(QString::number(files.size()), directory,
                                        QString::number(commandLine->connectionCount));
    *exitCode = Success;
    return Task{ *commandLine, files };
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

void dropRemarksOnSizeHints()
{
    static QtMessageHandler previousHandler = nullptr;
    previousHandler = qInstallMessageHandler(
            [](QtMsgType type, const QMessageLogContext &context, const QString &text) {
                if (text != u"This plugin does not support propagateSizeHints()")
                    previousHandler(type, context, text);
            });
}
