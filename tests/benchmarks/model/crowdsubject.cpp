// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "crowdsubject.h"

#include "effort.h"

#include <recorders/metrics/standardmetrics.h>

#include <QCoreApplication>

namespace Benchmarks {

using namespace ::Recorders;

namespace {

constexpr int crowdSize = 100'000;
constexpr char prefix[] = "connection-";

// Few events may wait, so that what is measured is not the memory that they need.
RecorderOptions shortQueue()
{
    RecorderOptions options;
    options.queueMaxSize = 32;
    return options;
}

} // namespace

CrowdSubject::CrowdSubject(Metrics metrics)
    : m_runtime(QStringLiteral("benchmark"))
{
    m_runtime.start();
    const int count = Effort::scaled(crowdSize);
    for (int i = 0; i < count; ++i) {
        const QString id = QLatin1String(prefix) + QString::number(i);
        m_recorders.push_back(m_runtime.createRecorder(id, shortQueue()));
        for (const char *name : { "requests", "answers", "checks" })
            m_recorders.back()->registerMetric(counter<Testing::Tick>(QString::fromLatin1(name)));
    }
    m_source = std::make_unique<Testing::CountingSource>(m_runtime.snapshotSource());
    QObject::connect(&m_model, &SnapshotModel::updated, [this] { ++m_updateCount; });
    m_model.setMetricsOnDemand(metrics == Metrics::OnDemand);
    m_model.setSource(m_source.get());
    m_filter.setMovesRows(false);
    m_filter.setSourceModel(&m_model);
    m_filter.setFilterText(QLatin1String(prefix) + u'7');
    while (m_model.rowCount() < count || m_filter.isBusy())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    m_view = std::make_unique<CollapsedTree>(m_filter);
}

void CrowdSubject::noteHandled()
{
    m_behind.clear();
    for (int row = 0; row < m_filter.rowCount(); ++row) {
        const QString id = m_filter.index(row, 0).data(SnapshotModel::EntityIdRole).toString();
        const int number = id.sliced(qsizetype(sizeof(prefix)) - 1).toInt();
        m_behind.push_back({ row, m_recorders[std::size_t(number)]->statistics().handled });
    }
}

bool CrowdSubject::isCaughtUp()
{
    while (!m_behind.empty()) {
        const auto &[row, handled] = m_behind.back();
        const QModelIndex index = m_filter.index(row, 0);
        if (index.data(SnapshotModel::HandledRole).toULongLong() < handled)
            return false;
        m_behind.pop_back();
    }
    return true;
}

} // namespace Benchmarks
