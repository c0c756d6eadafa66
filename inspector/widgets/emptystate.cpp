// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/emptystate_p.h"

#include "widgets/outline_p.h"
#include "widgets/quietcolor_p.h"
#include "widgets/scaledfont_p.h"

#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Recorders::Internal {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_code(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setAutoFillBackground(true);
    for (QLabel *label : { m_title, m_text, m_code })
        label->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setAlignment(Qt::AlignHCenter);
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignHCenter);
    connect(m_button, &QPushButton::clicked, this, &EmptyState::buttonClicked);

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addWidget(m_code, 0, Qt::AlignHCenter);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    setFocusPolicy(Qt::StrongFocus); // until there are rows
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_title->setForegroundRole(QPalette::Text);
    m_text->setForegroundRole(QPalette::WindowText);
    m_code->setForegroundRole(QPalette::Text);
    m_code->setBackgroundRole(QPalette::AlternateBase);
    applyStyle();
    applyMetrics();
}

void EmptyState::setContent(const Content &content)
{
    m_title->setText(content.title);
    m_text->setText(content.text);
    m_code->setText(content.code);
    m_button->setText(content.button);
    m_code->setVisible(!content.code.isEmpty());
    m_button->setVisible(!content.button.isEmpty());
    m_code->setAccessibleName(tr("Example"));
    setAccessibleName(content.title);
    setAccessibleDescription(content.text);
}

void EmptyState::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyStyle();
    else if (event->type() == QEvent::FontChange)
        applyMetrics();
}

// The rest of the palette goes on to follow that of the window.
void EmptyState::applyStyle()
{
    keepOutline(m_button);
    const QColor color = quietText(palette());
    if (m_text->palette().color(QPalette::WindowText) == color)
        return;
    QPalette quiet;
    quiet.setColor(QPalette::WindowText, color);
    m_text->setPalette(quiet);
}

void EmptyState::applyMetrics()
{
    constexpr double larger = 1.35;
    const int line = fontMetrics().height();
    layout()->setContentsMargins(2 * line, line, 2 * line, line);
    layout()->setSpacing(line / 2);
    m_code->setMargin(line * 3 / 4);
    m_title->setFont(scaled(font(), larger));
    QFont code = font();
    code.setFamilies({ QFontDatabase::systemFont(QFontDatabase::FixedFont).family() });
    m_code->setFont(code);
}

} // namespace Recorders::Internal
