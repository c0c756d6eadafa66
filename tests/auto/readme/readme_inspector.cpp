// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/inspector/inspectorshortcut.h>
#include <recorders/inspector/inspectorwidget.h>

#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>

class MainWindow : public QMainWindow
{
public:
    explicit MainWindow(Recorders::MetricsRuntime &runtime);
};

MainWindow::MainWindow(Recorders::MetricsRuntime &runtime)
{
    auto *dock = new QDockWidget(tr("Inspector"), this);
    dock->setWidget(new Recorders::InspectorWidget(&runtime));
    addDockWidget(Qt::BottomDockWidgetArea, dock);
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Recorders::MetricsRuntime runtime(QStringLiteral("readme"));
    if (!runtime.start())
        return 1;
    Recorders::InspectorShortcut inspector(&runtime); // after the QApplication
    MainWindow window(runtime);
    window.show();
    return QApplication::exec();
}
