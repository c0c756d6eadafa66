// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/searchindexer_p.h"
#include "model/searchrunner_p.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <vector>

QT_BEGIN_NAMESPACE
class QModelIndex;
QT_END_NAMESPACE

namespace Recorders::Internal {

class ShownTree;

// Searches whenever something else is wanted, or the source has changed: reads what is new, has
// it searched in another thread, and hands over the result.
class LiveSearch : public QObject
{
    Q_OBJECT

public:
    explicit LiveSearch(ShownTree *shown, QObject *parent = nullptr);

    void setCriteria(RowCriteria criteria);
    bool isHeld() const { return m_isHeld; }
    void setHeld(bool held); // what changes by itself waits, and what comes is shown last
    bool readsAhead() const { return m_readsAhead; }
    void setReadsAhead(bool ahead); // before there is something to look for
    bool isBusy() const { return m_isBusy; }
    int hits() const { return m_hits; }
    int searched() const { return m_searched; }

    void restart(const FilterSource *source, RowCriteria criteria);
    void insertRows(const QModelIndex &sourceParent, int first, int last);
    void removeRows(const QModelIndex &sourceParent, int first, int last);
    void changeRows(const ChangedRows &rows);
    void reorderRows(const std::vector<int> &newRows); // on top, by the former ones

Q_SIGNALS:
    void busyChanged(bool busy);
    void hitCountChanged();
    void searchedCountChanged();

private:
    void searchForNewcomers();
    void searchLater();
    void searchAgain();
    void searchNow();
    void putOff();
    void prepare();
    void readOn();
    void readAhead();
    void take(const RowSearch::Result &result);
    void noteCost();
    void setBusy(bool busy);
    void setCounts(int hits, int searched);

    ShownTree *const m_shown;
    const FilterSource *m_source = nullptr;
    RowCriteria m_criteria; // that are wanted
    SearchIndexer m_indexer;
    SearchRunner m_runner;
    QTimer m_changeTimer;
    QTimer m_readTimer;
    QTimer m_costTimer; // fires once those who show a result have done so
    std::chrono::nanoseconds m_takenAt{}; // steady clock: the last result
    int m_hits = 0;
    int m_searched = 0;
    bool m_isHeld = false;
    bool m_readsAhead = false;
    bool m_isBusy = false;
    bool m_isStale = false; // something changed since the last search began
    bool m_hasNewcomers = false; // likewise, something came
    bool m_isRenewal = false; // the search that was begun last is for what was shown before
    bool m_isWantedAgain = false; // the running search is not what is wanted any more
    bool m_isPutOff = false; // until the source has told of its rows
    int m_restarts = 0;
};

} // namespace Recorders::Internal
