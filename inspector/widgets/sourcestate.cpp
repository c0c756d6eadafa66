// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/sourcestate_p.h"

#include "widgets/emptycontent_p.h"

#include <recorders/core/snapshotsource.h>
#include <recorders/model/snapshotmodel.h>

#include <chrono>
#include <optional>

namespace Recorders::Internal {

SourceState::SourceState(const SnapshotModel &model)
    : m_model(model)
{
}

void SourceState::setSource(SnapshotSource *source)
{
    m_hadSource = source;
    if (!source)
        return;
    const QString name = source->name();
    m_name = QString(name.constData(), name.size()); // the source may be a plugin's
}

bool SourceState::isOver() const
{
    return m_hadSource
            && (!m_model.source() || m_model.isEnded()
                || m_model.source()->state() == RuntimeState::Stopped);
}

QString SourceState::text() const
{
    if (!m_hadSource)
        return tr("\u25cb no runtime");
    if (isOver())
        return tr("\u25cc ended");
    if (const std::optional<SourceStall> stall = m_model.stall()) {
        const auto lasts = std::chrono::floor<std::chrono::seconds>(
                std::chrono::steady_clock::now().time_since_epoch() - stall->since);
        const QString what = tr("\u26a0 not answering for %1 s").arg(lasts.count());
        return stall->where.isEmpty() ? what : tr("%1: it is in %2").arg(what, stall->where);
    }
    switch (m_model.source()->state()) {
    case RuntimeState::Created:
        return tr("\u25cb not started");
    case RuntimeState::Starting:
        return tr("\u25cb starting");
    case RuntimeState::Stopping:
        return tr("\u25cc stopping");
    case RuntimeState::Failed:
        return tr("\u2715 failed");
    default:
        return tr("\u25cf live");
    }
}

EmptyState::Content SourceState::emptyContent() const
{
    if (!m_hadSource)
        return noRuntime();
    if (isOver())
        return ended(m_name);
    const RuntimeState state = m_model.source()->state();
    if (state == RuntimeState::Failed)
        return failed(m_name);
    if (state == RuntimeState::Created || state == RuntimeState::Starting)
        return notStarted(m_name, state);
    return m_hasUpdate ? noRecorders(m_name) : waiting(m_name);
}

} // namespace Recorders::Internal
