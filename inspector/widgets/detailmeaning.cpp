// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/detailmeaning_p.h"

#include "widgets/labelcolor_p.h"
#include "widgets/quietcolor_p.h"

#include <QEvent>
#include <QGridLayout>

#include <utility>

namespace Recorders::Internal {

DetailMeaning::DetailMeaning(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    setObjectName(QStringLiteral("meaning"));
    setAccessibleName(tr("Meaning"));
    m_layout->setContentsMargins({});
    m_layout->setHorizontalSpacing(fontMetrics().height());
    m_layout->setVerticalSpacing(fontMetrics().height() / 4);
    m_layout->setColumnStretch(1, 1);
}

void DetailMeaning::setLines(const QList<MeaningLine> &lines)
{
    if (std::exchange(m_lines, lines) == lines)
        return;
    while (m_texts.size() < lines.size()) {
        m_subjects.append(addLabel(int(m_subjects.size()), 0));
        m_texts.append(addLabel(int(m_texts.size()), 1));
        m_texts.last()->setWordWrap(true);
        m_texts.last()->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    QStringList all;
    for (qsizetype i = 0; i < m_texts.size(); ++i) {
        const MeaningLine line = i < lines.size() ? lines[i] : MeaningLine();
        m_subjects[i]->setText(line.subject);
        m_texts[i]->setText(line.text);
        m_subjects[i]->setVisible(i < lines.size());
        m_texts[i]->setVisible(i < lines.size());
        all.append(line.subject + QStringLiteral(": ") + line.text);
    }
    setAccessibleDescription(all.mid(0, lines.size()).join(u'\n'));
    applyPalette();
}

QLabel *DetailMeaning::addLabel(int row, int column)
{
    auto *label = new QLabel(this);
    label->setTextFormat(Qt::PlainText);
    m_layout->addWidget(label, row, column, Qt::AlignTop);
    return label;
}

void DetailMeaning::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyPalette();
}

void DetailMeaning::applyPalette()
{
    for (QLabel *label : std::as_const(m_subjects))
        setTextColor(label, quietText(palette()));
    for (QLabel *label : std::as_const(m_texts))
        setTextColor(label, palette().color(QPalette::Text));
}

} // namespace Recorders::Internal
