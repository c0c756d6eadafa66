// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/livesearch_p.h"

#include "core/platform/steadytime_p.h"
#include "model/showntree_p.h"
#include "model/snapshotstore_p.h"

#include <QPointer>

#include <algorithm>
#include <chrono>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr std::chrono::milliseconds changeDelay{ 250 }; // rows that keep moving cannot be read
constexpr std::chrono::milliseconds maxChangeDelay{ 10'000 };
constexpr int costShare = 10; // of the time goes into showing another order, at most
constexpr std::chrono::milliseconds readingTime{ 5 }; // at a time

int topRow(QModelIndex index)
{
    while (index.parent().isValid())
        index = index.parent();
    return index.row();
}

} // namespace

LiveSearch::LiveSearch(ShownTree *shown, QObject *parent)
    : QObject(parent)
    , m_shown(shown)
    , m_runner(&m_indexer, this)
    , m_changeTimer(this)
    , m_readTimer(this)
    , m_costTimer(this)
{
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(changeDelay);
    connect(&m_changeTimer, &QTimer::timeout, this, &LiveSearch::searchAgain);
    m_readTimer.setSingleShot(true);
    connect(&m_readTimer, &QTimer::timeout, this,
            [this] { m_criteria.areMetByAll() ? readAhead() : readOn(); });
    m_costTimer.setSingleShot(true);
    connect(&m_costTimer, &QTimer::timeout, this, &LiveSearch::noteCost);
    connect(&m_runner, &SearchRunner::finished, this, &LiveSearch::take);
}

// A search for something else is not waited for.
void LiveSearch::setCriteria(RowCriteria criteria)
{
    m_criteria = std::move(criteria);
    m_isRenewal = false;
    if (m_runner.isRunning())
        m_runner.cancel();
    searchNow();
}

void LiveSearch::setHeld(bool held)
{
    m_isHeld = held;
    if (held && !m_hasNewcomers)
        m_changeTimer.stop();
    else if (!held && m_isStale)
        searchNow();
}

void LiveSearch::setReadsAhead(bool ahead)
{
    m_readsAhead = ahead;
    if (m_criteria.areMetByAll() && !m_runner.isRunning())
        readAhead();
}

// Everything from the beginning, between the signals of a reset.
void LiveSearch::restart(const FilterSource *source, RowCriteria criteria)
{
    m_runner.abandon();
    m_readTimer.stop();
    m_indexer.end();
    m_source = source;
    m_criteria = std::move(criteria);
    m_isStale = false;
    m_hasNewcomers = false;
    m_isRenewal = false;
    m_isWantedAgain = false;
    ++m_restarts;
    m_shown->reset(source, m_criteria);
    searchNow();
}

// ---- Changes of the source

void LiveSearch::insertRows(const QModelIndex &sourceParent, int first, int last)
{
    if (!m_indexer.isUsed())
        return;
    if (sourceParent.isValid())
        m_indexer.changeRows(topRow(sourceParent), topRow(sourceParent));
    else
        m_indexer.insertRows(first, last);
    searchForNewcomers();
}

void LiveSearch::removeRows(const QModelIndex &sourceParent, int first, int last)
{
    if (!m_indexer.isUsed())
        return;
    if (sourceParent.isValid())
        m_indexer.changeRows(topRow(sourceParent), topRow(sourceParent));
    else
        m_indexer.removeRows(first, last);
    searchLater();
}

/*
    Names of a row never change. Of the values, only those are read that are sorted by, and of a
    tree only those of the recorders: what is below is sorted where it is shown. If the pattern
    compares values, all are read; of a tree, a recorder's row tells of each change below it.
*/
void LiveSearch::changeRows(const ChangedRows &rows)
{
    if (!m_indexer.isUsed())
        return;
    const bool isState = rows.kinds & StateChange;
    const bool isOfRecorder = isState && rows.isOfRecorders;
    const bool isMeaning = (rows.kinds & MeaningChange) || (isState && !isOfRecorder);
    const bool isSortedBy = isLive(m_criteria.key) && (rows.kinds & kindOf(m_criteria.key));
    const bool isCompared = m_criteria.pattern.looksAtValues() && (rows.kinds & ValueChange);
    if (isMeaning || isOfRecorder || isCompared || (isSortedBy && !rows.isBelow))
        m_indexer.changeRows(rows.first, rows.last);
    const bool isLookedAt = isOfRecorder && m_criteria.pattern.looksAtRecorderStates();
    if (isMeaning || isSortedBy || isLookedAt || isCompared)
        searchLater();
}

// What they say is as it was. A search that runs lists equal rows in the order that they had.
void LiveSearch::reorderRows(const std::vector<int> &newRows)
{
    if (!m_indexer.isUsed())
        return;
    m_indexer.reorderRows(newRows);
    searchLater();
}

// ---- Searching

void LiveSearch::searchForNewcomers()
{
    m_hasNewcomers = true;
    searchLater();
}

