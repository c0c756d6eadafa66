// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/filtersource_p.h"

#include "model/nodedata_p.h"
#include "model/nodefit_p.h"
#include "model/snapshotstore_p.h"

#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <algorithm>

namespace Recorders::Internal {

namespace {

SortValue sortValue(const NodeData &data, SortKey key)
{
    if (isLive(key))
        return SortValue(data.role(roleOf(key)));
    return SortValue(key == SortKey::Unit ? data.role(SnapshotModel::UnitRole).toString()
                                          : data.name());
}

} // namespace

class FlatFilterSource : public FilterSource
{
public:
    explicit FlatFilterSource(const FlatSnapshotModel *model)
        : m_model(model)
    {
    }

    ModelContent &content() const override { return m_model->content(); }
    bool isTree() const override { return false; }
    int rowCount() const override { return m_model->rowCount(); }
    SortKey sortKey(int column) const override;
    void read(int first, int last, const std::vector<int> &numbers, SortKey key,
              SearchIndex &index) const override;
    QString columnText(const QModelIndex &index, int role) const override
    {
        return m_model->columnText(index, role);
    }

    const RecorderNode *recorderAt(int) const override { return nullptr; }
    int rowOf(const RecorderNode &) const override { return -1; }
    std::vector<int> wantedMetrics(const RecorderNode &, const RowCriteria &) const override
    {
        return {};
    }

private:
    const FlatSnapshotModel *const m_model;
};

SortKey FlatFilterSource::sortKey(int column) const
{
    if (column < 0)
        return SortKey::None;
    switch (column + SnapshotTableModel::ColumnCount - m_model->columnCount()) {
    case SnapshotTableModel::EntityColumn:
        return SortKey::Name;
    case SnapshotTableModel::MetricColumn:
        return SortKey::Metric;
    case SnapshotTableModel::DimensionColumn:
        return SortKey::Dimension;
    case SnapshotTableModel::ValueColumn:
        return SortKey::Value;
    case SnapshotTableModel::UnitColumn:
        return SortKey::Unit;
    default:
        return SortKey::Rate;
    }
}

void FlatFilterSource::read(int first, int last, const std::vector<int> &numbers, SortKey key,
                            SearchIndex &index) const
{
    m_model->visitRows(first, last, [&](int row, const MetricNode &metric, int dimension) {
        const int number = numbers[std::size_t(row)];
        index.set(number, metric, dimension);
        if (isLive(key)) {
            const auto data = NodeData::ofDimension(metric, dimension, store());
            index.setValue(number, sortValue(data, key));
        }
    });
}

class TreeFilterSource : public FilterSource
{
public:
    explicit TreeFilterSource(const SnapshotModel *model)
        : m_model(model)
        , m_store(model->content().store())
    {
    }

    ModelContent &content() const override { return m_model->content(); }
    bool isTree() const override { return true; }
    int rowCount() const override { return m_store.recorderCount(); }
    SortKey sortKey(int column) const override;
    void read(int first, int last, const std::vector<int> &numbers, SortKey key,
              SearchIndex &index) const override;
    QString columnText(const QModelIndex &index, int role) const override
    {
        return m_model->columnText(index, role);
    }

    const RecorderNode *recorderAt(int row) const override { return m_store.recorderAt(row); }
    int rowOf(const RecorderNode &recorder) const override { return m_store.rowOf(recorder); }
    std::vector<int> wantedMetrics(const RecorderNode &recorder,
                                   const RowCriteria &criteria) const override;

private:
    void sort(std::vector<int> &rows, const RecorderNode &recorder,
              const RowCriteria &criteria) const;

    const SnapshotModel *const m_model;
    const SnapshotStore &m_store;
};

SortKey TreeFilterSource::sortKey(int column) const
{
    switch (column) {
    case SnapshotModel::NameColumn:
        return SortKey::Name;
    case SnapshotModel::ValueColumn:
        return SortKey::Value;
    case SnapshotModel::UnitColumn:
        return SortKey::Unit;
    case SnapshotModel::RateColumn:
        return SortKey::Rate;
    default:
        return SortKey::None;
    }
}

void TreeFilterSource::read(int first, int last, const std::vector<int> &numbers, SortKey key,
                            SearchIndex &index) const
{
    for (int row = first; row <= last; ++row) {
        const RecorderNode &recorder = *m_store.recorderAt(row);
        const int number = numbers[std::size_t(row)];
        index.set(number, recorder);
        if (isLive(key)) {
            const auto data = NodeData::ofRecorder(recorder, m_store);
            index.setValue(number, sortValue(data, key));
        }
    }
}

std::vector<int> TreeFilterSource::wantedMetrics(const RecorderNode &recorder,
                                                 const RowCriteria &criteria) const
{
    std::vector<int> rows = fittingMetrics(recorder, criteria.pattern);
    if (criteria.key != SortKey::None)
        sort(rows, recorder, criteria);
    return rows;
}

void TreeFilterSource::sort(std::vector<int> &rows, const RecorderNode &recorder,
                            const RowCriteria &criteria) const
{
    std::vector<SortValue> values(recorder.metrics.size());
    std::vector<SortCandidate> candidates;
    candidates.reserve(rows.size());
    for (const int row : rows) {
        const auto &metric = *recorder.metrics[std::size_t(row)];
        SortValue &value = values[std::size_t(row)];
        value = sortValue(NodeData::ofMetric(metric, m_store), criteria.key);
        candidates.emplace_back(value, row);
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     criteria.order == Qt::DescendingOrder ? isGreater : isLess);
    std::transform(candidates.cbegin(), candidates.cend(), rows.begin(),
                   [](const SortCandidate &candidate) { return candidate.row; });
}

std::unique_ptr<FilterSource> FilterSource::of(const QAbstractItemModel *model)
{
    if (const auto *tree = qobject_cast<const SnapshotModel *>(model))
        return std::make_unique<TreeFilterSource>(tree);
    if (const auto *flat = qobject_cast<const FlatSnapshotModel *>(model))
        return std::make_unique<FlatFilterSource>(flat);
    return {};
}

} // namespace Recorders::Internal
