// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "scatteredsource.h"

#include "core/snapshot/readyfuture_p.h"

namespace Benchmarks {

using namespace Recorders;

ScatteredSource::ScatteredSource(int staying, int others)
{
    const int step = (staying + others) / others;
    for (int number = 0; number < staying + others; ++number) {
        const bool isOther = number % step == step / 2 && m_others.size() < others;
        (isOther ? m_others : m_staying).append(newRecorder(number));
    }
}

RecorderSnapshot ScatteredSource::newRecorder(int number)
{
    RecorderSnapshot recorder;
    recorder.entityId = QStringLiteral("connection-%1").arg(number);
    recorder.generation = quint64(number) + 1;
    recorder.state = RecorderState::Running;
    recorder.isComplete = true;
    for (const auto &name :
         { QStringLiteral("bytes"), QStringLiteral("errors"), QStringLiteral("requests") }) {
        MetricSnapshot metric(name);
        metric.add(QStringLiteral("total"), number % 1000, Unit(), MetricKind::Counter);
        metric.squeeze(); // as recorders do
        recorder.metrics.append(metric);
    }
    return recorder;
}

void ScatteredSource::setOthersThere(bool there)
{
    m_areOthersThere = there;
    ++m_version;
}

QFuture<SnapshotUpdate> ScatteredSource::changesSince(const SnapshotRequest &request)
{
    SnapshotUpdate update;
    update.version = m_version;
    update.time = std::chrono::hours(1) + std::chrono::milliseconds(100 * m_version);
    update.isComplete = request.since == 0;
    if (update.isComplete)
        update.recorders = m_staying;
    if (request.since < m_version && m_areOthersThere)
        update.recorders += m_others;
    else if (request.since < m_version && !update.isComplete) {
        for (const RecorderSnapshot &recorder : m_others)
            update.removed.append(recorder.entityId);
    }
    return Internal::readyFuture(update);
}

} // namespace Benchmarks
