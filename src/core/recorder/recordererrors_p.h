// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>

#include <QFuture>
#include <QString>

// Why a recorder cannot start or stop as it was asked to: one function for each reason.
namespace Recorders::Internal::RecorderErrors {

Error isForeign(const QString &entityId);
Error isBeingMade(const QString &entityId);
Error isBeingDeleted(const QString &entityId);
Error wasRemoved(const QString &entityId);
Error hasNoThread(const QString &entityId); // it has ended
Error cannotStart(const QString &entityId, const Error &reason);

// Without memory a future cannot be made, so this one was made in time.
const QFuture<Error> &outOfMemoryFuture();

} // namespace Recorders::Internal::RecorderErrors
