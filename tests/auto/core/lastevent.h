// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <array>
#include <functional>
#include <memory>
#include <utility>

namespace Testing {

// Calls back when it goes: the one that holds the payload in the end, not those moved from.
struct Last
{
    Last() = default;
    explicit Last(std::function<void()> callBack)
        : atEnd(nullptr, [callBack = std::move(callBack)](void *) { callBack(); })
    {
    }

    std::shared_ptr<void> atEnd;
};

struct LargeLast : Last
{
    using Last::Last;

    std::array<char, 100> more{};
};

} // namespace Testing
