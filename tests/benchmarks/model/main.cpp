// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "processfigures.h"
#include "program.h"
#include "tables.h"

#include <QApplication>

int main(int argc, char **argv)
{
    // What a display does with the windows is not what is measured.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    if (argc == 2 && Benchmarks::printMemory(argv[1]))
        return 0;
    Benchmarks::setProgramPath(QCoreApplication::applicationFilePath().toStdString());
    Benchmarks::readEffort(argc, argv);

    std::deque<Benchmarks::Table> tables;
    Benchmarks::addUpdates(tables);
    Benchmarks::addStock(tables);
    Benchmarks::addDimensions(tables);
    Benchmarks::addFilter(tables);
    Benchmarks::addScattered(tables);
    Benchmarks::addDelay(tables);
    return Benchmarks::runTables(argc, argv, tables);
}
