// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotnodes_p.h"

#include <recorders/model/formattedvalue.h>

#include <QDateTime>
#include <QVariant>

namespace Recorders::Internal {

class SnapshotStore;
struct Comparison;

// The columns that models have, in whatever place.
enum class NodeColumn {
    Entity,
    Metric,
    Name, // of the node itself
    Value,
    Unit,
    Rate,
    Added, // by a class that is derived from a model: shows the rate, unless it knows better
};

QVariant alignmentOf(NodeColumn column);

// What the models show of a recorder, metric or dimension: the same everywhere.
class NodeData
{
public:
    static NodeData ofRecorder(const RecorderNode &recorder, const SnapshotStore &store);
    static NodeData ofMetric(const MetricNode &metric, const SnapshotStore &store);
    static NodeData ofDimension(const MetricNode &metric, int dimension,
                                const SnapshotStore &store);

    QVariant data(NodeColumn column, int role) const; // of a model
    QVariant role(int role) const; // of SnapshotModel::Role; invalid for others
    QString name() const;
    QString columnText(int role) const; // of a column that shows this role

private:
    explicit NodeData(const SnapshotStore &store);

    DimensionView dimensionAt(int row) const;
    std::optional<DimensionView> lead() const; // what a row shows for its value
    int leadIndex() const;
    bool isEnded() const;
    bool isUnknown() const; // of a metric: what its last values were
    bool isMessage() const; // a state in words instead of a value
    QString message() const;
    QString recorderMessage() const;
    QString valueText() const;
    QString unitText() const;
    QString rateText() const;
    QVariant displayed(NodeColumn column) const;
    QString toolTip() const;
    FormattedValue formatted() const;
    FormattedValue formatted(const QVariant &value, const Unit &unit) const;
    QString text() const;
    std::optional<double> rate() const;
    Unit rateUnit() const;
    QVariant value() const;
    QVariant state() const;
    QString error() const;
    QString description() const;
    QDateTime lastChanged() const;
    Comparison comparison() const;
    QString deltaText() const;
    QVariant nodeRole(int role) const;
    QVariant comparisonRole(int role) const;
    std::optional<DimensionView> figure(int role) const; // of a metric's own row

    const RecorderNode *m_recorder = nullptr;
    const MetricNode *m_metric = nullptr;
    const SnapshotStore *m_store;
    int m_dimension = -1;
};

QString rateToolTip();

} // namespace Recorders::Internal
