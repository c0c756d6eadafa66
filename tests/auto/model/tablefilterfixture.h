// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"

#include <QSignalSpy>
#include <QTest>

// What the tests of a filtered table have in common.
namespace Testing {

inline QStringList names(const QAbstractItemModel &model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result += nameOf(model.index(row, 0));
    return result;
}

inline Recorders::MetricSnapshot number(qint64 value)
{
    return Recorders::MetricSnapshot(QStringLiteral("number")).add(QStringLiteral("value"), value);
}

// Until what was asked for is shown.
inline void untilSettled(Recorders::SnapshotFilterModel &filter)
{
    QSignalSpy busy(&filter, &Recorders::SnapshotFilterModel::busyChanged);
    while (filter.isBusy())
        QVERIFY(busy.wait());
}

struct Fixture
{
    Fixture()
    {
        table.setPaused(true);
        table.setSource(&source);
        filter.setSourceModel(&table);
    }
    void update()
    {
        QSignalSpy updated(&table, &Recorders::SnapshotTableModel::updated);
        table.refresh();
        QVERIFY(updated.wait());
    }
    void settle() { untilSettled(filter); }
    void setUpRows()
    {
        const auto bytes = [](qint64 total) {
            return Recorders::MetricSnapshot(QStringLiteral("bytes"))
                    .setDescription(QStringLiteral("What went through"))
                    .add(QStringLiteral("total"), total, Recorders::Unit::bytes(),
                         Recorders::MetricKind::Counter);
        };
        source.setRecorder(QStringLiteral("a"),
                           { bytes(2048),
                             Recorders::MetricSnapshot(QStringLiteral("state"))
                                     .setState(Recorders::MetricState::Quarantined)
                                     .add(QStringLiteral("text"), QStringLiteral("Open"), {},
                                          Recorders::MetricKind::Text) });
        source.setRecorder(QStringLiteral("b c"),
                           { bytes(100).add(QStringLiteral("used"), 7, Recorders::Unit::bytes(),
                                            Recorders::MetricKind::Gauge),
                             Recorders::MetricSnapshot(QStringLiteral("level"))
                                     .add(QStringLiteral("value"), -3) });
        update();
    }

    FakeSnapshotSource source;
    Recorders::SnapshotTableModel table;
    Recorders::SnapshotFilterModel filter;
};

} // namespace Testing
