// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/newcomers_p.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Recorders::Internal {

namespace {

// Each part of an answer looks for all that are asked for.
constexpr qsizetype askedAtOnce = 1024;

} // namespace

void Newcomers::add(const QSet<QString> &ids)
{
    m_waiting += ids;
    m_unknown += ids;
}

void Newcomers::keepOnly(const QSet<QString> &ids)
{
    m_waiting &= ids;
    m_unknown &= ids;
}

void Newcomers::dropKnown(const QSet<QString> &ids)
{
    for (const QString &id : ids) {
        if (!m_unknown.contains(id))
            m_waiting.remove(id);
    }
}

SnapshotRequest Newcomers::ask(const SnapshotRequest &question)
{
    if (m_asked.isEmpty())
        beginWithSome();
    SnapshotRequest request(question);
    request.since = m_since;
    request.entityIds = m_asked;
    return request;
}

void Newcomers::beginWithSome()
{
    m_since = 0;
    if (m_waiting.size() <= askedAtOnce) {
        m_asked = std::exchange(m_waiting, {});
        m_askedUnknown = std::exchange(m_unknown, {});
    } else {
        moveSomeToAsked();
    }
    m_missing = m_askedUnknown;
}

void Newcomers::moveSomeToAsked()
{
    m_askedUnknown.clear();
    // At once: a QSet looks for its first element from the beginning, each time.
    for (const QString &id : std::as_const(m_waiting)) {
        if (m_asked.size() == askedAtOnce)
            break;
        m_asked.insert(id);
        if (m_unknown.remove(id))
            m_askedUnknown.insert(id);
    }
    m_waiting.subtract(m_asked);
}

// Of one that is known, the other answers say that it is gone.
void Newcomers::take(SnapshotUpdate &answer)
{
    if (answer.isComplete)
        m_missing = m_askedUnknown;
    for (const RecorderSnapshot &recorder : std::as_const(answer.recorders))
        m_missing.remove(recorder.entityId);
    m_since = answer.version;
    answer.isComplete = false; // it says nothing of others
    if (answer.hasMore)
        return;
    std::copy(m_missing.cbegin(), m_missing.cend(), std::back_inserter(answer.removed));
    m_asked.clear();
}

} // namespace Recorders::Internal
