// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/barlistmodel_p.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace Recorders::Internal {

void BarListModel::setRows(const QList<BarRow> &rows)
{
    removeOthers(rows);
    appendNew(rows);
    reorder(rows);
    for (int row = 0; row < rows.size(); ++row) {
        if (m_rows[row] == rows[row])
            continue;
        m_rows[row] = rows[row];
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void BarListModel::removeOthers(const QList<BarRow> &rows)
{
    QSet<QString> stay;
    for (const BarRow &row : rows)
        stay.insert(row.key);
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (stay.contains(m_rows[row].key))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
    }
}

void BarListModel::appendNew(const QList<BarRow> &rows)
{
    QSet<QString> known;
    for (const BarRow &row : std::as_const(m_rows))
        known.insert(row.key);
    QList<BarRow> added;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(added),
                 [&known](const BarRow &row) { return !known.contains(row.key); });
    if (added.isEmpty())
        return;
    const int count = int(m_rows.size());
    beginInsertRows({}, count, count + int(added.size()) - 1);
    m_rows.append(added);
    endInsertRows();
}

// Both have the same keys now.
void BarListModel::reorder(const QList<BarRow> &rows)
{
    const auto isSame = [](const BarRow &a, const BarRow &b) {
        return a.key == b.key;
    };
    if (std::equal(m_rows.cbegin(), m_rows.cend(), rows.cbegin(), rows.cend(), isSame))
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    QHash<QString, int> placeOf;
    for (int row = 0; row < rows.size(); ++row)
        placeOf.insert(rows[row].key, row);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &old : before)
        after.append(index(placeOf.value(m_rows[old.row()].key), old.column()));
    QList<BarRow> sorted(m_rows.size());
    for (BarRow &row : m_rows)
        sorted[placeOf.value(row.key)] = std::move(row);
    m_rows = std::move(sorted);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

int BarListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int BarListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant BarListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const BarRow &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == ValueColumn ? row.exactText : row.name;
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter)
                | int(index.column() == NameColumn ? Qt::AlignLeft : Qt::AlignRight);
    case KeyRole:
        return row.key;
    case LengthRole:
        return row.length;
    case TrendRole:
        return QVariant::fromValue(row.trend);
    case IsQuietRole:
        return row.isQuiet;
    default:
        return {};
    }
}

QVariant BarListModel::text(const BarRow &row, int column) const
{
    switch (column) {
    case NameColumn:
        return row.name;
    case ValueColumn:
        return row.text;
    case ShareColumn:
        return row.share;
    default:
        return {};
    }
}

QVariant BarListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == ValueColumn)
        return int(Qt::AlignVCenter | Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Recorder");
    case ValueColumn:
        return tr("Value");
    case ShareColumn:
        return tr("Share");
    case TrendColumn:
        return tr("Trend");
    default:
        return QString();
    }
}

} // namespace Recorders::Internal
