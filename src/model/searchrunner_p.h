// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/rowsearch_p.h"

#include <QFutureWatcher>
#include <QObject>

#include <atomic>
#include <memory>

namespace Recorders::Internal {

class SearchIndexer;

// Runs one search at a time in another thread, which has the index meanwhile.
class SearchRunner : public QObject
{
    Q_OBJECT

public:
    explicit SearchRunner(SearchIndexer *indexer, QObject *parent = nullptr);
    ~SearchRunner() override;

    bool isRunning() const { return m_isRunning; }
    bool isCanceled() const
    {
        return m_isCanceled->load(std::memory_order_relaxed); // written by this thread
    }
    const RowCriteria &criteria() const { return m_criteria; } // of the last search

    void start(RowCriteria criteria);
    void cancel(); // finishes all the same, but sooner
    void abandon(); // does not finish; the index is nobody's any more

Q_SIGNALS:
    void finished(const Recorders::Internal::RowSearch::Result &result);

private:
    void finish();

    SearchIndexer *const m_indexer;
    QFutureWatcher<RowSearch::Result> m_watcher;
    std::shared_ptr<std::atomic<bool>> m_isCanceled = std::make_shared<std::atomic<bool>>(false);
    RowCriteria m_criteria;
    bool m_isRunning = false;
};

} // namespace Recorders::Internal
