// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <Qt>
#include <QtGlobal>

namespace Recorders::Internal {

// What may change of a row. Each kind stands for the roles that are announced then.
using ChangeKinds = quint8;
enum ChangeKind : ChangeKinds {
    NoChange = 0,
    RateChange = 1,
    ValueChange = 2,
    StateChange = 4,
    MeaningChange = 8,
    ComparisonChange = 16,
    TextChange = 32, // the same value in other words
    AnyChange = 63,
};

// Whether data() of this role shows something of the row that changes.
constexpr bool isReading(int role)
{
    return role == Qt::DisplayRole || role == Qt::ToolTipRole || role == Qt::AccessibleTextRole
            || role > Qt::UserRole;
}

/*
    Which changes are announced. Each row, or group of rows that are announced together, notes the
    kinds of change that were announced of all of it and that nobody has read since. Such a kind
    need not be announced again: who holds an older value has been told so, and has not looked yet.
    A row that was never read is as one of which everything was announced.

    Who only watches for signals hears of the first rows of an update nevertheless.
*/
class AnnouncementGate
{
public:
    static constexpr int unreadLimit = 16; // rows per update

    void beginUpdate() { m_left = unreadLimit; }
    bool isForReadRowsOnly() const { return m_left == 0; } // from now on, in this update

    // isKnown: that somebody has an index of the row.
    bool isDue(ChangeKinds announced, ChangeKinds kinds, bool isKnown = true)
    {
        if ((kinds & ~announced) != 0)
            return true;
        if (!isKnown || m_left == 0)
            return false;
        --m_left;
        return true;
    }

private:
    int m_left = unreadLimit;
};

} // namespace Recorders::Internal
