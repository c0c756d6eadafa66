// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/filtersource_p.h"
#include "model/nodeid_p.h"
#include "model/shownrows_p.h"

#include <QList>
#include <QModelIndex>

#include <unordered_map>
#include <vector>

namespace Recorders {
class SnapshotFilterModel;
}

namespace Recorders::Internal {

/*
    Which rows a SnapshotFilterModel shows, on all levels, and what it tells views about them.

    Rows below a recorder or a metric are worked out when somebody looks there for the first time,
    by the criteria of the last result. What nobody has looked into, nobody needs to be told of.

    While everything is wanted in the order of the source, all rows are passed through and nothing
    is kept but who was looked into. Where many recorders come or go at once, the source announces
    a new layout; if rows are to be moved, nothing is passed through until they have come or gone.

    The internal id of an index names its parent: zero for the rows on top, else the id that the
    recorder or metric has in a SnapshotModel.
*/
class ShownTree
{
public:
    explicit ShownTree(SnapshotFilterModel *model);

    bool movesRows() const { return m_movesRows; }
    void setMovesRows(bool moves) { m_movesRows = moves; } // else: announces a new layout

    void reset(const FilterSource *source, RowCriteria criteria); // as yet nothing fits these
    void apply(std::vector<int> wantedRows, RowCriteria criteria);
    void applyBelow(const std::vector<int> &wantedRows); // what is shown stays where it is
    void passThrough(RowCriteria criteria);

    int rowCount(const QModelIndex &parent) const;
    bool hasChildren(const QModelIndex &parent) const;
    Qt::ItemFlags flags(const QModelIndex &index) const;
    bool isHit(const QModelIndex &index) const;
    QModelIndex index(int row, int column, const QModelIndex &parent) const;
    QModelIndex parent(const QModelIndex &index) const;
    QModelIndex toSource(const QModelIndex &index) const;
    QModelIndex fromSource(const QModelIndex &sourceIndex) const;

    // What the source says.
    void beginInsert(const QModelIndex &sourceParent, int first, int last);
    void endInsert(const QModelIndex &sourceParent, int first, int last);
    void beginRemove(const QModelIndex &sourceParent, int first, int last);
    void endRemove(const QModelIndex &sourceParent, int first, int last);
    void beginReorder(); // of its rows on top
    void endReorder(const std::vector<int> &newRows); // by the former ones
    void publish(const QModelIndex &sourceTopLeft, const QModelIndex &sourceBottomRight,
                 const QList<int> &roles);

private:
    using Id = quintptr;
    static constexpr Id top = 0;

    struct Level
    {
        Id id;
        std::vector<int> target;
    };

    bool isKnown(const QModelIndex &index) const; // it is of this model, and its row is there
    int shownCount(Id id) const;
    const RecorderNode &recorderOf(Id id) const; // of an id of a recorder that is there
    const MetricNode &metricOf(Id id) const;
    bool isThere(Id id) const;
    bool isLeaf(const QModelIndex &index) const;
    bool canHaveChildren(const QModelIndex &index) const;
    Id idBelow(const QModelIndex &index) const; // of the rows below it
    static Id idBelowSource(const QModelIndex &sourceIndex);
    QModelIndex indexOf(Id id) const; // of the row above
    QModelIndex sourceIndexOf(Id id) const;
    Id idAbove(Id id) const;
    int sourceRowOf(Id id) const;
    int sourceCount(Id id) const;
    ShownRows &rows(Id id) const;
    bool isLookedInto(Id id) const { return id == top || m_below.contains(id); }
    std::vector<int> wantedRows(Id id) const;
    std::vector<Level> wantedLevels(NodeTag tag) const;
    void forgetBelow(Id id, int sourceRow);

    void takeInHand();
    bool takeInHandDuring(Scattering scattering);
    void passThroughAgain();
    void hide(const std::vector<Level> &levels);
    void show(const std::vector<Level> &levels);
    void reorder(std::vector<Level> levels);

    void remove(const Level &level);
    void move(const Level &level);
    void insert(const Level &level);

    std::vector<RowRange> placesOf(Id id, int firstSourceRow, int lastSourceRow) const;

    SnapshotFilterModel *const q;
    const FilterSource *m_source = nullptr;
    RowCriteria m_criteria; // of what is shown
    bool m_isPassedThrough = true;
    bool m_isInHandMeanwhile = false; // it is passed through before and after
    bool m_movesRows = true;
    mutable ShownRows m_top;
    mutable std::unordered_map<Id, ShownRows> m_below; // of those that were looked into
};

} // namespace Recorders::Internal
