// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QAbstractProxyModel>
#include <QList>

#include <memory>

namespace Recorders {

namespace Internal {
class ShownTree;
}

class SnapshotFilterModelPrivate;

// The rows of a model that fit a text, in the order of a column. Looks for them in another thread.
class RECORDERS_EXPORT SnapshotFilterModel : public QAbstractProxyModel
{
    Q_OBJECT
    Q_PROPERTY(QString filterText READ filterText WRITE setFilterText NOTIFY filterTextChanged)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorStringChanged)
    Q_PROPERTY(int sortColumn READ sortColumn WRITE setSortColumn NOTIFY sortingChanged)
    Q_PROPERTY(Qt::SortOrder sortOrder READ sortOrder WRITE setSortOrder NOTIFY sortingChanged)
    Q_PROPERTY(bool holdOrder READ isOrderHeld WRITE setHoldOrder NOTIFY holdOrderChanged)
    Q_PROPERTY(bool movesRows READ movesRows WRITE setMovesRows NOTIFY movesRowsChanged)
    Q_PROPERTY(bool readAhead READ readsAhead WRITE setReadAhead NOTIFY readAheadChanged)
    Q_PROPERTY(bool busy READ isBusy NOTIFY busyChanged)
    Q_PROPERTY(int hitCount READ hitCount NOTIFY hitCountChanged)
    Q_PROPERTY(int searchedCount READ searchedCount NOTIFY searchedCountChanged)

public:
    explicit SnapshotFilterModel(QObject *parent = nullptr);
    ~SnapshotFilterModel() override;

    QString filterText() const;
    void setFilterText(const QString &text); // "bytes kind:counter /conn-[12]/"
    QString errorString() const; // what is wrong with the text; empty: nothing
    int sortColumn() const; // -1: as the source
    void setSortColumn(int column);
    Qt::SortOrder sortOrder() const;
    void setSortOrder(Qt::SortOrder order);
    bool isOrderHeld() const;
    void setHoldOrder(bool hold);
    bool movesRows() const;
    void setMovesRows(bool moves); // false: one new layout instead, for QTreeView

    bool readsAhead() const;
    void setReadAhead(bool ahead); // so that the first search is as fast as the next

    QList<int> extraColumns() const; // a role of SnapshotModel each, to the right of the others
    void setExtraColumns(const QList<int> &roles);

    bool isBusy() const; // what is shown is not yet what was asked for

    int hitCount() const; // rows that fit
    int searchedCount() const; // of so many
    bool isHit(const QModelIndex &index) const; // not shown just for what is below it

    void setSourceModel(QAbstractItemModel *model) override; // tree or table of snapshots
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override; // -1: as the source

    QModelIndex mapToSource(const QModelIndex &proxyIndex) const override;
    QModelIndex mapFromSource(const QModelIndex &sourceIndex) const override;
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    QModelIndex sibling(int row, int column, const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

Q_SIGNALS: // a name would hide the property of that name in a handler of QML
    void filterTextChanged(const QString &);
    void errorStringChanged(const QString &);
    void sortingChanged(int, Qt::SortOrder);
    void holdOrderChanged(bool);
    void movesRowsChanged(bool);
    void readAheadChanged(bool);
    void busyChanged(bool);
    void hitCountChanged();
    void searchedCountChanged();

private:
    Q_DISABLE_COPY_MOVE(SnapshotFilterModel)
    friend class Internal::ShownTree;
    friend class SnapshotFilterModelPrivate;

    std::unique_ptr<SnapshotFilterModelPrivate> const d;
};

} // namespace Recorders
