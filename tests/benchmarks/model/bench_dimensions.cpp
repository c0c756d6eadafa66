// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "effort.h"
#include "subject.h"
#include "tables.h"
#include "views.h"

#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "shared/threadclock.h"

#include <memory>
#include <vector>

namespace Benchmarks {

namespace {

using namespace Recorders;

// A metric that has a value for each of many labels: an address, an error text.
class Labels
{
public:
    explicit Labels(int count) { add(count); }

    void add(int count)
    {
        for (int i = 0; i < count; ++i)
            m_labels.push_back({ newName(), 1 });
    }
    void scatter(int count) // between the others
    {
        const std::size_t step = m_labels.size() / std::size_t(count);
        for (std::size_t i = 0; i < std::size_t(count); ++i)
            m_labels.insert(m_labels.begin() + std::ptrdiff_t(i * (step + 1)), { newName(), 1 });
    }
    void count(int labels) // so many of them, spread evenly
    {
        const std::size_t step = m_labels.size() / std::size_t(labels);
        for (std::size_t i = 0; i < std::size_t(labels); ++i)
            ++m_labels[i * step].count;
    }

    MetricSnapshot snapshot() const
    {
        MetricSnapshot snapshot(QStringLiteral("requests"));
        for (const Label &label : m_labels)
            snapshot.add(label.name, label.count, {}, MetricKind::Counter);
        return snapshot;
    }

private:
    struct Label
    {
        QString name;
        qint64 count;
    };

    QString newName() { return QStringLiteral("/pages/of/a/site/%1.html").arg(m_named++); }

    std::vector<Label> m_labels;
    int m_named = 0;
};

const int labelCount = 50'000;

double buildSnapshot()
{
    const Labels labels(Effort::scaled(labelCount));
    Testing::ThreadClock clock;
    clock.follow();
    std::vector<double> samples;
    for (int i = 0; i < Effort::scaled(10) + 3; ++i) {
        const auto begin = clock.time();
        const MetricSnapshot snapshot = labels.snapshot();
        samples.push_back(milliseconds(clock.time() - begin));
    }
    return median(samples);
}

// What an update takes the thread of the model.
template <typename Model, typename View>
double update(void (*change)(Labels &))
{
    Labels labels(Effort::scaled(labelCount));
    SnapshotListSource source(QStringLiteral("labels"));
    source.setTime(std::chrono::hours(1));
    Model model;
    model.setPaused(true);
    model.setSource(&source);
    Testing::ThreadClock clock;
    clock.follow();
    bool isUpdated = false;
    QObject::connect(&model, &Model::updated, [&isUpdated] { isUpdated = true; });
    const auto updateOnce = [&] {
        source.advance(std::chrono::milliseconds(100));
        source.setMetric(QStringLiteral("server"), labels.snapshot());
        isUpdated = false;
        const auto begin = clock.time();
        model.refresh();
        while (!isUpdated)
            QCoreApplication::processEvents();
        return milliseconds(clock.time() - begin);
    };
    updateOnce();
    View view(model);
    QCoreApplication::processEvents();

    std::vector<double> samples;
    for (int i = -2; i < Effort::scaled(20) + 3; ++i) {
        change(labels);
        const double sample = updateOnce();
        if (i >= 0)
            samples.push_back(sample);
        QCoreApplication::processEvents(); // paints
    }
    return median(samples);
}

Row &addUpdates(Row &row, void (*change)(Labels &))
{
    row.measure("tree, no view", [=] { return update<SnapshotModel, NoView>(change); });
    row.measure("tree, QTreeView", [=] { return update<SnapshotModel, ExpandedTree>(change); });
    row.measure("flat, QTableView", [=] { return update<SnapshotTableModel, OpenTable>(change); });
    return row;
}

} // namespace

void addDimensions(std::deque<Table> &tables)
{
    Table &snapshots = tables.emplace_back("A snapshot of 50 000 dimensions", "ms");
    snapshots.row("built").atMost(60).measure("Recorders", buildSnapshot);

    Table &updates = tables.emplace_back("An update of 50 000 dimensions, in the GUI thread", "ms");
    addUpdates(updates.row("100 of them changed").atMost(5),
               [](Labels &labels) { labels.count(Effort::scaled(100)); });
    addUpdates(updates.row("all of them changed"),
               [](Labels &labels) { labels.count(Effort::scaled(labelCount)); });
    addUpdates(updates.row("100 new at the end").atMost(5),
               [](Labels &labels) { labels.add(Effort::scaled(100)); });
    addUpdates(updates.row("10 new between them").atMost(5),
               [](Labels &labels) { labels.scatter(Effort::scaled(10)); });
    addUpdates(updates.row("500 new between them"),
               [](Labels &labels) { labels.scatter(Effort::scaled(500)); });
}

} // namespace Benchmarks
