// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorcost_p.h"

#include "plot/valuesampler_p.h"
#include "widgets/detailpane_p.h"
#include "widgets/inspectorpace_p.h"
#include "widgets/statussummary_p.h"
#include "widgets/workmeter_p.h"

#include <recorders/core/unit.h>
#include <recorders/model/formattedvalue.h>

#include <QLocale>

#include <chrono>

namespace Recorders::Internal {

InspectorCost::InspectorCost(WorkMeter *meter, const InspectorPace &pace, const DetailPane &detail,
                             StatusSummary *summary)
    : m_meter(meter)
    , m_pace(pace)
    , m_detail(detail)
    , m_summary(summary)
{
    m_timer.setInterval(std::chrono::seconds(1));
    connect(&m_timer, &QTimer::timeout, this, &InspectorCost::measure);
    connect(&pace, &InspectorPace::changed, this, &InspectorCost::tell);
}

void InspectorCost::setActive(bool active)
{
    m_meter->measure(); // not of the time in which nobody looked
    if (active)
        m_timer.start();
    else
        m_timer.stop();
}

void InspectorCost::setBytePrefix(BytePrefix bytes)
{
    m_bytes = bytes;
    tellHistories();
}

void InspectorCost::measure()
{
    m_meter->measure();
    tell();
    tellHistories();
}

void InspectorCost::tell()
{
    const QString share = QLocale().toString(m_meter->share() * 100, 'f', 1);
    const QString time = QLocale().toString(m_meter->share() * 1000, 'f', 1);
    QString text = tr("inspector %1 %").arg(share);
    if (!m_pace.text().isEmpty())
        text = tr("%1, %2").arg(text, m_pace.text());
    m_summary->setCost(text,
                       tr("What the inspector itself takes of the GUI thread's time, to apply "
                          "updates and to paint:\n%1 ms of the last second")
                               .arg(time));
}

void InspectorCost::tellHistories()
{
    const auto textOf = [this](qsizetype bytes) {
        return FormattedValue(bytes, Unit::bytes(), m_bytes).text();
    };
    const qsizetype bytes = m_detail.historyBytes();
    m_summary->setHistories(
            bytes == 0
                    ? QString()
                    : tr("histories %1 of %2").arg(textOf(bytes), textOf(ValueSampler::maxBytes)));
}

} // namespace Recorders::Internal
