// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/metricdemand_p.h"

#include <utility>

namespace Recorders::Internal {

MetricDemand::MetricDemand(QObject *parent)
    : QObject(parent)
{
}

void MetricDemand::setKept(bool kept)
{
    clear();
    m_isKept = kept;
}

void MetricDemand::noteRead(const RecorderNode &recorder)
{
    recorder.isUnread = false;
    if (!m_isKept || std::exchange(recorder.isWanted, true))
        return;
    m_ids.insert(recorder.entityId);
    tellLater();
}

bool MetricDemand::noteChange(const RecorderNode &recorder, Time now)
{
    if (!recorder.isWanted)
        return false;
    if (!std::exchange(recorder.isUnread, true))
        recorder.unreadSince = now;
    return now - recorder.unreadSince > patience;
}

void MetricDemand::forget(const RecorderNode &recorder)
{
    if (!std::exchange(recorder.isWanted, false))
        return;
    m_ids.remove(recorder.entityId);
    tellLater();
}

// The recorders are gone, or none is noted to be wanted from now on.
void MetricDemand::clear()
{
    if (m_ids.isEmpty())
        return;
    m_ids.clear();
    tellLater();
}

// Not while somebody reads, or an update is applied.
void MetricDemand::tellLater()
{
    if (std::exchange(m_isTelling, true))
        return;
    const auto tell = [this] {
        m_isTelling = false;
        Q_EMIT changed();
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

} // namespace Recorders::Internal
