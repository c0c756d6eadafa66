// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// The ways in which a process ends that shows its runtime, one per process; see tst_windowexit.cpp.

#include "shared/ownsettings.h"
#include "shared/scenarios.h"

#include <recorders/inspector/inspectorshortcut.h>
#include <recorders/inspector/inspectorwindow.h>
#include <recorders/model/metricvalue.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QApplication>
#include <QTimer>

#include <atomic>
#include <map>
#include <string_view>
#include <thread>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

namespace {

constexpr int exitCode = 3;

const auto clockId = QStringLiteral("clock");

std::atomic<bool> isExiting = false; // nothing of the application may be called any more

class Witness : public QObject
{
public:
    explicit Witness(MetricsRuntime &runtime, Recorder &recorder)
    {
        connect(&runtime, &MetricsRuntime::stateChanged, this, &Witness::isCalled,
                Qt::DirectConnection);
        connect(&runtime, &MetricsRuntime::recorderRemoved, this, &Witness::isCalled,
                Qt::DirectConnection);
        connect(runtime.snapshotSource(), &SnapshotSource::stateChanged, this, &Witness::isCalled,
                Qt::DirectConnection);
        connect(&runtime, &QObject::destroyed, this, &Witness::isCalled, Qt::DirectConnection);
        connect(runtime.snapshotSource(), &QObject::destroyed, this, &Witness::isCalled,
                Qt::DirectConnection);
        connect(&recorder, &Recorder::stateChanged, this, &Witness::isCalled, Qt::DirectConnection);
    }

private:
    void isCalled() const
    {
        if (!isExiting)
            return;
        std::fputs("an object of the application is called while the process exits\n", stderr);
        std::_Exit(1);
    }
};

struct Models
{
    explicit Models(MetricsRuntime &runtime)
    {
        tree.setRuntime(&runtime);
        tree.setRefreshInterval(1);
        filter.setSourceModel(&tree);
        flat.setRuntime(&runtime);
        flat.setEntityId(clockId);
        flat.setRefreshInterval(1);
        value.setRuntime(&runtime);
        value.setEntityId(clockId);
        value.setMetric(QStringLiteral("ticks"));
        value.setDimension(QStringLiteral("total"));
    }

    SnapshotModel tree;
    SnapshotFilterModel filter;
    RecorderSnapshotModel flat;
    MetricValue value;
};

// What shows the runtime

MetricsRuntime *runtime = nullptr;

InspectorWindow *newWindow()
{
    return new InspectorWindow(runtime);
}

void show()
{
    newWindow()->show();
}

void hide()
{
    newWindow();
}

void close()
{
    InspectorWindow *const window = newWindow();
    window->show();
    QTimer::singleShot(0, window, &QWidget::close);
}

void showTwo()
{
    show();
    show();
}

InspectorWindow &staticWindow()
{
    static InspectorWindow window(runtime);
    return window;
}

void showStatic()
{
    staticWindow().show();
}

void hideStatic()
{
    staticWindow();
}

void useStaticModels()
{
    static const Models models(*runtime);
}

void openByShortcut()
{
    (new InspectorShortcut(runtime))->open();
}

void makeStaticRuntime()
{
    static MetricsRuntime staticRuntime(QStringLiteral("static"));
    runtime = &staticRuntime;
}

void showAStaticRuntime()
{
    show(); // the runtime is static: see run()
}

const std::map<std::string_view, void (*)()> subjects = {
    { "shown", show },
    { "hidden", hide },
    { "closed", close },
    { "two", showTwo },
    { "static", showStatic },
    { "hiddenStatic", hideStatic },
    { "models", useStaticModels },
    { "shortcut", openByShortcut },
    { "staticRuntime", showAStaticRuntime },
};

// How the process ends

[[noreturn]] void exitNow()
{
    isExiting = true;
    std::exit(exitCode);
}

// The GUI thread stands still: Qt destroys what it needs for windows meanwhile.
[[noreturn]] void waitForTheExit()
{
    static_cast<void>(Latch().wait(30s));
    std::_Exit(1);
}

[[noreturn]] void exitInAThread()
{
    const std::thread thread(exitNow);
    waitForTheExit();
}

[[noreturn]] void exitInAMetric()
{
    const auto recorder = runtime->recorder(clockId);
    recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("exiting"), [](const MetricEvent &) { exitNow(); }));
    recorder->registerEvent(Tick{ 1 });
    waitForTheExit();
}

[[noreturn]] void exitQuickly()
{
    isExiting = true;
    std::quick_exit(exitCode);
}

void leaveTheEventLoop() // with all windows as they are
{
    QCoreApplication::exit();
}

const std::map<std::string_view, void (*)()> ways = {
    { "slot", exitNow },
    { "thread", exitInAThread },
    { "metric", exitInAMetric },
    { "quickly", exitQuickly },
    { "return", leaveTheEventLoop }, // with all that is there left
    { "application", leaveTheEventLoop }, // which is destroyed first
};

// Events flow, and a model has shown some when the process ends.
int run(void (*begin)(), void (*end)(), bool keepsApplication)
{
    const OwnSettings settings;
    auto application = std::make_unique<QApplication>(argumentCount, arguments);
    QApplication::setQuitOnLastWindowClosed(false);
    if (begin == showAStaticRuntime)
        makeStaticRuntime();
    else
        runtime = new MetricsRuntime(QStringLiteral("test"));
    CHECK(runtime->start());
    const auto recorder = runtime->createRecorder(clockId);
    recorder->registerMetric(std::make_unique<TickMetric>());
    new Witness(*runtime, *recorder);
    begin();

    QTimer events;
    QObject::connect(&events, &QTimer::timeout, [&] { recorder->registerEvent(Tick{ 1 }); });
    events.start(1ms);
    Models models(*runtime);
    QObject::connect(&models.value, &MetricValue::valueChanged, &models.value, [&] {
        if (end && models.value.value().toInt() > 20)
            QTimer::singleShot(0, std::exchange(end, nullptr));
    });
    QApplication::exec();
    if (keepsApplication)
        static_cast<void>(application.release());
    return exitCode;
}

} // namespace

int main(int argc, char **argv)
{
    const auto subject = argc == 3 ? subjects.find(argv[1]) : subjects.end();
    const auto way = argc == 3 ? ways.find(argv[2]) : ways.end();
    if (subject == subjects.end() || way == ways.end()) {
        std::fprintf(stderr, "usage: %s subject way\n", argv[0]);
        return 2;
    }
    const int code = run(subject->second, way->second, way->first != "application");
    isExiting = true;
    return failures > 0 ? 1 : code;
}
