// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

namespace Recorders::Internal {

// Any thread. Registers what signals of this library carry, so that it can be queued and named at
// any time: Qt registers a type itself when it is first queued, but not while the process exits.
void registerMetaTypes();

} // namespace Recorders::Internal
