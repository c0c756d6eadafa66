// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/value/outofmemoryerror_p.h"

#include "core/platform/processwide_p.h"

#include <QString>

namespace Recorders::Internal {

namespace {

// With memory of its own, so that an Error that is made of it needs none.
struct Text
{
    QString outOfMemory{ QStringView(u"there is not enough memory").toString() };
};

} // namespace

Error outOfMemory()
{
    return { ErrorCode::OutOfMemory, ProcessWide<Text>::instance().outOfMemory };
}

} // namespace Recorders::Internal
