// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>

#include <QList>
#include <QString>

#include <array>

// Snapshots as text, one dimension per line.
class SnapshotTable
{
public:
    void add(const QString &entityId, const QList<Recorders::MetricSnapshot> &snapshots);
    QString toString() const;

private:
    using Row = std::array<QString, 4>; // recorder, metric, dimension, value

    QList<Row> m_rows;
};
