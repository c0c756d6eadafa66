// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Calls from a thread that is not that of the object, one per process. They are warned of once per
// object, however often they come; a debug build asserts at the first one, and ends.

#include <recorders/core/snapshotlistsource.h>
#include <recorders/core/snapshotsubscription.h>
#include <recorders/model/metricvalue.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <thread>

using namespace Recorders;

namespace {

struct Subjects
{
    Subjects()
    {
        source.setRecorder(QStringLiteral("a"), {});
        model.setSource(&source);
        flat.setSource(&source);
        value.setSource(&source);
        filter.setSourceModel(&flat);
        for (QObject *const object :
             std::initializer_list<QObject *>{ &model, &flat, &filter, &value, &subscription })
            object->setObjectName(QStringLiteral("subject"));
    }

    SnapshotListSource source{ QStringLiteral("app") };
    SnapshotModel model;
    SnapshotTableModel flat;
    SnapshotFilterModel filter;
    MetricValue value;
    SnapshotSubscription subscription{ &source };
};

struct Scenario
{
    const char *name;
    const char *function;
    void (*call)(Subjects &of);
    int warnings = 1; // of two calls
};

// What a warning has to say besides the function.
constexpr const char *details[] = { "\"subject\"", "\"home\"", "\"elsewhere\"" };
// Those of which the name of the source is not known.
constexpr const char *ofOthers[] = { "SnapshotSubscription::", "must live where" };

const Scenario *current = nullptr;
int warnings = 0;

bool saysWhatIsWrong(const QString &message)
{
    const auto says = [&message](const char *text) {
        return message.contains(QLatin1StringView(text));
    };
    const bool isOfOther = std::any_of(std::begin(ofOthers), std::end(ofOthers), says);
    return says(current->function) && std::all_of(std::begin(details), std::end(details), says)
            && (isOfOther || says("\"app\""));
}

void judge(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(message));
    if (type == QtFatalMsg) {
        const bool isRight = warnings > 0 && message.contains(QLatin1StringView(current->function));
        std::_Exit(isRight ? 0 : 2);
    }
    warnings += saysWhatIsWrong(message) ? 1 : 0;
}

