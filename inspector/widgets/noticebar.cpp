// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/noticebar_p.h"

#include "widgets/quietcolor_p.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QStyle>
#include <QToolButton>

#include <chrono>

namespace Recorders::Internal {

using namespace std::chrono_literals;

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_cancel(newButton(tr("Cancel")))
    , m_close(newButton(tr("Dismiss")))
{
    m_label->setTextFormat(Qt::PlainText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_label->setWordWrap(true);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton, nullptr, this));
    m_close->setToolTip(tr("Dismiss (Esc)"));
    connect(m_cancel, &QToolButton::clicked, this, &NoticeBar::canceled);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    auto *layout = new QHBoxLayout(this);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_cancel, 0, Qt::AlignTop);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    m_patience.setSingleShot(true);
    m_patience.setInterval(300ms);
    connect(&m_patience, &QTimer::timeout, this, [this] { show(m_progress, true); });
    setAccessibleName(tr("Notice"));
    applyMetrics();
    hide();
}

QToolButton *NoticeBar::newButton(const QString &text)
{
    auto *button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setText(text);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

QString NoticeBar::text() const
{
    return m_label->text();
}

void NoticeBar::say(const QString &text)
{
    m_patience.stop();
    show(text, false);
}

void NoticeBar::showProgress(const QString &text)
{
    m_progress = text;
    if (m_cancel->isVisible() && !text.isEmpty())
        show(text, true);
    else if (m_cancel->isVisible())
        hide();
    else if (text.isEmpty())
        m_patience.stop();
    else if (!m_patience.isActive())
        m_patience.start();
}

void NoticeBar::show(const QString &text, bool isProgress)
{
    m_label->setText(text);
    m_cancel->setVisible(isProgress);
    m_close->setVisible(!isProgress);
    setAccessibleDescription(text);
    QWidget::show();
}

void NoticeBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        applyMetrics();
}

void NoticeBar::applyMetrics()
{
    const int character = fontMetrics().horizontalAdvance(u'0');
    layout()->setContentsMargins(character, character / 2, character, character / 2);
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(QPen(hairline(palette()), 0));
    painter.drawLine(rect().topLeft(), rect().topRight());
}

void NoticeBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_cancel->isVisible())
        Q_EMIT canceled();
    else if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

} // namespace Recorders::Internal
