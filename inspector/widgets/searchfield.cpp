// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/searchfield.h"

#include "widgets/symbolicon.h"

#include <QKeyEvent>

namespace Recorders::Internal {

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(tr("Search names"));
    setAccessibleName(tr("Search"));
    setToolTip(tr("Shows the recorders, metrics and dimensions whose names contain this text"));
    setClearButtonEnabled(true);
    addAction(symbolIcon(Symbol::Search, this), LeadingPosition);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SearchField::search);
    connect(this, &QLineEdit::textChanged, this, [this] {
        if (m_timer.interval() > 0 && !text().isEmpty())
            m_timer.start();
        else
            search();
    });
}

void SearchField::setDelay(std::chrono::milliseconds delay)
{
    m_timer.setInterval(delay);
}

QSize SearchField::sizeHint() const
{
    constexpr int characters = 32;
    return { fontMetrics().horizontalAdvance(u'0') * characters, QLineEdit::sizeHint().height() };
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty())
            Q_EMIT left();
        clear();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down:
        search();
        Q_EMIT left();
        break;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

void SearchField::search()
{
    m_timer.stop();
    if (m_searched == text())
        return;
    m_searched = text();
    Q_EMIT searched(m_searched);
}

} // namespace Recorders::Internal
