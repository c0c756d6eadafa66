// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <QSet>
#include <QString>

namespace Recorders::Internal {

/*
    Recorders that joined those that a subscription asks for. All there is of them is asked for apart:
    some at a time, of which the answer may come in pieces, while others wait. The other answers say
    nothing of those that wait: what they tell is less, and in what is asked for later anyway.
*/
class Newcomers final
{
public:
    bool isEmpty() const { return m_asked.isEmpty() && m_waiting.isEmpty(); }
    bool areAskedFor() const { return !m_asked.isEmpty(); }
    bool areWaiting() const { return !m_waiting.isEmpty(); }
    bool isWaiting(const QString &id) const { return m_waiting.contains(id); }
    void clear() { *this = {}; }
    void add(const QSet<QString> &ids) { m_waiting += ids; }
    void keepOnly(const QSet<QString> &ids) { m_waiting &= ids; }

    SnapshotRequest ask(SnapshotDetail detail); // for those that wait, unless others are asked for
    void take(SnapshotUpdate &answer); // and make it what there is to tell

private:
    QSet<QString> m_waiting;
    QSet<QString> m_asked;
    QSet<QString> m_missing; // of which nothing was told yet
    quint64 m_since = 0; // a part was told
};

} // namespace Recorders::Internal
