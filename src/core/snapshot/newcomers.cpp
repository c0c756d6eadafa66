// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/snapshot/newcomers_p.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Recorders::Internal {

SnapshotRequest Newcomers::ask(SnapshotDetail detail)
{
    if (m_asked.isEmpty()) {
        m_asked = std::exchange(m_waiting, {});
        m_missing = m_asked;
        m_since = 0;
    }
    SnapshotRequest request(m_since);
    request.detail = detail;
    request.entityIds = m_asked;
    return request;
}

void Newcomers::take(SnapshotUpdate &answer)
{
    if (answer.isComplete)
        m_missing = m_asked;
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
