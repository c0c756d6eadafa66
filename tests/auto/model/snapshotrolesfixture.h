// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/snapshotmodel.h>

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

// What the tests of the roles have in common.
namespace Testing {

using namespace std::chrono_literals;

inline const QString here = QStringLiteral("here");
inline const QString trafficName = QStringLiteral("traffic");

inline Recorders::MetricSnapshot traffic(qint64 in, qint64 out = 0,
                                         const Recorders::Unit &unit = Recorders::Unit::bytes())
{
    return Recorders::MetricSnapshot(trafficName)
            .add(QStringLiteral("in"), in, unit, Recorders::MetricKind::Counter)
            .add(QStringLiteral("out"), out, unit, Recorders::MetricKind::Counter);
}

// QML has another role for what JavaScript might round.
inline int named(const QByteArray &name)
{
    static const QHash<int, QByteArray> names = Recorders::SnapshotModel().roleNames();
    return names.key(name);
}

// A tree of which somebody looks at all rows.
struct Tree
{
    Tree()
    {
        source.setTime(1h);
        source.setRecorder(here, { traffic(1) });
        model.setPaused(true);
        model.setSource(&source);
        update();
        model.index(0, 0, metric());
    }

    void update()
    {
        QSignalSpy updated(&model, &Recorders::SnapshotModel::updated);
        model.refresh();
        QVERIFY(updated.wait());
    }

    QModelIndex recorder() const { return model.index(0, 0); }
    QModelIndex metric() const { return model.index(0, 0, recorder()); }
    QModelIndex dimension(int row) const { return model.index(row, 0, metric()); }
    QDateTime lastChanged(const QModelIndex &index) const
    {
        return index.data(Recorders::SnapshotModel::LastChangedRole).toDateTime();
    }

    Recorders::SnapshotListSource source;
    Recorders::SnapshotModel model;
};

} // namespace Testing
