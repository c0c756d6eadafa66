// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "program.h"
#include "tables.h"

#include <recorders/qml/registerqmltypes.h>

#include <QGuiApplication>
#include <QQuickWindow>

int main(int argc, char **argv)
{
    // What a display and its driver do with the windows is not what is measured.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
    const QGuiApplication application(argc, argv);
    Recorders::registerQmlTypes();
    Benchmarks::readEffort(argc, argv);

    std::deque<Benchmarks::Table> tables;
    Benchmarks::addValues(tables);
    Benchmarks::addLists(tables);
    return Benchmarks::runTables(argc, argv, tables);
}
