// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/threshold_p.h"

#include <QHash>
#include <QList>
#include <QModelIndex>
#include <QObject>
#include <QStringList>

namespace Recorders {
class SnapshotModel;
}

namespace Recorders::Internal {

// Finds the values of a model that are beyond a threshold. It looks at what changed only.
class ThresholdWatch : public QObject
{
    Q_OBJECT

public:
    explicit ThresholdWatch(const SnapshotModel *model, QObject *parent = nullptr);

    QList<Threshold> thresholds() const { return m_thresholds; }
    void setThresholds(const QList<Threshold> &thresholds);

    qsizetype alertCount() const { return m_alerts.size(); } // values
    // What is said of a row of any model of snapshots: "above 2 MiB". Of a recorder, how many of
    // its values are beyond; mostly nothing.
    QString alertText(const QModelIndex &row) const;

Q_SIGNALS:
    void thresholdsChanged();
    void alertsChanged();
    void crossed(const Recorders::Internal::Threshold &threshold, const QString &entityId,
                 const QVariant &value);

private:
    void connectModel();
    bool concerns(const QString &entityId) const;
    void visitAll();
    void visitRecorders(int first, int last);
    void visitStates(int first, int last);
    void visitMetrics(const QModelIndex &recorder, int first, int last);
    void visitMetric(const QModelIndex &metric, QList<Threshold> thresholds);
    void check(const Threshold &threshold, const QModelIndex &value);
    void setAlert(const QStringList &key, const Threshold &threshold, bool isBeyond);
    void forget(const QModelIndex &parent, int first, int last);
    void forget(const QStringList &path);
    void forgetOtherThresholds();

    const SnapshotModel *const m_model;
    QList<Threshold> m_thresholds;
    QHash<QString, QList<Threshold>> m_byMetric;
    QHash<QStringList, QList<Threshold>> m_alerts; // by recorder, metric and dimension
    QHash<QString, int> m_alertsOfRecorder;
};

} // namespace Recorders::Internal
