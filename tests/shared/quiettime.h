// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/turnpacer_p.h"

namespace Testing {

// How long threads tick on after their last event, those of runtimes and recorders that are made
// meanwhile: 0 for a test that wants them asleep soon, an hour for one that wants them awake.
class QuietTime
{
public:
    explicit QuietTime(std::chrono::milliseconds time)
    {
        Recorders::Internal::TurnPacer::setQuietTime(time);
    }
    ~QuietTime()
    {
        using Recorders::Internal::TurnPacer;
        TurnPacer::setQuietTime(TurnPacer::defaultQuietTime);
    }

    QuietTime(const QuietTime &) = delete;
    QuietTime &operator=(const QuietTime &) = delete;
};

} // namespace Testing
