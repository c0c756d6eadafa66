// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/outofmemory_p.h"

#include "core/platform/processwide_p.h"

namespace Recorders::Internal {

namespace {

// With memory of their own, so that an Error that is made of them needs none.
struct Texts
{
    QString outOfMemory{ QStringView(u"there is not enough memory").toString() };
    QString unsaid{ QStringView(u"there is not enough memory to say what happened").toString() };
};

} // namespace

Error outOfMemory()
{
    return { ErrorCode::OutOfMemory, ProcessWide<Texts>::instance().outOfMemory };
}

QString unsaidText() noexcept
{
    return ProcessWide<Texts>::instance().unsaid;
}

} // namespace Recorders::Internal
