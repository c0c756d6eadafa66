// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Calls from a thread that is not that of the object, one per process: a debug build says which
// function must not be called there, and ends.

#include <recorders/core/snapshotlistsource.h>
#include <recorders/core/snapshotsubscription.h>
#include <recorders/model/metricvalue.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string_view>
#include <thread>

using namespace Recorders;

namespace {

const char *expected = "";

void judge(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(message));
    if (type == QtFatalMsg)
        std::_Exit(message.contains(QLatin1StringView(expected)) ? 0 : 2);
}

struct Subjects
{
    Subjects()
    {
        source.setRecorder(QStringLiteral("a"), {});
        filter.setSourceModel(&flat);
    }

    SnapshotListSource source;
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
};

constexpr Scenario scenarios[] = {
    { "filterIsGivenAModel", "SnapshotFilterModel::setSourceModel",
      [](Subjects &of) {
          of.filter.setSourceModel(&of.model);
      } },
    { "filterIsGivenAModelOfAnotherThread", "SnapshotFilterModel::setSourceModel",
      [](Subjects &of) {
          SnapshotFilterModel filterOfThisThread;
          filterOfThisThread.setSourceModel(&of.model);
      } },
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
    { "flatModelIsRead", "FlatSnapshotModel::data",
      [](Subjects &of) {
          of.flat.data({}, Qt::DisplayRole);
      } },
    { "flatModelIsShown", "FlatSnapshotModel::rowCount",
      [](Subjects &of) {
          of.flat.rowCount();
      } },
    { "modelIsGivenARuntime", "SnapshotModel::setRuntime",
      [](Subjects &of) {
          of.model.setRuntime(nullptr);
      } },
    { "modelIsGivenASource", "SnapshotModel::setSource",
      [](Subjects &of) {
          of.model.setSource(&of.source);
      } },
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

    expected = scenario->function;
    qInstallMessageHandler(judge);
    std::thread([&] { scenario->call(subjects); }).join();
    return 1; // nobody has noticed
}
