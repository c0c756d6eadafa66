// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/platform/processwide_p.h"

#include <QMetaType>

namespace Recorders::Internal {

template <typename... Types>
struct MetaTypes
{
    MetaTypes() { (qRegisterMetaType<Types>(), ...); }
};

// Any thread, both. Register what signals and properties of this library carry, so that it can be
// queued and named at any time: Qt registers a type itself when it is first queued, but not while
// the process exits.
template <typename... Types>
void registerMetaTypes()
{
    ProcessWide<MetaTypes<Types...>>::instance();
}
void registerSnapshotTypes(); // all that a SnapshotSource tells of

} // namespace Recorders::Internal
