// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/detailheader_p.h"

#include "widgets/labelcolor_p.h"
#include "widgets/meaning_p.h"
#include "widgets/quietcolor_p.h"
#include "widgets/scaledfont_p.h"
#include "widgets/valuecolumns_p.h"

#include <recorders/core/namespace.h>
#include <recorders/model/snapshotmodel.h>

#include <QEvent>
#include <QLabel>
#include <QModelIndex>
#include <QStringList>
#include <QVBoxLayout>

namespace Recorders::Internal {

namespace {

QString titleOf(const QModelIndex &index)
{
    QStringList parts;
    for (const int role :
         { SnapshotModel::EntityIdRole, SnapshotModel::MetricRole, SnapshotModel::DimensionRole }) {
        const QString part = index.data(role).toString().simplified();
        if (!part.isEmpty())
            parts.append(part);
    }
    return parts.join(QStringLiteral(" / "));
}

QString factsOf(const QModelIndex &index)
{
    QStringList facts;
    const QVariant rate = index.data(SnapshotModel::RateRole);
    if (rate.isValid()) {
        const QString sign = rate.toDouble() > 0 ? QStringLiteral("+") : QString();
        facts.append(sign
                     + index.siblingAtColumn(ValueColumns(*index.model()).rate).data().toString());
    }
    const QString kind = kindName(index.data(SnapshotModel::KindRole).value<MetricKind>());
    if (!kind.isEmpty())
        facts.append(kind);
    return facts.join(QStringLiteral("  \u00b7  "));
}

} // namespace

DetailHeader::DetailHeader(QWidget *parent)
    : QWidget(parent)
    , m_title(addLabel("detailTitle"))
    , m_value(addLabel("detailValue"))
    , m_facts(addLabel("detailFacts"))
    , m_description(addLabel("detailDescription"))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    for (QLabel *label : { m_title, m_value, m_facts, m_description })
        layout->addWidget(label);
    m_description->setWordWrap(true);
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    applyStyle();
}

QLabel *DetailHeader::addLabel(const char *name)
{
    auto *label = new QLabel(this);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

void DetailHeader::setIndex(const QModelIndex &index)
{
    m_fullTitle = titleOf(index);
    m_fullValue = index.data(SnapshotModel::TextRole).toString().simplified();
    const QString exact = index.data(SnapshotModel::ExactTextRole).toString();
    m_title->setToolTip(m_fullTitle);
    m_value->setToolTip(exact);
    m_title->setAccessibleName(m_fullTitle);
    m_value->setAccessibleName(m_fullValue);
    m_facts->setText(factsOf(index));
    m_facts->setVisible(!m_facts->text().isEmpty());
    const QString error = index.data(SnapshotModel::ErrorTextRole).toString();
    const QString description = index.data(SnapshotModel::DescriptionRole).toString();
    m_description->setText(error.isEmpty() ? description : QStringLiteral("\u26a0 ") + error);
    m_description->setVisible(!m_description->text().isEmpty());
    elide();
}

void DetailHeader::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    switch (event->type()) {
    case QEvent::FontChange:
    case QEvent::LayoutDirectionChange:
    case QEvent::PaletteChange:
        applyStyle();
        break;
    default:
        break;
    }
}

void DetailHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    elide();
}

void DetailHeader::applyStyle()
{
    constexpr double larger = 1.8;
    const QFont large = scaled(font(), larger);
    layout()->setSpacing(fontMetrics().height() / 4);
    if (m_value->font() != large)
        m_value->setFont(large);
    // By itself, a label goes by the direction of its text.
    const Qt::Alignment side = isRightToLeft() ? Qt::AlignRight | Qt::AlignAbsolute
                                               : Qt::AlignLeft | Qt::AlignAbsolute;
    for (QLabel *label : { m_title, m_value, m_facts, m_description })
        label->setAlignment(side | Qt::AlignVCenter);
    const QColor front = palette().color(QPalette::Text);
    const QColor quiet = quietText(palette());
    setTextColor(m_title, front);
    setTextColor(m_value, front);
    setTextColor(m_facts, quiet);
    setTextColor(m_description, quiet);
}

void DetailHeader::elide()
{
    m_title->setText(m_title->fontMetrics().elidedText(m_fullTitle, Qt::ElideMiddle, width()));
    m_value->setText(m_value->fontMetrics().elidedText(m_fullValue, Qt::ElideRight, width()));
}

} // namespace Recorders::Internal
