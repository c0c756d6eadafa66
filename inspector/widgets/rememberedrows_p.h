// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>
#include <QList>
#include <QMap>
#include <QObject>
#include <QPersistentModelIndex>
#include <QStringList>

#include <utility>

class QAbstractItemModel;

namespace Recorders::Internal {

// Rows of a tree or table of snapshots that are remembered by their paths: those that go and come
// back are found again, whatever their new indexes are.
class RememberedRows : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype goneAtMost = 10'000; // the longest gone are forgotten

    explicit RememberedRows(const QAbstractItemModel *model); // that is not a proxy

    bool isEmpty() const { return count() == 0; }
    qsizetype count() const { return m_here.size() + m_gone.size(); }
    bool contains(const QModelIndex &index) const; // also if its path is that of a row that went
    void insert(const QModelIndex &index);
    void remove(const QModelIndex &index);
    void clear();
    void forgetGone();

    void update(); // finds those that came
    QModelIndexList here() const; // as of the last update

private:
    using Path = QStringList; // entity id, metric, dimension

    static Path pathOf(const QModelIndex &index);
    void noteInserted(const QModelIndex &parent, int first, int last);
    void noteRemoved(const QModelIndex &parent, int first, int last);
    void noteReset();
    void settleGone();
    void find(const QModelIndex &index);
    void forget(const Path &path);
    void countAbove(Path path, int difference);

    const QAbstractItemModel *const m_model;
    QHash<Path, QPersistentModelIndex> m_here; // some may have gone since the last update
    QHash<Path, quint64> m_gone; // when, as a number
    QMap<quint64, Path> m_byAge; // what is gone
    QHash<Path, int> m_above; // how many are below a path
    QList<std::pair<int, int>> m_came; // ranges of rows on top, from top to bottom
    QList<QPersistentModelIndex> m_cameBelow;
    quint64 m_lastGone = 0;
    bool m_hasLost = false;
};

} // namespace Recorders::Internal
