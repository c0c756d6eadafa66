// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"
#include "tables.h"

#include <QApplication>

int main(int argc, char **argv)
{
    // What a display does with the windows is not what is measured.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    Benchmarks::readEffort(argc, argv);

    std::deque<Benchmarks::Table> tables;
    Benchmarks::addWindow(tables);
    Benchmarks::addRows(tables);
    return Benchmarks::runTables(argc, argv, tables);
}
