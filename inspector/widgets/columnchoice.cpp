// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/columnchoice_p.h"

#include "widgets/inspectorrows_p.h"

#include <algorithm>
#include <iterator>

namespace Recorders::Internal {

namespace {

struct NamedColumn
{
    int role;
    const char *name;
};

constexpr NamedColumn columns[] = {
    { InspectorRows::TrendRole, "trend" },
    { SnapshotModel::DeltaRole, "delta" },
    { SnapshotModel::DeltaRatioRole, "deltaRatio" },
    { SnapshotModel::CountRole, "count" },
    { SnapshotModel::MinimumRole, "minimum" },
    { SnapshotModel::MeanRole, "mean" },
    { SnapshotModel::MaximumRole, "maximum" },
    { SnapshotModel::P50Role, "p50" },
    { SnapshotModel::P90Role, "p90" },
    { SnapshotModel::P99Role, "p99" },
    { SnapshotModel::P999Role, "p99.9" },
    { SnapshotModel::LastChangedRole, "lastChanged" },
};

QList<int> usual()
{
    return { InspectorRows::TrendRole };
}

} // namespace

ColumnChoice::ColumnChoice(QObject *parent)
    : QObject(parent)
    , m_shown(usual())
{
}

QList<int> ColumnChoice::all()
{
    QList<int> roles;
    std::transform(std::begin(columns), std::end(columns), std::back_inserter(roles),
                   [](const NamedColumn &column) { return column.role; });
    return roles;
}

void ColumnChoice::setShown(int role, bool shown)
{
    QList<int> roles = m_shown;
    roles.removeAll(role);
    if (shown)
        roles.append(role);
    set(roles);
}

bool ColumnChoice::isDeltaShown() const
{
    return isShown(SnapshotModel::DeltaRole);
}

void ColumnChoice::setDeltaShown(bool shown)
{
    setShown(SnapshotModel::DeltaRole, shown);
    setShown(SnapshotModel::DeltaRatioRole, shown);
}

QStringList ColumnChoice::names() const
{
    QStringList names;
    for (const NamedColumn &column : columns) {
        if (isShown(column.role))
            names.append(QLatin1String(column.name));
    }
    return names;
}

void ColumnChoice::setNames(const QStringList &names)
{
    QList<int> roles;
    for (const NamedColumn &column : columns) {
        if (names.contains(QLatin1String(column.name)))
            roles.append(column.role);
    }
    set(roles);
}

void ColumnChoice::reset()
{
    set(usual());
}

void ColumnChoice::set(const QList<int> &roles)
{
    if (m_shown == roles)
        return;
    m_shown = roles;
    Q_EMIT changed();
}

} // namespace Recorders::Internal
