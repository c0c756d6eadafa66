// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/barlistmodel_p.h"

#include <recorders/core/metricsnapshot.h>

#include <QWidget>

class QLabel;

namespace Recorders::Internal {

class BarListView;
class HistogramView;
struct DistributionFigures;
struct MetricParts;

// What there is to a metric beside its value: its distribution, and its parts.
class DetailFigures : public QWidget
{
    Q_OBJECT

public:
    explicit DetailFigures(QWidget *parent = nullptr);

    void show(const MetricSnapshot &metric, const QString &dimension);
    void clear();
    void setBytePrefix(BytePrefix bytes) { m_bytes = bytes; } // of what is shown next

protected:
    void changeEvent(QEvent *event) override;

private:
    QLabel *addLabel(const char *name);
    void showDistribution(const DistributionFigures &distribution);
    void showParts(const MetricParts &parts);
    void applyStyle();

    QLabel *const m_summary;
    HistogramView *const m_histogram;
    QLabel *const m_partsTitle;
    BarListView *const m_parts;
    BarListModel m_model; // of the parts
    BytePrefix m_bytes = BytePrefix::Binary;
};

} // namespace Recorders::Internal
