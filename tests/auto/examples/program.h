// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <optional>

// What a program that ran to its end did.
struct ProgramResult
{
    int exitCode = 0;
    QByteArray output;
    QByteArray errors;
};

// Nothing if the program did not start, crashed, or took more than half a minute.
inline std::optional<ProgramResult> runProgram(const QString &path, const QStringList &arguments,
                                               const QString &workingDirectory = {})
{
    static constexpr int longestMilliseconds = 30 * 1000;

    QProcess process;
    process.setWorkingDirectory(workingDirectory);
    process.start(path, arguments);
    if (!process.waitForFinished(longestMilliseconds)
        || process.exitStatus() != QProcess::NormalExit) {
        qWarning("%s: %s\n%s", qPrintable(path), qPrintable(process.errorString()),
                 process.readAllStandardError().constData());
        process.kill();
        process.waitForFinished();
        return std::nullopt;
    }
    return ProgramResult{ process.exitCode(), process.readAllStandardOutput(),
                          process.readAllStandardError() };
}

// What a program gets done in a time is up to the machine: this one is run for longer, some times,
// if it has not got far enough.
template <typename Predicate>
std::optional<ProgramResult> runUntil(Predicate isFarEnough, const QString &path,
                                      const QStringList &arguments)
{
    std::optional<ProgramResult> result;
    for (const int seconds : { 3, 6, 12 }) {
        const QStringList duration{ QStringLiteral("--duration"), QString::number(seconds) };
        result = runProgram(path, duration + arguments);
        if (!result || isFarEnough(*result))
            break;
    }
    return result;
}
