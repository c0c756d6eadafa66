// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// The tracepoint of four integers, as many bytes as the event of the other columns. The macros of
// LTTng include this file again to generate code from it, so that it has their guard.

#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER recorders_benchmark

#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "handovertracepoint.h"

#if !defined(HANDOVERTRACEPOINT_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#  define HANDOVERTRACEPOINT_H

#  include <lttng/tracepoint.h>

#  include <cstdint>

// clang-format off
LTTNG_UST_TRACEPOINT_EVENT(
    recorders_benchmark,
    hand_over,
    LTTNG_UST_TP_ARGS(int64_t, first, int64_t, second, int64_t, third, int64_t, fourth),
    LTTNG_UST_TP_FIELDS(
        lttng_ust_field_integer(int64_t, first, first)
        lttng_ust_field_integer(int64_t, second, second)
        lttng_ust_field_integer(int64_t, third, third)
        lttng_ust_field_integer(int64_t, fourth, fourth)
    )
)
// clang-format on

#endif

#include <lttng/tracepoint-event.h>
