// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/countingsource.h"
#include "shared/testmetrics.h"
#include "views.h"

#include <recorders/core/metricsruntime.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>

#include <memory>
#include <vector>

namespace Benchmarks {

// A runtime with a great many recorders of three metrics each, and a tree of those of them that fit
// a text.
class CrowdSubject
{
public:
    using Recorders = std::vector<std::shared_ptr<::Recorders::Recorder>>;

    enum class Metrics { All, OnDemand };

    explicit CrowdSubject(Metrics metrics);
    ~CrowdSubject() { m_model.setSource(nullptr); }

    CrowdSubject(const CrowdSubject &) = delete;
    CrowdSubject &operator=(const CrowdSubject &) = delete;

    const Recorders &recorders() const { return m_recorders; }
    int pendingUpdates() const { return m_source->requestCount() - m_updateCount; }
    void noteHandled(); // by the recorders that are shown
    bool isCaughtUp(); // all of that is shown

private:
    struct Row
    {
        int row;
        quint64 handled;
    };

    ::Recorders::MetricsRuntime m_runtime;
    Recorders m_recorders;
    std::unique_ptr<Testing::CountingSource> m_source;
    ::Recorders::SnapshotModel m_model;
    ::Recorders::SnapshotFilterModel m_filter;
    std::unique_ptr<CollapsedTree> m_view;
    std::vector<Row> m_behind;
    int m_updateCount = 0;
};

} // namespace Benchmarks
