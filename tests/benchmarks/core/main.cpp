// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "processfigures.h"
#include "program.h"
#include "tables.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 2 && Benchmarks::printMemory(argv[1]))
        return 0;
    Benchmarks::setProgramPath(QCoreApplication::applicationFilePath().toStdString());
    Benchmarks::readEffort(argc, argv);

    std::deque<Benchmarks::Table> tables;
    Benchmarks::addHandOver(tables);
    Benchmarks::addHandling(tables);
    Benchmarks::addStandardMetrics(tables);
    Benchmarks::addDistributions(tables);
    Benchmarks::addRecorders(tables);
    Benchmarks::addWakeUps(tables);
    return Benchmarks::runTables(argc, argv, tables);
}
