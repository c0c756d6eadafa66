// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/searchrunner_p.h"

#include "model/searchindexer_p.h"

#include <QPromise>
#include <QRunnable>
#include <QThreadPool>

#include <mutex>
#include <utility>

namespace Recorders::Internal {

namespace {

// Searches go from thread to thread under it, so that ThreadSanitizer sees it, too: in a Qt that
// is not instrumented, it does not see that QThreadPool hands them over.
std::mutex handOver;

class SearchTask : public QRunnable
{
public:
    explicit SearchTask(RowSearch search)
        : m_search(std::move(search))
    {
    }

    QFuture<RowSearch::Result> future() const { return m_promise.future(); }

    void run() override
    {
        {
            const std::lock_guard lock(handOver);
        }
        m_promise.start();
        m_promise.addResult(m_search.run());
        m_promise.finish();
    }

private:
    const RowSearch m_search;
    QPromise<RowSearch::Result> m_promise;
};

} // namespace

SearchRunner::SearchRunner(SearchIndexer *indexer, QObject *parent)
    : QObject(parent)
    , m_indexer(indexer)
    , m_watcher(this)
{
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &SearchRunner::finish);
}

SearchRunner::~SearchRunner()
{
    cancel();
}

void SearchRunner::start(RowCriteria criteria)
{
    m_criteria = std::move(criteria);
    m_isCanceled = std::make_shared<std::atomic<bool>>(false);
    m_indexer->lend();
    m_isRunning = true;
    SearchTask *task = nullptr;
    {
        const std::lock_guard lock(handOver);
        task = new SearchTask(
                { m_indexer->index(), m_isCanceled, m_indexer->numbers().byRow(), m_criteria });
        m_watcher.setFuture(task->future());
    }
    QThreadPool::globalInstance()->start(task); // which deletes it
}

void SearchRunner::cancel()
{
    m_isCanceled->store(true, std::memory_order_relaxed); // only to be done earlier
}

void SearchRunner::abandon()
{
    cancel();
    m_isRunning = false;
    m_watcher.setFuture({});
}

void SearchRunner::finish()
{
    if (!m_isRunning)
        return;
    m_isRunning = false;
    {
        const std::lock_guard lock(m_indexer->index()->mutex); // takes it back
    }
    m_indexer->takeBack();
    Q_EMIT finished(m_watcher.future().result());
}

} // namespace Recorders::Internal
