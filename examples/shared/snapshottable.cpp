// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "snapshottable.h"

#include <recorders/model/formattedvalue.h>

#include <algorithm>

void SnapshotTable::add(const QString &entityId, const QList<Recorders::MetricSnapshot> &snapshots)
{
    for (const Recorders::MetricSnapshot &snapshot : snapshots) {
        for (const Recorders::Dimension &dimension : snapshot.dimensions()) {
            m_rows.append(Row{ entityId, snapshot.name(), dimension.name,
                               Recorders::FormattedValue(dimension.value, dimension.unit).text() });
        }
    }
}

QString SnapshotTable::toString() const
{
    QList<Row> rows = m_rows;
    rows.prepend(Row{ QStringLiteral("RECORDER"), QStringLiteral("METRIC"),
                      QStringLiteral("DIMENSION"), QStringLiteral("VALUE") });
    std::array<qsizetype, std::tuple_size_v<Row>> widths = {};
    for (const Row &row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }

    QString text;
    for (const Row &row : rows) {
        for (std::size_t i = 0; i + 1 < row.size(); ++i)
            text += row[i].leftJustified(widths[i] + 2);
        text += row.back().rightJustified(widths.back()) + u'\n';
    }
    return text;
}
