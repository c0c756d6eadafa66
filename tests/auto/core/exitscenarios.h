// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

// One scenario per process, named by the argument.
namespace Testing {

// The scenarios of applicationends.cpp.
void applicationGoesFirst();
void applicationGoesBeforeARecorderByHand();
void applicationGoesWhileThreadsRegister();
void applicationGoesInAMetric();
void applicationGoesInAHook();
void applicationGoesWhileAMetricRunsAnEventLoop();
void applicationAndRuntimeGoTogether();
void nothingStartsWhileTheApplicationGoes();

} // namespace Testing
