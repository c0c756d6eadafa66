// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"

#include <QSignalSpy>
#include <QTest>

// What the tests of a filtered tree have in common.
namespace Testing {

struct Fixture
{
    Fixture()
    {
        tree.setPaused(true);
        tree.setSource(&source);
        filter.setSourceModel(&tree);
    }
    void update()
    {
        QSignalSpy updated(&tree, &Recorders::SnapshotModel::updated);
        tree.refresh();
        QVERIFY(updated.wait());
    }
    void settle()
    {
        QSignalSpy busy(&filter, &Recorders::SnapshotFilterModel::busyChanged);
        while (filter.isBusy())
            QVERIFY(busy.wait());
    }
    void search(const char *text)
    {
        filter.setFilterText(QLatin1String(text));
        settle();
    }
    void setUpRows()
    {
        const auto bytes = [](qint64 total) {
            return Recorders::MetricSnapshot(QStringLiteral("bytes"))
                    .setDescription(QStringLiteral("What went through"))
                    .add(QStringLiteral("total"), total, Recorders::Unit::bytes(),
                         Recorders::MetricKind::Counter);
        };
        source.setRecorder(QStringLiteral("a"),
                           { bytes(2048).add(QStringLiteral("used"), 7, Recorders::Unit::bytes(),
                                             Recorders::MetricKind::Gauge),
                             Recorders::MetricSnapshot(QStringLiteral("state"))
                                     .setState(Recorders::MetricState::Quarantined)
                                     .add(QStringLiteral("text"), QStringLiteral("Open"), {},
                                          Recorders::MetricKind::Text) });
        source.setRecorder(QStringLiteral("bc"), { bytes(100), number("level", -3) });
        source.setRecorder(QStringLiteral("d"), {});
        source.setRecorderState(QStringLiteral("d"), Recorders::RecorderState::Failed);
        update();
    }
    QString shown() const { return outline(filter).join(u' '); }

    FakeSnapshotSource source;
    Recorders::SnapshotModel tree;
    Recorders::SnapshotFilterModel filter;
};

} // namespace Testing
