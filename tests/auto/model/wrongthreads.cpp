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

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
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

struct Scenario
{
    const char *function;
    std::function<void()> call;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    SnapshotListSource source;
    source.setRecorder(QStringLiteral("a"), {});
    SnapshotModel model;
    SnapshotTableModel flat;
    SnapshotFilterModel filter;
    filter.setSourceModel(&flat);
    MetricValue value;
    SnapshotSubscription subscription(&source);
    const std::map<std::string, Scenario> scenarios{
        { "filterIsGivenAModel",
          { "SnapshotFilterModel::setSourceModel",
            [&] {
                filter.setSourceModel(&model);
            } } },
        { "filterIsGivenAModelOfAnotherThread",
          { "SnapshotFilterModel::setSourceModel",
            [&] {
                SnapshotFilterModel filterOfThisThread;
                filterOfThisThread.setSourceModel(&model);
            } } },
        { "filterIsGivenAText",
          { "SnapshotFilterModel::setFilterText",
            [&] {
                filter.setFilterText(QStringLiteral("bytes"));
            } } },
        { "filterIsRead",
          { "SnapshotFilterModel::data",
            [&] {
                filter.data({}, Qt::DisplayRole);
            } } },
        { "filterIsShown",
          { "SnapshotFilterModel::rowCount",
            [&] {
                filter.rowCount();
            } } },
        { "filterIsSorted",
          { "SnapshotFilterModel::sort",
            [&] {
                filter.sort(0);
            } } },
        { "flatModelIsRead",
          { "FlatSnapshotModel::data",
            [&] {
                flat.data({}, Qt::DisplayRole);
            } } },
        { "flatModelIsShown",
          { "FlatSnapshotModel::rowCount",
            [&] {
                flat.rowCount();
            } } },
        { "modelIsGivenARuntime",
          { "SnapshotModel::setRuntime",
            [&] {
                model.setRuntime(nullptr);
            } } },
        { "modelIsGivenASource",
          { "SnapshotModel::setSource",
            [&] {
                model.setSource(&source);
            } } },
        { "modelIsRead",
          { "SnapshotModel::data",
            [&] {
                model.data({}, Qt::DisplayRole);
            } } },
        { "modelIsShown",
          { "SnapshotModel::rowCount",
            [&] {
                model.rowCount();
            } } },
        { "subscriptionIsChanged",
          { "SnapshotSubscription::setPaused",
            [&] {
                subscription.setPaused(true);
            } } },
        { "subscriptionIsRefreshed",
          { "SnapshotSubscription::refresh",
            [&] {
                subscription.refresh();
            } } },
        { "valueIsGivenADimension",
          { "MetricValue::setDimension",
            [&] {
                value.setDimension(QStringLiteral("total"));
            } } },
        { "valueIsGivenAMetric",
          { "MetricValue::setMetric",
            [&] {
                value.setMetric(QStringLiteral("jobs"));
            } } },
        { "valueIsGivenARecorder",
          { "MetricValue::setEntityId",
            [&] {
                value.setEntityId(QStringLiteral("a"));
            } } },
        { "valueIsGivenARuntime",
          { "MetricValue::setRuntime",
            [&] {
                value.setRuntime(nullptr);
            } } },
        { "valueIsGivenASource",
          { "MetricValue::setSource",
            [&] {
                value.setSource(&source);
            } } },
        { "valueIsRefreshedFaster",
          { "MetricValue::setRefreshInterval",
            [&] {
                value.setRefreshInterval(1);
            } } },
    };
    const auto scenario = scenarios.find(argc > 1 ? argv[1] : "");
    if (scenario == scenarios.end())
        return 3;

    expected = scenario->second.function;
    qInstallMessageHandler(judge);
    std::thread(scenario->second.call).join();
    return 1; // nobody has noticed
}
