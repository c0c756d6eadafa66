// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

namespace Testing {

// Another source's answers, and how often it was asked. For one thread.
class CountingSource : public Recorders::SnapshotSource
{
public:
    explicit CountingSource(SnapshotSource *counted)
        : m_counted(counted)
    {
        connect(counted, &SnapshotSource::stateChanged, this, &SnapshotSource::stateChanged);
    }

    int requestCount() const { return m_requestCount; }

    QString name() const override { return m_counted->name(); }
    Recorders::RuntimeState state() const override { return m_counted->state(); }
    quint64 version() const override { return m_counted->version(); }
    QFuture<Recorders::SnapshotUpdate>
    changesSince(const Recorders::SnapshotRequest &request) override
    {
        ++m_requestCount;
        return m_counted->changesSince(request);
    }

private:
    SnapshotSource *const m_counted;
    int m_requestCount = 0;
};

} // namespace Testing
