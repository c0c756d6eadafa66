// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/marklist_p.h"

#include "widgets/wholemodel_p.h"

#include <recorders/model/snapshotmodel.h>

#include <algorithm>

namespace Recorders::Internal {

MarkList::MarkList(SnapshotModel *model)
    : m_model(model)
{
}

void MarkList::add(const QString &name)
{
    whenWhole(m_model, this, [this, name] { append(name); });
}

void MarkList::append(const QString &name)
{
    m_marks.append(m_model->newMark(name.isEmpty() ? newName() : name));
    while (m_marks.size() > limit)
        m_marks.removeFirst();
    m_current = m_marks.last();
    Q_EMIT added(m_current);
    Q_EMIT changed();
}

void MarkList::restore(const QList<SnapshotMark> &marks)
{
    m_marks = marks + m_marks;
    Q_EMIT changed();
}

void MarkList::rename(const SnapshotMark &mark, const QString &name)
{
    const qsizetype index = m_marks.indexOf(mark);
    if (index < 0 || name.trimmed().isEmpty())
        return;
    m_marks[index].setName(name.trimmed());
    if (m_current == mark)
        m_current = m_marks[index];
    Q_EMIT changed();
}

// Names of another run are not used again.
QString MarkList::newName() const
{
    const auto isUsed = [this](const QString &name) {
        return std::any_of(m_marks.cbegin(), m_marks.cend(),
                           [&name](const SnapshotMark &mark) { return mark.name() == name; });
    };
    for (int number = 1;; ++number) {
        QString name = tr("Mark %1").arg(number);
        if (!isUsed(name))
            return name;
    }
}

void MarkList::setCurrent(const SnapshotMark &mark)
{
    if (m_current == mark)
        return;
    m_current = mark;
    Q_EMIT changed();
}

void MarkList::removeCurrent()
{
    if (m_current.isNull())
        return;
    m_marks.removeOne(m_current);
    m_current = m_marks.isEmpty() ? SnapshotMark() : m_marks.last();
    Q_EMIT changed();
}

void MarkList::clear()
{
    m_marks.clear();
    setCurrent({});
}

} // namespace Recorders::Internal
