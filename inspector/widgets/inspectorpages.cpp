// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorpages_p.h"

#include "widgets/emptycontent_p.h"
#include "widgets/emptystate_p.h"
#include "widgets/snapshotviews_p.h"
#include "widgets/sourcestate_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QStackedWidget>

namespace Recorders::Internal {

InspectorPages::InspectorPages(QStackedWidget *stack, SnapshotViews *views,
                               const SnapshotModel &model, const SourceState &state)
    : m_stack(stack)
    , m_views(views)
    , m_model(model)
    , m_state(state)
    , m_empty(new EmptyState(stack))
{
    m_empty->setObjectName(QStringLiteral("empty"));
    m_stack->addWidget(m_empty);
    connect(m_empty, &EmptyState::buttonClicked, this, &InspectorPages::clearSearchClicked);
    connect(views, &SnapshotViews::updated, this, &InspectorPages::update);
}

void InspectorPages::update()
{
    const SnapshotFilterModel &filter = *m_views->filter();
    if (m_model.rowCount() == 0) {
        m_empty->setContent(m_state.emptyContent());
        showPage(m_empty);
    } else if (!filter.filterText().isEmpty() && filter.rowCount() == 0
               && filter.sourceModel()->rowCount() > 0) {
        if (!filter.isBusy()) // else it is not known yet
            showNothingMatches();
    } else {
        showPage(m_views->view());
    }
}

void InspectorPages::showNothingMatches()
{
    const SnapshotModel::Totals totals = m_model.totals();
    m_empty->setContent(
            nothingMatches(m_views->filter()->filterText(), totals.recorders, totals.metrics));
    showPage(m_empty);
}

// The keyboard goes with it, unless it is somewhere else.
void InspectorPages::showPage(QWidget *page)
{
    if (m_stack->currentWidget() != page)
        m_stack->setCurrentWidget(page);
    m_stack->setFocusProxy(page);
    Q_EMIT rowsShown(page != m_empty);
}

} // namespace Recorders::Internal
