// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>
#include <recorders/model/snapshotmodel.h>

#include <QSignalSpy>
#include <QTest>

// What the tests of the model have in common.
namespace Testing {

inline Recorders::MetricSnapshot counter(qint64 total,
                                         const QString &name = QStringLiteral("bytes"))
{
    return Recorders::MetricSnapshot(name).add(QStringLiteral("total"), total,
                                               Recorders::Unit::bytes(),
                                               Recorders::MetricKind::Counter);
}

inline Recorders::MetricSnapshot number(qint64 value)
{
    return Recorders::MetricSnapshot(QStringLiteral("number")).add(QStringLiteral("value"), value);
}

inline Recorders::MetricSnapshot values(const QStringList &names, int value = 0)
{
    Recorders::MetricSnapshot snapshot(QStringLiteral("values"));
    for (const QString &name : names)
        snapshot.add(name, value);
    return snapshot;
}

inline QStringList names(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList result;
    for (int row = 0; row < model.rowCount(parent); ++row)
        result += model.index(row, 0, parent).data().toString();
    return result;
}

inline QModelIndex find(const QAbstractItemModel &model, const QStringList &path)
{
    QModelIndex index;
    for (const QString &name : path) {
        const qsizetype row = names(model, index).indexOf(name);
        if (row < 0)
            return {};
        index = model.index(int(row), 0, index);
    }
    return index;
}

inline QString column(const QModelIndex &index, int column)
{
    return index.siblingAtColumn(column).data().toString();
}

inline void wait(Recorders::SnapshotModel &model)
{
    QSignalSpy updated(&model, &Recorders::SnapshotModel::updated);
    model.refresh();
    QVERIFY(updated.wait());
}

} // namespace Testing
