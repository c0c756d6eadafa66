// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/fakesnapshotsource.h"

#include <random>

namespace Testing {

// Recorders, metrics and dimensions that come, change and go at random.
class SnapshotScript
{
public:
    explicit SnapshotScript(std::mt19937_64 random)
        : m_random(random)
    {
    }

    int below(int limit) { return int(m_random() % unsigned(limit)); }

    void play(FakeSnapshotSource &source)
    {
        for (int i = below(6); i >= 0; --i)
            step(source);
        source.advance(std::chrono::milliseconds(below(400)));
        source.setMaxUpdateSize(below(2) ? 0 : 2);
        source.setComplete(source.recorderIds().size() < 2);
    }

private:
    void step(FakeSnapshotSource &source)
    {
        using Recorders::MetricKind;
        using Recorders::MetricSnapshot;
        using Recorders::MetricState;
        using Recorders::RecorderState;

        const QString id = QStringLiteral("r%1").arg(below(30));
        switch (below(6)) {
        case 0:
            source.removeRecorder(id);
            break;
        case 1:
            source.removeMetric(id, QStringLiteral("bytes"));
            break;
        case 2:
            source.setRecorderState(id, below(2) ? RecorderState::Running : RecorderState::Failed);
            break;
        default:
            source.setMetric(
                    id,
                    MetricSnapshot(QStringLiteral("bytes"))
                            .setState(below(4) ? MetricState::Active : MetricState::Quarantined)
                            .add(QStringLiteral("total"), qint64(below(100)),
                                 Recorders::Unit::bytes(), MetricKind::Counter));
            MetricSnapshot values(QStringLiteral("values"));
            for (int d = below(5); d > 0; --d)
                values.add(QString::number(below(20)), below(1000));
            source.setMetric(id, values);
        }
    }

    std::mt19937_64 m_random;
};

} // namespace Testing