constexpr Scenario scenarios[] = {
    { "filterIsAskedForAParent", "SnapshotFilterModel::parent",
      [](Subjects &of) {
          of.filter.parent({});
      } },
    { "filterIsAskedForARow", "SnapshotFilterModel::index",
      [](Subjects &of) {
          of.filter.index(0, 0);
      } },
    { "filterIsAskedForChildren", "SnapshotFilterModel::hasChildren",
      [](Subjects &of) {
          of.filter.hasChildren();
      } },
    { "filterIsAskedForColumns", "SnapshotFilterModel::columnCount",
      [](Subjects &of) {
          of.filter.columnCount();
      } },
    { "filterIsGivenAModel", "SnapshotFilterModel::setSourceModel",
      [](Subjects &of) {
          of.filter.setSourceModel(&of.model);
      } },
    { "filterIsGivenAModelOfAnotherThread", "SnapshotFilterModel::setSourceModel",
      [](Subjects &of) {
          SnapshotFilterModel filterOfThisThread;
          filterOfThisThread.setSourceModel(&of.model);
      },
      2 },
    { "filterIsGivenAText", "SnapshotFilterModel::setFilterText",
      [](Subjects &of) {
          of.filter.setFilterText(QStringLiteral("bytes"));
      } },
    { "filterIsRead", "SnapshotFilterModel::data",
      [](Subjects &of) {
          of.filter.data({}, Qt::DisplayRole);
      } },
    { "filterIsShown", "SnapshotFilterModel::rowCount",
      [](Subjects &of) {
          of.filter.rowCount();
      } },
    { "filterIsSorted", "SnapshotFilterModel::sort",
      [](Subjects &of) {
          of.filter.sort(0);
      } },
    // It is a QAbstractTableModel, which looks whether there is such a row.
    { "flatModelIsAskedForARow", "FlatSnapshotModel::rowCount",
      [](Subjects &of) {
          of.flat.index(0, 0);
      } },
    { "flatModelIsAskedForColumns", "FlatSnapshotModel::columnCount",
      [](Subjects &of) {
          of.flat.columnCount();
      } },
    { "flatModelIsGivenARuntime", "FlatSnapshotModel::setRuntime",
      [](Subjects &of) {
          of.flat.setRuntime(nullptr);
      } },
    { "flatModelIsGivenASource", "FlatSnapshotModel::setSource",
      [](Subjects &of) {
          of.flat.setSource(&of.source);
      } },
    { "flatModelIsRead", "FlatSnapshotModel::data",
      [](Subjects &of) {
          of.flat.data({}, Qt::DisplayRole);
      } },
    { "flatModelIsShown", "FlatSnapshotModel::rowCount",
      [](Subjects &of) {
          of.flat.rowCount();
      } },
    { "modelIsAskedForAParent", "SnapshotModel::parent",
      [](Subjects &of) {
          of.model.parent({});
      } },
    { "modelIsAskedForARow", "SnapshotModel::index",
      [](Subjects &of) {
          of.model.index(0, 0);
      } },
    { "modelIsAskedForChildren", "SnapshotModel::hasChildren",
      [](Subjects &of) {
          of.model.hasChildren();
      } },
    { "modelIsAskedForColumns", "SnapshotModel::columnCount",
      [](Subjects &of) {
          of.model.columnCount();
      } },
    { "modelIsGivenARuntime", "SnapshotModel::setRuntime",
      [](Subjects &of) {
          of.model.setRuntime(nullptr);
      } },
    { "modelIsGivenASource", "SnapshotModel::setSource",
      [](Subjects &of) {
          of.model.setSource(&of.source);
      } },
    { "modelIsLeftBehind", "SnapshotModel::rowCount",
      [](Subjects &of) {
          SnapshotModel model;
          model.setObjectName(QStringLiteral("subject"));
          model.setSource(&of.source);
          model.rowCount();
          model.moveToThread(of.source.thread());
          model.rowCount();
      },
      2 },
    { "modelIsRead", "SnapshotModel::data",
      [](Subjects &of) {
          of.model.data({}, Qt::DisplayRole);
      } },
    { "modelIsShown", "SnapshotModel::rowCount",
      [](Subjects &of) {
          of.model.rowCount();
      } },
    { "subscriptionIsChanged", "SnapshotSubscription::setPaused",
      [](Subjects &of) {
          of.subscription.setPaused(true);
      } },
    { "subscriptionIsRefreshed", "SnapshotSubscription::refresh",
      [](Subjects &of) {
          of.subscription.refresh();
      } },
    { "valueIsGivenADimension", "MetricValue::setDimension",
      [](Subjects &of) {
          of.value.setDimension(QStringLiteral("total"));
      } },
    { "valueIsGivenAMetric", "MetricValue::setMetric",
      [](Subjects &of) {
          of.value.setMetric(QStringLiteral("jobs"));
      } },
    { "valueIsGivenARecorder", "MetricValue::setEntityId",
      [](Subjects &of) {
          of.value.setEntityId(QStringLiteral("a"));
      } },
    { "valueIsGivenARuntime", "MetricValue::setRuntime",
      [](Subjects &of) {
          of.value.setRuntime(nullptr);
      } },
    { "valueIsGivenASource", "MetricValue::setSource",
      [](Subjects &of) {
          of.value.setSource(&of.source);
      } },
    { "valueIsRefreshedFaster", "MetricValue::setRefreshInterval",
      [](Subjects &of) {
          of.value.setRefreshInterval(1);
      } },
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Subjects subjects;
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    const auto *const scenario =
            std::find_if(std::begin(scenarios), std::end(scenarios),
                         [wanted](const Scenario &known) { return known.name == wanted; });
    if (scenario == std::end(scenarios))
        return 3;

    current = scenario;
    QThread::currentThread()->setObjectName(QStringLiteral("home"));
    qInstallMessageHandler(judge);
    std::thread([&] {
        QThread::currentThread()->setObjectName(QStringLiteral("elsewhere"));
        scenario->call(subjects);
        scenario->call(subjects);
    }).join();
#ifdef QT_NO_DEBUG
    return warnings == scenario->warnings ? 0 : 1;
#else
    return 1; // nobody has noticed
#endif
}
