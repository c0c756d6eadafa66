// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsrecorder.h>

// What is measured of a connection, by the events that connectionevents.h has.
void registerConnectionMetrics(Recorders::MetricsRecorder *recorder);
