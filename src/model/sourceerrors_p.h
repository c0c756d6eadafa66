// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/steadytime_p.h"

#include <recorders/core/namespace.h>
#include <recorders/core/snapshotsource.h>

#include <QString>

#include <chrono>

// What models and values say of where they look, and when.
namespace Recorders::Internal {

inline QString noSourceError()
{
    return QStringLiteral("there is no runtime and no source");
}

inline QString noEntityError()
{
    return QStringLiteral("entityId is empty");
}

inline QString blankEntityError()
{
    return QStringLiteral("entityId is blank");
}

inline QString noMetricError()
{
    return QStringLiteral("metric is blank");
}

inline QString endedError(const QString &source)
{
    return QStringLiteral("\"%1\" has ended").arg(source);
}

inline QString stalledError(const QString &source, const SourceStall &stall)
{
    const auto lasts = std::chrono::floor<std::chrono::seconds>(steadyTime() - stall.since);
    const QString what =
            QStringLiteral("\"%1\" is not answering for %2 s").arg(source).arg(lasts.count());
    return stall.where.isEmpty() ? what : what + QStringLiteral(": it is in ") + stall.where;
}

inline QString noRecorderError(const QString &source, const QString &entityId)
{
    return QStringLiteral("\"%1\" has no recorder \"%2\"").arg(source, entityId);
}

inline QString foreignError(const QString &source)
{
    return QStringLiteral("\"%1\" lives in another thread than QML").arg(source);
}

inline bool hasEnded(RuntimeState state)
{
    return state == RuntimeState::Stopped || state == RuntimeState::Failed;
}

} // namespace Recorders::Internal
