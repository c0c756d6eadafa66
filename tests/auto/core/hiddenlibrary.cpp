// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "hiddenlibrary.h"

Recorders::MetricEvent eventOfHiddenLibrary(int value)
{
    return Recorders::MetricEvent(LibraryEvent{ value });
}

int valueInHiddenLibrary(const Recorders::MetricEvent &event)
{
    const auto *libraryEvent = event.as<LibraryEvent>();
    return libraryEvent ? libraryEvent->value : -1;
}
