// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#define LTTNG_UST_TRACEPOINT_CREATE_PROBES
#include "handovertracepoint.h"
