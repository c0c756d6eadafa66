// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "bulksource.h"

#include <recorders/core/metricsruntime.h>

#include <memory>
#include <random>
#include <vector>

namespace Benchmarks {

// A runtime with as many metrics as there are in a BulkSource. Each changes by itself.
class RowCrowd
{
public:
    explicit RowCrowd(Size size);

    Recorders::MetricsRuntime *runtime() { return &m_runtime; }
    void change(int metrics); // any of them

private:
    Recorders::MetricsRuntime m_runtime;
    std::vector<std::shared_ptr<Recorders::Recorder>> m_recorders;
    std::mt19937 m_random{ 20261125 };
};

} // namespace Benchmarks
