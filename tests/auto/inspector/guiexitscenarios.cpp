// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Like exitscenarios, with a QApplication: its end comes in several steps.

#include "shared/ownsettings.h"
#include "shared/scenarios.h"

#include <recorders/inspector/inspectorshortcut.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QThread>
#include <QTimer>

#include <utility>

using namespace Recorders;
using namespace Testing;

namespace {

void eventsOfAboutToQuit()
{
    std::shared_ptr<Recorder> recorder;
    {
        QApplication application(argumentCount, arguments);
        MetricsRuntime runtime(QStringLiteral("test"));
        CHECK(runtime.start());
        recorder = runtime.createRecorder(QStringLiteral("clock"));
        QObject::connect(&application, &QCoreApplication::aboutToQuit, &application,
                         [&] { registerTicks(*recorder); });
        QTimer::singleShot(0, &application, &QCoreApplication::quit);
        CHECK(QApplication::exec() == 0);
    }
    CHECK(isDrained(*recorder));
}

void runtimeIsOwnedByTheApplication()
{
    std::shared_ptr<Recorder> recorder;
    {
        QApplication application(argumentCount, arguments);
        recorder = newRecorder(*new MetricsRuntime(QStringLiteral("test"), &application));
    }
    CHECK(isDrained(*recorder));
}

// Its thread must be told while its event loop still gets what is posted.
void applicationGoesBeforeARecorderInAnotherThread()
{
    QThread thread;
    Recorder recorder(QStringLiteral("clock"));
    recorder.moveToThread(&thread);
    QElapsedTimer timer;
    {
        QApplication application(argumentCount, arguments);
        thread.start();
        CHECK(!recorder.start().result());
        registerTicks(recorder);
        timer.start();
    }
    CHECK(timer.elapsed() < 4000); // it did not wait in vain
    CHECK(isDrained(recorder) && recorder.state() == RecorderState::Stopped);
    thread.quit();
    thread.wait();
}

QString lastMessage;

void keepMessage(QtMsgType, const QMessageLogContext &, const QString &message)
{
    lastMessage = message;
}

void shortcutIsMadeWithoutAWindowSystem()
{
    const QCoreApplication application(argumentCount, arguments);
    MetricsRuntime runtime(QStringLiteral("test"));
    qInstallMessageHandler(keepMessage);

    InspectorShortcut shortcut(&runtime);
    CHECK(std::exchange(lastMessage, {}).contains(QLatin1String("QApplication")));

    shortcut.open();
    CHECK(lastMessage.contains(QLatin1String("QApplication")));
    CHECK(!shortcut.window());
}

void shortcutOutlivesTheApplication()
{
    const OwnSettings settings;
    std::unique_ptr<InspectorShortcut> shortcut;
    {
        QApplication application(argumentCount, arguments);
        shortcut = std::make_unique<InspectorShortcut>(nullptr);
        shortcut->open();
        QTimer::singleShot(0, &application, &QCoreApplication::quit);
        CHECK(QApplication::exec() == 0);
    }
    CHECK(!shortcut->window());
}

const Scenario scenarios[] = {
    { "eventsOfAboutToQuit", eventsOfAboutToQuit },
    { "runtimeIsOwnedByTheApplication", runtimeIsOwnedByTheApplication },
    { "applicationGoesBeforeARecorderInAnotherThread",
      applicationGoesBeforeARecorderInAnotherThread },
    { "shortcutIsMadeWithoutAWindowSystem", shortcutIsMadeWithoutAWindowSystem },
    { "shortcutOutlivesTheApplication", shortcutOutlivesTheApplication },
};

} // namespace

int main(int argc, char **argv)
{
    return runScenario(scenarios, argc, argv);
}
