// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Like exitscenarios, with a QApplication: its end comes in several steps.

#include "shared/scenarios.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QThread>
#include <QTimer>

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

const Scenario scenarios[] = {
    { "eventsOfAboutToQuit", eventsOfAboutToQuit },
    { "runtimeIsOwnedByTheApplication", runtimeIsOwnedByTheApplication },
    { "applicationGoesBeforeARecorderInAnotherThread",
      applicationGoesBeforeARecorderInAnotherThread },
};

} // namespace

int main(int argc, char **argv)
{
    return runScenario(scenarios, argc, argv);
}
