// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/detailfigures_p.h"

#include "plot/histogramview_p.h"
#include "widgets/barlistview_p.h"
#include "widgets/labelcolor_p.h"
#include "widgets/metricparts_p.h"
#include "widgets/quietcolor_p.h"

#include <recorders/model/formattedvalue.h>

#include <QEvent>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

QList<BarRow> rowsOf(const MetricParts &parts, BytePrefix bytes)
{
    double largest = 0;
    for (const MetricPart &part : parts.parts)
        largest = std::max(largest, std::abs(part.value.toDouble()));
    QList<BarRow> rows;
    for (const MetricPart &part : parts.parts) {
        BarRow row;
        row.key = part.name;
        row.name = part.isRest ? DetailFigures::tr("others, beyond the limit") : part.name;
        row.length = largest > 0 ? std::abs(part.value.toDouble()) / largest : 0;
        row.text = FormattedValue(part.value, parts.unit, bytes).text();
        row.exactText = FormattedValue::exact(part.value, parts.unit);
        if (part.share)
            row.share = DetailFigures::tr("%1 %").arg(*part.share * 100, 0, 'f', 1);
        row.isQuiet = part.isRest;
        rows.append(row);
    }
    return rows;
}

QString summaryOf(const QList<BarRow> &rows)
{
    QStringList texts;
    for (const BarRow &row : rows)
        texts.append(QStringList{ row.name, row.text, row.share }.join(u' ').simplified());
    return texts.join(u'\n');
}

} // namespace

DetailFigures::DetailFigures(QWidget *parent)
    : QWidget(parent)
    , m_summary(addLabel("histogramSummary"))
    , m_histogram(new HistogramView(this))
    , m_partsTitle(addLabel("partsTitle"))
    , m_parts(new BarListView(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_summary);
    layout->addWidget(m_histogram, 1);
    layout->addWidget(m_partsTitle);
    layout->addWidget(m_parts);
    m_parts->setObjectName(QStringLiteral("parts"));
    m_parts->setHeaderHidden(true);
    m_parts->setModel(&m_model);
    m_parts->setShownColumns({ BarListModel::NameColumn, BarListModel::BarColumn,
                               BarListModel::ValueColumn, BarListModel::ShareColumn });
    m_parts->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    applyStyle();
    clear();
}

QLabel *DetailFigures::addLabel(const char *name)
{
    auto *label = new QLabel(this);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

void DetailFigures::show(const MetricSnapshot &metric, const QString &dimension)
{
    std::optional<DistributionFigures> distribution = DistributionFigures::of(metric, dimension);
    if (distribution)
        distribution->bytes = m_bytes;
    m_summary->setVisible(distribution.has_value());
    m_histogram->setVisible(distribution && distribution->count.toDouble() > 0);
    if (distribution)
        showDistribution(*distribution);
    setSizePolicy(QSizePolicy::Preferred,
                  m_histogram->isHidden() ? QSizePolicy::Maximum : QSizePolicy::Preferred);
    const MetricParts parts = MetricParts::of(metric, dimension);
    m_partsTitle->setVisible(!parts.parts.isEmpty());
    m_parts->setVisible(!parts.parts.isEmpty());
    showParts(parts);
    setVisible(distribution || !parts.parts.isEmpty());
}

void DetailFigures::showDistribution(const DistributionFigures &distribution)
{
    m_summary->setText(distribution.part.isEmpty()
                               ? distribution.summary()
                               : distribution.part + QStringLiteral(": ") + distribution.summary());
    m_histogram->setDistribution(distribution);
}

void DetailFigures::showParts(const MetricParts &parts)
{
    const QList<BarRow> rows = rowsOf(parts, m_bytes);
    m_model.setRows(rows);
    const bool isNamed = parts.attribute != u"key"; // else it was not said what it is
    m_partsTitle->setText(isNamed ? tr("By %1").arg(parts.attribute) : tr("In parts"));
    m_parts->setAccessibleName(tr("%1 by %2").arg(parts.figure, parts.attribute));
    m_parts->setAccessibleDescription(summaryOf(rows));
}

void DetailFigures::clear()
{
    m_histogram->setDistribution({});
    m_model.setRows({});
    hide();
}

void DetailFigures::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        applyStyle();
}

void DetailFigures::applyStyle()
{
    layout()->setSpacing(fontMetrics().height() / 4);
    for (QLabel *label : { m_summary, m_partsTitle })
        setTextColor(label, quietText(palette()));
}

} // namespace Recorders::Internal
