// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/emptystate_p.h"

#include <recorders/core/namespace.h>

#include <QString>

namespace Recorders::Internal {

// Why there is nothing to see, told for each reason.
EmptyState::Content noRuntime();
EmptyState::Content notStarted(const QString &name, RuntimeState state);
EmptyState::Content failed(const QString &name);
EmptyState::Content waiting(const QString &name);
EmptyState::Content noRecorders(const QString &name);
EmptyState::Content ended(const QString &name);
EmptyState::Content nothingMatches(const QString &searched, qsizetype recorders, qsizetype metrics);

} // namespace Recorders::Internal
