// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/rowtaker_p.h"

#include <recorders/model/flatsnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QAbstractProxyModel>
#include <QDeadlineTimer>

#include <utility>

namespace Recorders::Internal {

/*
    Nothing is copied before it is taken. The caller lets the model stand still meanwhile, so
    that the rows stay as they were; it catches up afterwards. Should they change all the same,
    because the user searches for something else, sorts, asks for an update or closes the source,
    then the model says so before it changes them, and the rest is taken at once: the GUI waits for
    that, but what is taken always belongs to one moment.
*/

namespace {

constexpr int rowsBetweenLooksAtTheClock = 64;

const QAbstractItemModel *origin(const QAbstractItemModel *model)
{
    while (const auto *proxy = qobject_cast<const QAbstractProxyModel *>(model))
        model = proxy->sourceModel();
    return model;
}

} // namespace

RowTaker::RowTaker(const QAbstractItemModel *model, QObject *parent,
                   std::chrono::milliseconds slice)
    : QObject(parent)
    , m_model(model)
    , m_slice(slice)
    , m_levels{ Level{} }
{
    connect(&m_timer, &QTimer::timeout, this, &RowTaker::takeSlice);
    connectChanges();
}

void RowTaker::connectChanges()
{
    connect(m_model, &QAbstractItemModel::layoutAboutToBeChanged, this, &RowTaker::finish);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &RowTaker::finish);
    connect(m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, &RowTaker::finish);
    connect(m_model, &QAbstractItemModel::rowsAboutToBeMoved, this, &RowTaker::finish);
    connect(m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &RowTaker::finish);
    if (const auto *tree = qobject_cast<const SnapshotModel *>(origin(m_model)))
        connect(tree, &SnapshotModel::aboutToUpdate, this, &RowTaker::finish);
    if (const auto *table = qobject_cast<const FlatSnapshotModel *>(origin(m_model)))
        connect(table, &FlatSnapshotModel::aboutToUpdate, this, &RowTaker::finish);
}

void RowTaker::start()
{
    m_timer.start(0);
    takeSlice();
}

void RowTaker::finish()
{
    while (takeNext()) { }
    end();
}

void RowTaker::takeSlice()
{
    const QDeadlineTimer deadline(m_slice, Qt::PreciseTimer);
    do {
        for (int i = 0; i < rowsBetweenLooksAtTheClock; ++i) {
            if (!takeNext()) {
                end();
                return;
            }
        }
    } while (!deadline.hasExpired());
    Q_EMIT progressed(percent());
}

bool RowTaker::takeNext()
{
    while (!m_levels.empty() && m_levels.back().row >= m_model->rowCount(m_levels.back().parent))
        m_levels.pop_back();
    if (m_levels.empty())
        return false;
    Level &level = m_levels.back();
    const QModelIndex index = m_model->index(level.row++, 0, level.parent);
    if (m_model->hasChildren(index))
        m_levels.push_back({ index, 0 });
    else
        m_rows.append(SnapshotRow::of(index));
    return true;
}

int RowTaker::percent() const
{
    const qint64 count = m_model->rowCount();
    return m_levels.empty() || count == 0 ? 100 : int(100 * qint64(m_levels.front().row) / count);
}

void RowTaker::end()
{
    if (!m_timer.isActive())
        return;
    m_timer.stop();
    disconnect(m_model, nullptr, this, nullptr);
    disconnect(origin(m_model), nullptr, this, nullptr);
    Q_EMIT finished(std::exchange(m_rows, {}));
}

} // namespace Recorders::Internal
