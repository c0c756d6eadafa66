// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/statussummary.h"

#include <recorders/model/formattedvalue.h>

#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>

#include <cmath>

namespace Recorders::Internal {

namespace {

QString shortNumber(quint64 number)
{
    return FormattedValue(number).text();
}

} // namespace

StatusSummary::StatusSummary(QWidget *parent)
    : QWidget(parent)
    , m_state(addLabel())
    , m_recorders(addLabel())
    , m_metrics(addLabel())
    , m_events(addLabel())
    , m_pending(addLabel())
    , m_dropped(addLabel())
{
    const int character = fontMetrics().horizontalAdvance(u'0');
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(character, 0, character, 0);
    layout->setSpacing(character * 5 / 2);
    for (QLabel *label : std::as_const(m_labels))
        layout->addWidget(label);
    layout->addStretch(1);
    m_pending->setToolTip(tr("Events that were accepted and not handled yet"));
    m_dropped->setToolTip(tr("Events that were dropped or rejected because a queue was full"));
    m_events->setToolTip(tr("Events handled by all recorders, over the last second"));
    setAccessibleName(tr("Summary"));
}

QLabel *StatusSummary::addLabel()
{
    auto *label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    m_labels.append(label);
    return label;
}

void StatusSummary::set(QLabel *label, const QString &text)
{
    if (label->text() == text)
        return;
    label->setText(text);
    hideWhatDoesNotFit();
    setAccessibleDescription(this->text());
}

void StatusSummary::setState(const QString &glyphAndWord)
{
    set(m_state, glyphAndWord);
}

void StatusSummary::setTotals(const SnapshotModel::Totals &totals)
{
    set(m_recorders,
        totals.recorders == 1 ? tr("1 recorder") : tr("%1 recorders").arg(totals.recorders));
    set(m_metrics, totals.metrics == 1 ? tr("1 metric") : tr("%1 metrics").arg(totals.metrics));
    const auto events = quint64(std::llround(totals.eventsPerSecond));
    set(m_events, tr("%1 events/s").arg(shortNumber(events)));
    set(m_pending, tr("%1 pending").arg(shortNumber(totals.pending)));
    const QString dropped = tr("%1 dropped").arg(shortNumber(totals.dropped));
    set(m_dropped, totals.dropped > 0 ? QString(QStringLiteral("\u26a0 ") + dropped) : dropped);
    QFont font = m_state->font();
    font.setBold(totals.dropped > 0);
    m_dropped->setFont(font);
}

QString StatusSummary::text() const
{
    QStringList texts;
    for (const QLabel *label : m_labels)
        texts += label->text();
    return texts.join(QStringLiteral("   "));
}

QSize StatusSummary::sizeHint() const
{
    return QWidget::sizeHint();
}

QSize StatusSummary::minimumSizeHint() const
{
    return { 0, QWidget::minimumSizeHint().height() };
}

void StatusSummary::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    hideWhatDoesNotFit();
}

// What says least about health goes first.
void StatusSummary::hideWhatDoesNotFit()
{
    if (!layout())
        return;
    const QMargins margins = layout()->contentsMargins();
    int needed = margins.left() + margins.right() - layout()->spacing();
    for (const QLabel *label : std::as_const(m_labels))
        needed += label->sizeHint().width() + layout()->spacing();
    for (QLabel *label : { m_metrics, m_recorders, m_events, m_pending, m_dropped }) {
        const bool fits = needed <= width();
        label->setVisible(fits);
        if (!fits)
            needed -= label->sizeHint().width() + layout()->spacing();
    }
}

} // namespace Recorders::Internal
