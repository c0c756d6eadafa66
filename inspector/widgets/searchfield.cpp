// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/searchfield_p.h"

#include "widgets/outline_p.h"
#include "widgets/symbolicon_p.h"

#include <QKeyEvent>

namespace Recorders::Internal {

SearchField::SearchField(QWidget *parent)
    : QLineEdit(parent)
{
    setPlaceholderText(tr("Search: names, kind:, unit:, state:"));
    setAccessibleName(tr("Search"));
    setToolTip(tr("Shows the recorders, metrics and dimensions that fit all of these:\n"
                  "words, /regular expressions/, kind:counter, unit:By, state:failed, >10ms"));
    setClearButtonEnabled(true);
    addAction(symbolIcon(Symbol::Search, this), LeadingPosition);
    keepOutline(this);
    connect(this, &QLineEdit::textChanged, this, &SearchField::search);
}

QSize SearchField::sizeHint() const
{
    constexpr int characters = 32;
    return { fontMetrics().horizontalAdvance(u'0') * characters, QLineEdit::sizeHint().height() };
}

void SearchField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        keepOutline(this);
}

void SearchField::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    Q_EMIT entered();
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
    const QString wanted = text().trimmed();
    if (m_searched == wanted)
        return;
    m_searched = wanted;
    Q_EMIT searched(m_searched);
}

} // namespace Recorders::Internal
