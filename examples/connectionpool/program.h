// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "commandline.h"

#include <recorders/core/metricsruntime.h>

#include <QString>
#include <QStringList>

#include <optional>

// What the programs that show the workload have in common.

struct Task
{
    CommandLine commandLine;
    QStringList files; // to transfer, at least one
};

// What the user asks for; or nothing, said why, and the code to exit with.
std::optional<Task> readTask(ExitCode *exitCode);

void complain(const QString &text);
QString finalSnapshots(const Recorders::MetricsRuntime &runtime);

// Without a display, Qt remarks on each window that there is nobody to tell its size to.
void dropRemarksOnSizeHints();
