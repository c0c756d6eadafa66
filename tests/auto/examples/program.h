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
