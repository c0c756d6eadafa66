// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmodel.h>

#include "shared/fakesnapshotsource.h"
#include "snapshotmodelfixture.h"

#include <QTest>

// What the tests of metrics on demand have in common.
namespace Testing {

inline const QString a = QStringLiteral("a");
inline const QString b = QStringLiteral("b");

// A source of the recorders a and b, and a model of it that looks often.
struct Watched
{
    explicit Watched(bool onDemand = true)
    {
        setTotal(a, 1);
        setTotal(b, 1);
        model.setRefreshInterval(1);
        model.setMetricsOnDemand(onDemand);
        model.setSource(&source);
        isBegun = QTest::qWaitFor([this] { return model.rowCount() == 2; });
    }

    void setTotal(const QString &id, qint64 total) { source.setMetric(id, counter(total)); }
    QModelIndex recorder(const QString &id) const { return model.index(id == b ? 1 : 0, 0); }
    QModelIndex metric(const QString &id) const { return model.index(0, 0, recorder(id)); }
    QVariant total(const QString &id) const
    {
        return metric(id).data(Recorders::SnapshotModel::ValueRole);
    }

    // Until the model knows of all that was changed. Reads no metric.
    bool update()
    {
        Recorders::RecorderStatistics statistics;
        statistics.handled = ++m_handled;
        source.setStatistics(b, statistics);
        return QTest::qWaitFor([this] {
            const QModelIndex last = model.index(model.rowCount() - 1, 0);
            return last.data(Recorders::SnapshotModel::HandledRole).toULongLong() == m_handled;
        });
    }
    bool waitForDemand(const QSet<QString> &ids) // of the source
    {
        return QTest::qWaitFor([&] { return update() && source.lastRequest().detailedIds == ids; });
    }
    bool waitForDetail(Recorders::SnapshotDetail detail)
    {
        return QTest::qWaitFor([&] { return update() && source.lastRequest().detail == detail; });
    }

    FakeSnapshotSource source;
    Recorders::SnapshotModel model;
    bool isBegun = false;

private:
    quint64 m_handled = 0;
};

} // namespace Testing
