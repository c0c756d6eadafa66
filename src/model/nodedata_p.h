// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/snapshotnodes_p.h"

#include <recorders/model/formattedvalue.h>

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QVariant>

namespace Recorders::Internal {

struct NodeChange;

// What the models show of a recorder, metric or dimension: the same everywhere.
class NodeData
{
public:
    static NodeData ofRecorder(const RecorderNode &recorder, bool isEnded);
    static NodeData ofMetric(const MetricNode &metric, bool isEnded);
    static NodeData ofDimension(const MetricNode &metric, int dimension, bool isEnded);

    QVariant role(int role) const; // of SnapshotModel::Role; invalid for others
    QString name() const;
    QString valueText() const;
    QString unitText() const;
    QString rateText() const;
    QString toolTip() const;

private:
    NodeData() = default;

    const Dimension *lead() const; // what a row shows for its value
    int leadIndex() const;
    bool isMessage() const; // a state in words instead of a value
    QString message() const;
    QString recorderMessage() const;
    FormattedValue formatted() const;
    QString text() const;
    std::optional<double> rate() const;
    Unit rateUnit() const;
    QVariant value() const;
    QVariant state() const;
    QString error() const;
    QString description() const;

    const RecorderNode *m_recorder = nullptr;
    const MetricNode *m_metric = nullptr;
    int m_dimension = -1;
    bool m_isEnded = false;
};

QHash<int, QByteArray> nodeRoleNames(QHash<int, QByteArray> names);
QList<int> recorderRoles(); // that may change
QList<int> valueRoles(const NodeChange &change); // of a metric or dimension
QString rateToolTip();

} // namespace Recorders::Internal
