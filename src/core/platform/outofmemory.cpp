// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/platform/outofmemory_p.h"

#include "core/platform/processwide_p.h"

namespace Recorders::Internal {

namespace {

// With memory of its own, so that an Error that is made of it needs none.
struct Text
{
    QString unsaid{ QStringView(u"there is not enough memory to say what happened").toString() };
};

} // namespace

QString unsaidText() noexcept
{
    return ProcessWide<Text>::instance().unsaid;
}

} // namespace Recorders::Internal
