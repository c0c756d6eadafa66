// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/snapshotmark.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

// What the tests of marks have in common.
namespace Testing {

using namespace std::chrono_literals;

using Change = Recorders::SnapshotModel::Change;

inline const QString here = QStringLiteral("here");
inline const QString metricName = QStringLiteral("metric");

inline Recorders::Dimension dimension(const QVariant &value, const Recorders::Unit &unit = {},
                                      Recorders::MetricKind kind = Recorders::MetricKind::Gauge)
{
    return { QStringLiteral("value"), value, unit, kind, {} };
}

inline Recorders::MetricSnapshot number(const QString &name, qint64 value)
{
    return Recorders::MetricSnapshot(name).add(QStringLiteral("value"), value);
}

// A tree and a table of the same source.
struct Models
{
    Models()
    {
        source.setTime(1h);
        tree.setPaused(true);
        table.setPaused(true);
        tree.setSource(&source);
        table.setSource(&source);
    }

    void show(const Recorders::MetricSnapshot &metric)
    {
        source.setMetric(here, metric);
        update();
    }
    void update()
    {
        QSignalSpy treeUpdated(&tree, &Recorders::SnapshotModel::updated);
        QSignalSpy tableUpdated(&table, &Recorders::SnapshotTableModel::updated);
        tree.refresh();
        table.refresh();
        QTRY_VERIFY(!treeUpdated.isEmpty() && !tableUpdated.isEmpty());
    }
    void mark(const QString &name = {})
    {
        const Recorders::SnapshotMark mark = tree.newMark(name);
        tree.setMark(mark);
        table.setMark(mark);
    }

    QModelIndex recorder(int row = 0) const { return tree.index(row, 0); }
    QModelIndex metric(int row = 0) const { return tree.index(row, 0, recorder()); }
    QModelIndex value() const { return tree.index(0, 0, metric()); }

    Recorders::SnapshotListSource source;
    Recorders::SnapshotModel tree;
    Recorders::SnapshotTableModel table;
    QAbstractItemModelTester treeTester{ &tree,
                                         QAbstractItemModelTester::FailureReportingMode::QtTest };
};

inline Change changeOf(const QModelIndex &index)
{
    return index.data(Recorders::SnapshotModel::ChangeRole).value<Change>();
}

inline QString deltaOf(const QModelIndex &index)
{
    return index.data(Recorders::SnapshotModel::DeltaTextRole).toString();
}

} // namespace Testing
