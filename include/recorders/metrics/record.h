// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsrecorder.h>

#include <functional>
#include <type_traits>
#include <utility>

namespace Recorders {

// Hands an event to a recorder that may be null, which answers NotRunning. What is a function
// makes the event, and is called only if there is a recorder.
template <typename RecorderPointer, typename Event>
RegisterResult record(const RecorderPointer &recorder,
                      Event &&event) noexcept(!std::is_invocable_v<Event &&>)
{
    if (recorder == nullptr)
        return RegisterResult::NotRunning;
    if constexpr (std::is_invocable_v<Event &&>)
        return recorder->registerEvent(std::invoke(std::forward<Event>(event)));
    else
        return recorder->registerEvent(std::forward<Event>(event));
}

} // namespace Recorders
