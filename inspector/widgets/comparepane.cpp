// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/comparepane_p.h"

#include "plot/plottable_p.h"
#include "widgets/barlistview_p.h"
#include "widgets/labelcolor_p.h"
#include "widgets/quietcolor_p.h"
#include "widgets/rowhold_p.h"
#include "widgets/scaledfont_p.h"

#include <recorders/model/formattedvalue.h>

#include <QEvent>
#include <QHeaderView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

BarRow rowOf(const RankedRecorder &recorder, const Ranking &ranking, BytePrefix bytes)
{
    BarRow row;
    row.key = recorder.entityId;
    row.name = recorder.entityId;
    row.text = FormattedValue(recorder.value, ranking.unit, bytes).text();
    row.exactText = FormattedValue::exact(recorder.value, ranking.unit);
    if (isPlottable(recorder.value) && ranking.largest > 0)
        row.length = std::abs(recorder.value.toDouble()) / ranking.largest;
    row.trend = recorder.trend;
    return row;
}

QString titleOf(const QString &metric, const QString &dimension)
{
    return (dimension.isEmpty() ? metric : metric + QStringLiteral(" / ") + dimension).simplified();
}

QLabel *newLabel(const char *name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ComparePane::ComparePane(QWidget *parent)
    : QWidget(parent)
    , m_title(newLabel("compareTitle", this))
    , m_subtitle(newLabel("compareSubtitle", this))
    , m_list(new BarListView(this))
    , m_more(newLabel("compareMore", this))
{
    setObjectName(QStringLiteral("compare"));
    setAccessibleName(tr("Comparison of recorders"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_more);
    setUpList();
    connect(&m_comparison, &RecorderComparison::ranked, this, &ComparePane::show);
    applyStyle();
    setValue({});
}

void ComparePane::setUpList()
{
    m_list->setObjectName(QStringLiteral("compareList"));
    m_list->setAccessibleName(tr("Recorders"));
    m_list->setModel(&m_model);
    m_list->setMaxLines(RecorderRanking::maxRecorders);
    m_list->setShownColumns({ BarListModel::NameColumn, BarListModel::BarColumn,
                              BarListModel::ValueColumn, BarListModel::TrendColumn });
    QHeaderView *header = m_list->header();
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(BarListModel::ValueColumn, Qt::DescendingOrder);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &ComparePane::sort);
    const auto *hold = new RowHold(m_list, this);
    connect(hold, &RowHold::changed, &m_comparison, &RecorderComparison::setHeld);
    connect(m_list, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        Q_EMIT activated(index.data(BarListModel::KeyRole).toString());
    });
}

void ComparePane::setSource(SnapshotSource *source)
{
    m_comparison.setSource(source);
}

void ComparePane::setValue(const ComparedValue &value)
{
    if (!value.metric.isEmpty() && value == m_comparison.value())
        return;
    m_comparison.setValue(value);
    m_ranking = {};
    m_model.setRows({});
    m_more->hide();
    const bool isAny = !value.metric.isEmpty();
    m_title->setText(isAny ? titleOf(value.metric, value.dimension) : tr("Nothing to compare"));
    m_subtitle->setText(isAny ? tr("Asking all recorders\u2026")
                              : tr("Select a metric, or one of its values, to see it for all "
                                   "recorders."));
    m_list->setVisible(isAny);
}

void ComparePane::setCurrent(const QString &entityId)
{
    m_current = entityId;
    markCurrent();
}

void ComparePane::setBytePrefix(BytePrefix bytes)
{
    m_bytes = bytes;
    if (!m_ranking.recorders.isEmpty())
        show(Ranking(m_ranking));
}

void ComparePane::refresh()
{
    m_comparison.refresh();
}

void ComparePane::setPaused(bool paused)
{
    m_comparison.setPaused(paused);
}

void ComparePane::setSeen(bool seen)
{
    m_isSeen = seen;
    updateActivity();
}

void ComparePane::updateActivity()
{
    m_comparison.setActive(m_isSeen && isVisible());
}

void ComparePane::show(const Ranking &ranking)
{
    m_ranking = ranking;
    QList<BarRow> rows;
    for (const RankedRecorder &recorder : ranking.recorders)
        rows.append(rowOf(recorder, ranking, m_bytes));
    const bool isNew = m_model.rows().isEmpty();
    m_model.setRows(rows);
    if (isNew)
        markCurrent();
    m_title->setText(titleOf(m_comparison.value().metric, ranking.dimension));
    m_subtitle->setText(
            ranking.total == 1
                    ? tr("1 recorder has it")
                    : tr("%1 recorders have it").arg(FormattedValue(ranking.total).text()));
    const qsizetype left = ranking.total - rows.size();
    m_more->setText(tr("and %1 more").arg(FormattedValue(left).text()));
    m_more->setVisible(left > 0);
}

// What is sorted by neither is so by value.
void ComparePane::sort(int column, Qt::SortOrder order)
{
    const bool isAscending = order == Qt::AscendingOrder;
    if (column == BarListModel::NameColumn)
        m_comparison.setOrder(isAscending ? RankingOrder::ByName : RankingOrder::ByNameBackwards);
    else if (column == BarListModel::ValueColumn)
        m_comparison.setOrder(isAscending ? RankingOrder::SmallestFirst
                                          : RankingOrder::LargestFirst);
    else
        m_list->header()->setSortIndicator(BarListModel::ValueColumn, Qt::DescendingOrder);
}

void ComparePane::markCurrent()
{
    const QModelIndex first = m_model.index(0, 0);
    const QModelIndexList found =
            m_model.match(first, BarListModel::KeyRole, m_current, 1, Qt::MatchExactly);
    if (found.isEmpty())
        m_list->clearSelection();
    else
        m_list->setCurrentIndex(found.first());
}

void ComparePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateActivity();
}

void ComparePane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateActivity();
}

void ComparePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        applyStyle();
}

void ComparePane::applyStyle()
{
    constexpr double larger = 1.4;
    const int line = fontMetrics().height();
    layout()->setContentsMargins(line, line / 2, line / 2, line / 2);
    layout()->setSpacing(line / 4);
    if (const QFont font = scaled(this->font(), larger); m_title->font() != font)
        m_title->setFont(font);
    setTextColor(m_title, palette().color(QPalette::Text));
    for (QLabel *label : { m_subtitle, m_more })
        setTextColor(label, quietText(palette()));
}

} // namespace Recorders::Internal
