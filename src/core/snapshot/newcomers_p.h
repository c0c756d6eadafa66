// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <QSet>
#include <QString>

namespace Recorders::Internal {

/*
    Recorders that joined those that a subscription asks for, or that it asks for more of from now on.
    All there is of them is asked for apart: some at a time, of which the answer may come in pieces,
    while others wait. The other answers say nothing of those that wait and are unknown: what they tell
    is less, and in what is asked for later anyway.
*/
class Newcomers final
{
public:
    bool isEmpty() const { return m_asked.isEmpty() && m_waiting.isEmpty(); }
    bool areAskedFor() const { return !m_asked.isEmpty(); }
    bool areWaiting() const { return !m_waiting.isEmpty(); }
    bool isUnknown(const QString &id) const { return m_unknown.contains(id); } // and waits
    void clear() { *this = {}; }
    void add(const QSet<QString> &ids);
    void addKnown(const QSet<QString> &ids) { m_waiting += ids; }
    void keepOnly(const QSet<QString> &ids);
    void dropKnown(const QSet<QString> &ids);

    // Of the question, for some that wait, unless others are asked for.
    SnapshotRequest ask(const SnapshotRequest &question);
    void take(SnapshotUpdate &answer); // and make it what there is to tell

private:
    void beginWithSome();
    void moveSomeToAsked();

    QSet<QString> m_waiting;
    QSet<QString> m_unknown; // of those that wait: nothing was told of them
    QSet<QString> m_asked;
    QSet<QString> m_askedUnknown; // of these
    QSet<QString> m_missing; // of those: nothing was told yet
    quint64 m_since = 0; // a part was told
};

} // namespace Recorders::Internal
