// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotmark.h>

#include <QList>
#include <QObject>

namespace Recorders {
class SnapshotModel;
}

namespace Recorders::Internal {

// The marks that were set, and the one that values are compared with.
class MarkList : public QObject
{
    Q_OBJECT

public:
    explicit MarkList(SnapshotModel *model);

    const QList<SnapshotMark> &marks() const { return m_marks; } // the latest is last
    const SnapshotMark &current() const { return m_current; } // null: nothing is compared

    // Of what there is now, as soon as that is known of rows that nobody sees; compares with it.
    void add(const QString &name = {});
    void restore(const QList<SnapshotMark> &marks); // of another run; compares with none
    void rename(const SnapshotMark &mark, const QString &name);
    void setCurrent(const SnapshotMark &mark);
    void removeCurrent(); // compares with the latest that is left
    void clear();

Q_SIGNALS:
    void added(const Recorders::SnapshotMark &mark);
    void changed();

private:
    void append(const QString &name);
    QString newName() const;

    static constexpr qsizetype limit = 20; // of marks: each holds the snapshots of its time

    SnapshotModel *const m_model;
    QList<SnapshotMark> m_marks;
    SnapshotMark m_current;
};

} // namespace Recorders::Internal