// What changed by itself may wait, and does while the order is held.
void LiveSearch::searchLater()
{
    if (m_criteria.areMetByAll()) {
        if (!m_readTimer.isActive())
            m_readTimer.start(changeDelay);
        return;
    }
    m_isStale = true;
    if ((!m_isHeld || m_hasNewcomers) && !m_changeTimer.isActive())
        m_changeTimer.start();
}

// Not while one runs: where rows change all the time, that one would never be the last.
void LiveSearch::searchAgain()
{
    if (m_runner.isRunning()) {
        m_changeTimer.start();
        return;
    }
    m_isRenewal = m_isRenewal || !m_isBusy;
    searchNow();
}

void LiveSearch::searchNow()
{
    m_changeTimer.stop();
    if (!m_source) {
        setCounts(0, 0);
        setBusy(false);
        return;
    }
    setBusy(true);
    if (m_runner.isRunning())
        m_isWantedAgain = true;
    else if (m_source->store().isHeld())
        putOff();
    else
        prepare();
}

// Rows are on their way, here or in the source: a slot of theirs has asked for others.
void LiveSearch::putOff()
{
    if (std::exchange(m_isPutOff, true))
        return;
    m_source->store().afterwards([self = QPointer(this)] {
        if (!self)
            return;
        self->m_isPutOff = false;
        self->searchNow();
    });
}

void LiveSearch::prepare()
{
    m_isWantedAgain = false;
    if (m_criteria.areMetByAll()) {
        const SnapshotStore::Hold hold(m_source->store());
        m_isStale = false;
        m_hasNewcomers = false;
        m_shown->passThrough(m_criteria);
        setCounts(0, 0);
        setBusy(m_isPutOff);
        readAhead();
        return;
    }
    if (!m_indexer.isUsed())
        m_indexer.begin(m_source->rowCount());
    readOn();
}

void LiveSearch::readOn()
{
    if (m_runner.isRunning()) { // the index belongs to it; searchNow() asked for another search
        m_readTimer.stop();
        return;
    }
    m_indexer.prepareFor(m_criteria);
    if (!m_indexer.read(*m_source, QDeadlineTimer(readingTime, Qt::PreciseTimer))) {
        m_readTimer.start(std::chrono::milliseconds(0));
        return;
    }
    m_readTimer.stop();
    m_isStale = false;
    m_hasNewcomers = false;
    m_runner.start(m_criteria);
}

// While nothing is looked for. The index belongs to a search that runs.
void LiveSearch::readAhead()
{
    m_readTimer.stop();
    if (!m_readsAhead || !m_source) {
        m_indexer.end();
        return;
    }
    if (m_runner.isRunning())
        return;
    if (!m_indexer.isUsed())
        m_indexer.begin(m_source->rowCount());
    m_indexer.prepareFor(m_criteria);
    if (!m_indexer.read(*m_source, QDeadlineTimer(readingTime, Qt::PreciseTimer)))
        m_readTimer.start(std::chrono::milliseconds(0));
}

void LiveSearch::take(const RowSearch::Result &result)
{
    if (!m_source)
        return;
    const SnapshotStore::Hold hold(m_source->store());
    const int restarts = m_restarts;
    m_takenAt = steadyTime();
    m_costTimer.start(0);
    if (!m_runner.isCanceled()) {
        const std::vector<int> rows = m_indexer.numbers().rowsByNumber();
        std::vector<int> wanted;
        wanted.reserve(result.numbers.size());
        for (const int number : result.numbers) {
            if (rows[size_t(number)] != RowNumbers::nowhere)
                wanted.push_back(rows[size_t(number)]);
        }
        const bool keepsPlaces = m_isHeld && m_isRenewal;
        m_isStale = m_isStale || keepsPlaces;
        if (keepsPlaces)
            m_shown->applyBelow(wanted);
        else
            m_shown->apply(std::move(wanted), m_runner.criteria());
        setCounts(result.hits, result.searched);
    }
    if (restarts != m_restarts)
        return; // a slot did that
    if (m_isWantedAgain)
        searchNow();
    else
        setBusy(m_isPutOff);
}

/*
    A QTreeView looks at all of its rows when their order changes, in a timer of its own, which was
    started earlier than this one: with a million rows that takes more than a second. The application
    must not do that all the time.
*/
void LiveSearch::noteCost()
{
    const auto cost =
            std::chrono::duration_cast<std::chrono::milliseconds>(steadyTime() - m_takenAt);
    const auto delay = std::clamp(cost * costShare, changeDelay, maxChangeDelay);
    if (delay != m_changeTimer.intervalAsDuration())
        m_changeTimer.setInterval(delay); // one that runs begins anew
}

void LiveSearch::setBusy(bool busy)
{
    if (m_isBusy == busy)
        return;
    m_isBusy = busy;
    Q_EMIT busyChanged(busy);
}

void LiveSearch::setCounts(int hits, int searched)
{
    const int hitsBefore = std::exchange(m_hits, hits);
    const int searchedBefore = std::exchange(m_searched, searched);
    const QPointer<LiveSearch> self(this);
    if (hits != hitsBefore)
        Q_EMIT hitCountChanged();
    if (self && searched != searchedBefore)
        Q_EMIT searchedCountChanged();
}

} // namespace Recorders::Internal
