// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"
#include "tables.h"

#include <recorders/qml/registerqmltypes.h>

#include <QCoreApplication>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Recorders::registerQmlTypes();
    Benchmarks::readEffort(argc, argv);

    std::deque<Benchmarks::Table> tables;
    Benchmarks::addValues(tables);
    return Benchmarks::runTables(argc, argv, tables);
}
