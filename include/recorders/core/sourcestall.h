// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

#include <chrono>

namespace Recorders {

// What keeps a source from answering.
struct SourceStall
{
    std::chrono::nanoseconds since{}; // steady clock
    QString where; // such as: metric "jobs" of recorder "worker"; empty: it is not known

    friend bool operator==(const SourceStall &a, const SourceStall &b)
    {
        return a.since == b.since && a.where == b.where;
    }
    friend bool operator!=(const SourceStall &a, const SourceStall &b) { return !(a == b); }
};

} // namespace Recorders
