// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/statussummary_p.h"

#include "widgets/quietcolor_p.h"

#include <recorders/model/formattedvalue.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSet>
#include <QStringList>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace Recorders::Internal {

namespace {

QString shortNumber(quint64 number)
{
    return FormattedValue(number).text();
}

QString textOf(const QWidget &part)
{
    return part.property("text").toString(); // of a label as of a button
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
    , m_failed(addLink())
    , m_quarantined(addLink())
    , m_alerts(addLink())
    , m_held(addLabel())
    , m_histories(addLabel())
    , m_cost(addLabel())
{
    m_failed->setObjectName(QStringLiteral("failed"));
    m_quarantined->setObjectName(QStringLiteral("quarantined"));
    m_alerts->setObjectName(QStringLiteral("alertCount"));
    m_held->setObjectName(QStringLiteral("held"));
    m_histories->setObjectName(QStringLiteral("histories"));
    m_cost->setObjectName(QStringLiteral("cost"));
    layOut();
    explain();
    connectLinks();
    applyMetrics();
}

void StatusSummary::layOut()
{
    auto *layout = new QHBoxLayout(this);
    for (QWidget *part : std::as_const(m_parts))
        layout->addWidget(part);
    layout->insertStretch(layout->indexOf(m_held), 1);
}

void StatusSummary::explain()
{
    m_held->setToolTip(tr("Rows stay where they are while the pointer is over them,\n"
                          "or you walk in them by keyboard (Esc lets go)"));
    m_pending->setToolTip(tr("Events that were accepted and not handled yet"));
    m_dropped->setToolTip(tr("Events that were dropped or rejected because a queue was full,\n"
                             "also of recorders that are gone"));
    m_events->setToolTip(tr("Events handled by all recorders, over the last second"));
    m_failed->setToolTip(tr("Recorders that failed: click to see them"));
    m_quarantined->setToolTip(
            tr("Metrics that failed too often and get no more events: click to see them"));
    m_alerts->setToolTip(tr("Values that are beyond a threshold: click to see all thresholds"));
    m_histories->setToolTip(
            tr("Memory for the values that were plotted, and how much it may become"));
    setAccessibleName(tr("Summary"));
}

void StatusSummary::connectLinks()
{
    connect(m_failed, &QToolButton::clicked, this,
            [this] { Q_EMIT searchWanted(QStringLiteral("state:failed")); });
    connect(m_quarantined, &QToolButton::clicked, this,
            [this] { Q_EMIT searchWanted(QStringLiteral("state:quarantined")); });
    connect(m_alerts, &QToolButton::clicked, this, &StatusSummary::alertsWanted);
}

QLabel *StatusSummary::addLabel()
{
    auto *label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    m_parts.append(label);
    return label;
}

// Of no height of its own, so that nothing moves when it comes.
QToolButton *StatusSummary::addLink()
{
    auto *link = new QToolButton(this);
    link->setAutoRaise(true);
    link->setToolButtonStyle(Qt::ToolButtonTextOnly);
    link->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Ignored);
    link->setFocusPolicy(Qt::TabFocus);
    link->setCursor(Qt::PointingHandCursor);
    QFont font; // in all else as the others
    font.setBold(true);
    link->setFont(font);
    m_parts.append(link);
    return link;
}

void StatusSummary::set(QWidget *part, const QString &text)
{
    if (textOf(*part) == text)
        return;
    part->setProperty("text", text);
    hideWhatDoesNotFit();
    setAccessibleDescription(this->text());
}

void StatusSummary::setState(const QString &glyphAndWord, const QString &explanation)
{
    const int longest = 80 * fontMetrics().averageCharWidth(); // names have no end
    set(m_state, fontMetrics().elidedText(glyphAndWord, Qt::ElideMiddle, longest));
    m_state->setToolTip(explanation);
}

void StatusSummary::setOrderHeld(bool held)
{
    set(m_held, held ? tr("\u2195 order held") : QString());
}

void StatusSummary::setTotals(const SnapshotModel::Totals &totals)
{
    set(m_recorders,
        totals.recorders == 1 ? tr("1 recorder") : tr("%1 recorders").arg(totals.recorders));
    set(m_metrics, totals.metrics == 1 ? tr("1 metric") : tr("%1 metrics").arg(totals.metrics));
    const auto events = quint64(std::llround(std::clamp(totals.eventsPerSecond, 0.0, 1e18)));
    set(m_events, tr("%1 events/s").arg(shortNumber(events)));
    set(m_pending, tr("%1 pending").arg(shortNumber(totals.pending)));
    const QString dropped = tr("%1 dropped").arg(shortNumber(totals.dropped));
    set(m_dropped, totals.dropped > 0 ? QString(QStringLiteral("\u26a0 ") + dropped) : dropped);
    QFont font; // in all else as the others
    font.setBold(totals.dropped > 0);
    m_dropped->setFont(font);
    set(m_failed, totals.failed > 0 ? tr("\u2715 %1 failed").arg(totals.failed) : QString());
    set(m_quarantined,
        totals.quarantined > 0 ? tr("\u26a0 %1 quarantined").arg(totals.quarantined) : QString());
}

void StatusSummary::setOld(bool old)
{
    for (QLabel *label : { m_recorders, m_metrics, m_events, m_pending, m_dropped })
        label->setForegroundRole(old ? QPalette::PlaceholderText : QPalette::NoRole);
}

void StatusSummary::setAlerts(const QString &text)
{
    set(m_alerts, text);
}

void StatusSummary::setHistories(const QString &text)
{
    set(m_histories, text);
}

void StatusSummary::setCost(const QString &text, const QString &explanation)
{
    set(m_cost, text);
    m_cost->setToolTip(explanation);
}

QString StatusSummary::text() const
{
    QStringList texts;
    for (const QWidget *part : m_parts)
        texts += textOf(*part);
    texts.removeAll(QString());
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

void StatusSummary::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(QPen(hairline(palette()), 0));
    painter.drawLine(rect().topLeft(), rect().topRight());
}

void StatusSummary::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    hideWhatDoesNotFit();
}

void StatusSummary::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

void StatusSummary::applyMetrics()
{
    const int character = fontMetrics().horizontalAdvance(u'0');
    const int padding = fontMetrics().height() / 4;
    layout()->setContentsMargins(character, padding, character, padding);
    layout()->setSpacing(character * 5 / 2);
    hideWhatDoesNotFit();
}

// What says least about health goes first. What has nothing to say takes no room.
void StatusSummary::hideWhatDoesNotFit()
{
    if (!layout())
        return;
    const auto widthOf = [this](const QWidget *part) {
        return textOf(*part).isEmpty() ? 0 : part->sizeHint().width() + layout()->spacing();
    };
    const QMargins margins = layout()->contentsMargins();
    int needed = margins.left() + margins.right() - layout()->spacing();
    for (const QWidget *part : std::as_const(m_parts))
        needed += widthOf(part);
    QSet<QWidget *> hidden;
    for (QLabel *label :
         { m_histories, m_cost, m_metrics, m_recorders, m_events, m_pending, m_dropped }) {
        if (needed <= width())
            break;
        needed -= widthOf(label);
        hidden.insert(label);
    }
    for (QWidget *part : std::as_const(m_parts))
        part->setVisible(!textOf(*part).isEmpty() && !hidden.contains(part));
}

} // namespace Recorders::Internal
