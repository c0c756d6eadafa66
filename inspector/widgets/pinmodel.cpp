// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/pinmodel_p.h"

#include <recorders/model/snapshotmodel.h>

#include <algorithm>

namespace Recorders::Internal {

namespace {

// By depth: what the rows of a recorder, a metric and a dimension are called.
constexpr int nameRoles[] = { SnapshotModel::EntityIdRole, SnapshotModel::MetricRole,
                              SnapshotModel::DimensionRole };

qsizetype depthOf(QModelIndex index)
{
    qsizetype depth = 0;
    for (; index.isValid(); index = index.parent())
        ++depth;
    return depth;
}

} // namespace

PinModel::PinModel(const SnapshotModel *model, QObject *parent)
    : QAbstractTableModel(parent)
    , m_model(model)
{
    connect(model, &QAbstractItemModel::modelReset, this, &PinModel::resolveAll);
    connect(model, &QAbstractItemModel::rowsInserted, this, &PinModel::resolve);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &PinModel::update);
    connect(model, &SnapshotModel::updated, this, &PinModel::update);
    connect(model, &SnapshotModel::endedChanged, this, &PinModel::update);
}

QList<QStringList> PinModel::paths() const
{
    QList<QStringList> paths;
    for (const Pin &pin : m_pins)
        paths.append(pin.path);
    return paths;
}

void PinModel::setPaths(const QList<QStringList> &paths)
{
    if (paths == this->paths())
        return;
    beginResetModel();
    m_pins.clear();
    for (const QStringList &path : paths)
        m_pins.append({ path, {} });
    resolve({}, 0, m_model->rowCount() - 1);
    endResetModel();
    Q_EMIT pathsChanged();
}

void PinModel::add(const QList<QStringList> &paths)
{
    QList<QStringList> all = this->paths();
    for (const QStringList &path : paths) {
        if (!all.contains(path))
            all.append(path);
    }
    setPaths(all);
}

void PinModel::remove(const QList<QStringList> &paths)
{
    QList<QStringList> all = this->paths();
    all.removeIf([&paths](const QStringList &path) { return paths.contains(path); });
    setPaths(all);
}

bool PinModel::containsAll(const QList<QStringList> &paths) const
{
    const QList<QStringList> all = this->paths();
    return std::all_of(paths.begin(), paths.end(),
                       [&all](const QStringList &path) { return all.contains(path); });
}

void PinModel::resolveAll()
{
    resolve({}, 0, m_model->rowCount() - 1);
    update();
}

// Of rows that come, those that are named here. Nothing is looked at while all are there.
void PinModel::resolve(const QModelIndex &parent, int first, int last)
{
    const qsizetype depth = depthOf(parent);
    for (int row = first; row <= last; ++row) {
        if (std::none_of(m_pins.begin(), m_pins.end(),
                         [](const Pin &pin) { return !pin.index.isValid(); }))
            return;
        const QModelIndex index = m_model->index(row, 0, parent);
        const QString name = index.data(nameRoles[depth]).toString();
        const QString entityId = index.data(SnapshotModel::EntityIdRole).toString();
        const QString metric = index.data(SnapshotModel::MetricRole).toString();
        bool isOnTheWay = false;
        for (Pin &pin : m_pins) {
            const bool isHere = pin.path.size() > depth && pin.path[depth] == name
                    && pin.path.first() == entityId && (depth < 1 || pin.path[1] == metric);
            if (isHere && pin.path.size() == depth + 1)
                pin.index = index;
            isOnTheWay = isOnTheWay || (isHere && pin.path.size() > depth + 1);
        }
        if (isOnTheWay)
            resolve(index, 0, m_model->rowCount(index) - 1);
    }
}

// A recorder that is gone may be kept, with what it said last.
bool PinModel::isThere(const Pin &pin)
{
    return pin.index.isValid() && !pin.index.data(SnapshotModel::RemovedRole).toBool();
}

void PinModel::update()
{
    if (!m_pins.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PinModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_pins.size());
}

int PinModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PinModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Pin &pin = m_pins[index.row()];
    if (role == Qt::DisplayRole && index.column() == NameColumn)
        return pin.path.join(QStringLiteral(" / "));
    if (isThere(pin))
        return m_model->index(pin.index.row(), index.column(), pin.index.parent()).data(role);
    if (role == SnapshotModel::RemovedRole)
        return true;
    if (role == SnapshotModel::NodeTypeRole)
        return QVariant::fromValue(SnapshotModel::NodeType(pin.path.size() - 1));
    if (role == Qt::ToolTipRole)
        return tr("%1 is not there now").arg(pin.path.last());
    if (role == Qt::TextAlignmentRole && index.column() == ValueColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    return role == Qt::DisplayRole && index.column() == ValueColumn
            ? QVariant(QStringLiteral("\u2014"))
            : QVariant();
}

} // namespace Recorders::Internal
