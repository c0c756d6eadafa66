// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QString>

#include <vector>

namespace Recorders::Internal {

// A named value, and what is drawn of it.
struct BarRow
{
    QString key; // tells it apart from the others
    QString name;
    double length = 0; // of the bar: 0 to 1
    QString text; // of the value
    QString exactText;
    QString share; // "12.4 %"
    std::vector<double> trend; // of its last values; not a number: it is not known
    bool isQuiet = false;

    friend bool operator==(const BarRow &, const BarRow &) = default;
};

// Values side by side. Rows that stay are moved and changed, so that what is selected stays so.
class BarListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, BarColumn, ValueColumn, ShareColumn, TrendColumn, ColumnCount };
    enum Role { KeyRole = Qt::UserRole + 1, LengthRole, TrendRole, IsQuietRole };

    using QAbstractTableModel::QAbstractTableModel;

    const QList<BarRow> &rows() const { return m_rows; }
    void setRows(const QList<BarRow> &rows); // of different keys

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    void removeOthers(const QList<BarRow> &rows);
    void appendNew(const QList<BarRow> &rows);
    void reorder(const QList<BarRow> &rows);
    QVariant text(const BarRow &row, int column) const;

    QList<BarRow> m_rows;
};

} // namespace Recorders::Internal
