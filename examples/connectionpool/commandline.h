// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <optional>

enum ExitCode { Success = 0, Failed = 1, BadUsage = 2 };

struct CommandLine
{
    QString directory; // absolute or relative; empty: not given
    int connectionCount = 0;
    int durationSeconds = 0; // 0: until the window is closed
    QString screenshotFile; // empty: none
    bool printsSnapshots = false;
};

// The command line of the application, or nothing and an error string if it makes no sense.
std::optional<CommandLine> parseCommandLine(QString *errorString);
