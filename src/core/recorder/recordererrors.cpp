// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recordererrors_p.h"

#include "core/platform/processwide_p.h"
#include "core/snapshot/readyfuture_p.h"
#include "core/value/outofmemoryerror_p.h"

namespace Recorders::Internal::RecorderErrors {

namespace {

Error invalidState(const QString &entityId, const QString &what)
{
    return Error(ErrorCode::InvalidState, QStringLiteral("Recorder \"%1\"%2").arg(entityId, what));
}

struct OutOfMemoryFuture
{
    QFuture<Error> future = readyFuture(outOfMemory());
};

} // namespace

Error isForeign(const QString &entityId)
{
    return invalidState(entityId,
                        QStringLiteral(": it belongs to the process that this one was forked "
                                       "from"));
}

Error isBeingMade(const QString &entityId)
{
    return invalidState(entityId,
                        QStringLiteral(" can neither start nor stop: it is being made by its "
                                       "runtime"));
}

Error isBeingDeleted(const QString &entityId)
{
    return invalidState(entityId, QStringLiteral(" cannot start: it is being deleted"));
}

Error wasRemoved(const QString &entityId)
{
    return invalidState(entityId,
                        QStringLiteral(" was removed from its runtime and cannot start again"));
}

Error hasNoThread(const QString &entityId)
{
    return invalidState(entityId, QStringLiteral(" cannot start: its thread has ended"));
}

Error cannotStart(const QString &entityId, const Error &reason)
{
    return Error(
            reason.code(),
            QStringLiteral("Recorder \"%1\" cannot start: %2").arg(entityId, reason.message()));
}

const QFuture<Error> &outOfMemoryFuture()
{
    return ProcessWide<OutOfMemoryFuture>::instance().future;
}

} // namespace Recorders::Internal::RecorderErrors
