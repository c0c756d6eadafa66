// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace {

constexpr int largestConnectionCount = 1000;
constexpr int longestDurationSeconds = 24 * 60 * 60;

struct Options
{
    QCommandLineOption connections{ QStringLiteral("connections"),
                                    QStringLiteral("How many to keep open, 1 to 1000. Default: 8."),
                                    QStringLiteral("number"), QStringLiteral("8") };
    QCommandLineOption duration{ QStringLiteral("duration"),
                                 QStringLiteral("Quit after that many seconds."),
                                 QStringLiteral("seconds") };
    QCommandLineOption screenshot{ QStringLiteral("screenshot"),
                                   QStringLiteral("Write a picture of the window before quitting."),
                                   QStringLiteral("file") };
    QCommandLineOption printSnapshots{ QStringLiteral("print-snapshots"),
                                       QStringLiteral("Print the final snapshots as a table.") };
};

bool toNumber(const QString &text, int largest, int *number)
{
    bool isNumber = false;
    *number = text.toInt(&isNumber);
    return isNumber && *number >= 1 && *number <= largest;
}

// Returns what is wrong, or an empty string.
QString readValues(const QCommandLineParser &parser, const Options &options, CommandLine *result)
{
    const QStringList directories = parser.positionalArguments();
    if (directories.size() > 1)
        return QStringLiteral("More than one directory is given.");
    if (!directories.isEmpty() && directories.constFirst().isEmpty())
        return QStringLiteral("The name of the directory is empty.");
    if (!toNumber(parser.value(options.connections), largestConnectionCount,
                  &result->connectionCount))
        return QStringLiteral("The number of connections must be from 1 to 1000.");
    if (parser.isSet(options.duration)
        && !toNumber(parser.value(options.duration), longestDurationSeconds,
                     &result->durationSeconds))
        return QStringLiteral("The duration must be from 1 to 86400 seconds.");
    if (parser.isSet(options.screenshot) && parser.value(options.screenshot).isEmpty())
        return QStringLiteral("The name of the screenshot is empty.");
    result->directory = directories.value(0);
    result->screenshotFile = parser.value(options.screenshot);
    result->printsSnapshots = parser.isSet(options.printSnapshots);
    return {};
}

} // namespace

std::optional<CommandLine> parseCommandLine(QString *errorString)
{
    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
            "Transfers the files of a directory over a pool of TCP connections on the loopback\n"
            "interface, and shows what each connection is doing."));
    const QCommandLineOption help = parser.addHelpOption();
    parser.addOptions(
            { options.connections, options.duration, options.screenshot, options.printSnapshots });
    parser.addPositionalArgument(QStringLiteral("directory"),
                                 QStringLiteral("Default: the sources of this project."),
                                 QStringLiteral("[directory]"));

    if (!parser.parse(QCoreApplication::arguments())) {
        *errorString = parser.errorText() + u'.';
        return std::nullopt;
    }
    if (parser.isSet(help))
        parser.showHelp(Success);
    CommandLine result;
    *errorString = readValues(parser, options, &result);
    return errorString->isEmpty() ? std::make_optional(result) : std::nullopt;
}
