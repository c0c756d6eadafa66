// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorstatus_p.h"

#include "widgets/inspectoractivity_p.h"
#include "widgets/snapshotviews_p.h"
#include "widgets/sourcestate_p.h"
#include "widgets/statussummary_p.h"

#include <recorders/model/snapshotmodel.h>

namespace Recorders::Internal {

InspectorStatus::InspectorStatus(StatusSummary *summary, const SnapshotModel &model,
                                 const SourceState &state, const InspectorActivity &activity,
                                 const SnapshotViews &views)
    : m_summary(summary)
    , m_model(model)
    , m_state(state)
    , m_activity(activity)
{
    connect(&activity, &InspectorActivity::changed, this, &InspectorStatus::updateState);
    connect(&views, &SnapshotViews::holdOrderChanged, summary, &StatusSummary::setOrderHeld);
    connect(&views, &SnapshotViews::switched, summary,
            [summary, &views] { summary->setOrderHeld(views.filter()->isOrderHeld()); });
}

void InspectorStatus::update()
{
    SnapshotModel::Totals totals = m_model.totals();
    if (m_state.isOver() || m_model.isStalled())
        totals.eventsPerSecond = 0;
    m_summary->setTotals(totals);
    m_summary->setOld(m_model.isStalled());
    updateState();
}

void InspectorStatus::updateState()
{
    const bool isLeftOff = m_activity.isPaused() && m_model.source() && !m_state.isOver();
    m_summary->setState(isLeftOff ? m_activity.text() : m_state.text(), m_model.errorString());
}

} // namespace Recorders::Internal
