// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/inspector/inspectorwindow.h>
#include <recorders/model/snapshotmodel.h>

#include <QApplication>
#include <QTimer>

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Recorders::MetricsRuntime runtime(QStringLiteral("inspected"));
    if (!runtime.start())
        return 1;
    const auto recorder = runtime.createRecorder(QStringLiteral("component"));
    Recorders::SnapshotModel model;
    model.setRuntime(&runtime);
    Recorders::InspectorWindow inspector(&runtime);
    inspector.show();
    QTimer::singleShot(0, &app, &QCoreApplication::quit);
    return QApplication::exec();
}
