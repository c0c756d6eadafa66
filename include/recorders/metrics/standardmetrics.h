// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/countermetric.h>
#include <recorders/metrics/dynamicfields.h>
#include <recorders/metrics/gaugemetric.h>
#include <recorders/metrics/histogrammetric.h>
#include <recorders/metrics/ratemetric.h>
#include <recorders/metrics/record.h>
#include <recorders/metrics/scopedtimer.h>
#include <recorders/metrics/statisticsmetric.h>
#include <recorders/metrics/textmetric.h>
#include <recorders/metrics/updowncountermetric.h>
