// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QPersistentModelIndex>
#include <QStringList>

namespace Recorders {
class SnapshotModel;
}

namespace Recorders::Internal {

// Rows of a model of snapshots that were chosen by name: recorder, metric, dimension. They stay
// while what they name comes and goes.
class PinModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, ValueColumn, UnitColumn, RateColumn, ColumnCount };

    explicit PinModel(const SnapshotModel *model, QObject *parent = nullptr);

    QList<QStringList> paths() const;
    void setPaths(const QList<QStringList> &paths);
    void add(const QList<QStringList> &paths);
    void remove(const QList<QStringList> &paths);
    bool containsAll(const QList<QStringList> &paths) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void pathsChanged();

private:
    struct Pin
    {
        QStringList path;
        QPersistentModelIndex index; // invalid: it is not there
    };

    static bool isThere(const Pin &pin);
    void resolveAll();
    void resolve(const QModelIndex &parent, int first, int last);
    void update();

    const SnapshotModel *const m_model;
    QList<Pin> m_pins;
};

} // namespace Recorders::Internal
