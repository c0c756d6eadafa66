// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Saves copies of the files named on the command line, and prints what was measured.

#include "documentstorage.h"
#include "snapshottable.h"

#include <recorders/core/metricsruntime.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTextStream>

#include <optional>

namespace {

enum ExitCode { AllSaved = 0, SomeFailed = 1, BadUsage = 2 };

struct CommandLine
{
    QStringList files;
    QString directory; // empty: a new one
    bool isJson = false;
};

void complain(const QString &text)
{
    QTextStream(stderr) << QCoreApplication::applicationName() << ": " << text << '\n';
}

std::optional<CommandLine> parseCommandLine()
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
            QStringLiteral("Saves copies of files into a directory and prints what was measured."));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption output(
            QStringLiteral("output"),
            QStringLiteral("Save into this directory. Default: a new temporary directory."),
            QStringLiteral("directory"));
    const QCommandLineOption json(QStringLiteral("json"),
                                  QStringLiteral("Print JSON instead of a table."));
    parser.addOptions({ output, json });
    parser.addPositionalArgument(QStringLiteral("files"), QStringLiteral("The files to save."),
                                 QStringLiteral("files..."));

    QString problem;
    if (!parser.parse(QCoreApplication::arguments()))
        problem = parser.errorText();
    else if (parser.isSet(help))
        parser.showHelp(AllSaved);
    else if (parser.positionalArguments().isEmpty())
        problem = QStringLiteral("No files are given.");
    else if (parser.isSet(output) && parser.value(output).isEmpty())
        problem = QStringLiteral("The name of the output directory is empty.");
    if (!problem.isEmpty()) {
        complain(problem + u" See --help.");
        return std::nullopt;
    }
    return CommandLine{ parser.positionalArguments(), parser.value(output), parser.isSet(json) };
}

QString makeTemporaryDirectory() // empty if that failed
{
    QTemporaryDir directory;
    directory.setAutoRemove(false); // the documents are for the user
    return directory.isValid() ? directory.path() : QString();
}

bool saveAll(const QStringList &files, DocumentStorage *storage)
{
    for (const QString &file : files)
        storage->protect(file);
    bool isAllSaved = true;
    for (const QString &file : files) {
        if (!storage->save(file)) {
            complain(u'"' + file + u"\": " + storage->errorString() + u'.');
            isAllSaved = false;
        }
    }
    return isAllSaved;
}

QString toTable(const Recorders::Recorder &recorder, const QString &directory)
{
    SnapshotTable table;
    table.add(recorder.entityId(), recorder.metricSnapshots());
    return QStringLiteral("Directory: %1\n\n").arg(directory) + table.toString();
}

QString toJson(const Recorders::Recorder &recorder, const QString &directory)
{
    QJsonArray metrics;
    for (const Recorders::MetricSnapshot &snapshot : recorder.metricSnapshots())
        metrics.append(snapshot.toJson());
    const QJsonObject json{ { QStringLiteral("entityId"), recorder.entityId() },
                            { QStringLiteral("directory"), directory },
                            { QStringLiteral("metrics"), metrics } };
    return QString::fromUtf8(QJsonDocument(json).toJson());
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("documentstorage"));
    const std::optional<CommandLine> commandLine = parseCommandLine();
    if (!commandLine)
        return BadUsage;

    Recorders::MetricsRuntime runtime(QStringLiteral("documentstorage.metrics"));
    runtime.start();
    Recorders::Error error;
    const auto recorder = runtime.createRecorder(QStringLiteral("document_storage"), {}, &error);
    if (!recorder) {
        complain(error.message());
        return SomeFailed;
    }

    const QString directory =
            commandLine->directory.isEmpty() ? makeTemporaryDirectory() : commandLine->directory;
    if (directory.isEmpty()) {
        complain(QStringLiteral("A temporary directory cannot be made."));
        return SomeFailed;
    }
    DocumentStorage storage(directory, recorder);
    const bool isAllSaved = saveAll(commandLine->files, &storage);
    QTextStream(stdout) << (commandLine->isJson ? toJson(*recorder, directory)
                                                : toTable(*recorder, directory));
    return isAllSaved ? AllSaved : SomeFailed;
}
