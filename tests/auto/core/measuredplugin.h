// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/recorder.h>

// An event of which the host and a plugin have a descriptor each.
struct SharedEvent
{
    static constexpr char eventType[] = "test.plugin.shared";

    int value = 1;
};

// What a plugin that is measured lets its host call.
struct MeasuredPlugin
{
    bool (*registerMetric)(Recorders::Recorder &recorder);
    Recorders::RegisterResult (*registerEvent)(Recorders::Recorder &recorder);
    const void *eventType; // the address of its descriptor
};
