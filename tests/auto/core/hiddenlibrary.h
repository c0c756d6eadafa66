// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricevent.h>

#include <QtGlobal>

#ifdef hiddenlibrary_EXPORTS
#  define HIDDENLIBRARY_EXPORT Q_DECL_EXPORT
#else
#  define HIDDENLIBRARY_EXPORT Q_DECL_IMPORT
#endif

// Not exported: the library and the test have a descriptor each of this type.
struct LibraryEvent
{
    static constexpr char eventType[] = "test.library";

    int value = 0;
};

HIDDENLIBRARY_EXPORT Recorders::MetricEvent eventOfHiddenLibrary(int value);
HIDDENLIBRARY_EXPORT int valueInHiddenLibrary(const Recorders::MetricEvent &event);
