// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorsearch_p.h"

#include "widgets/expansionmemory_p.h"
#include "widgets/inspectoractions_p.h"
#include "widgets/inspectortoolbar_p.h"
#include "widgets/searchfield_p.h"
#include "widgets/snapshotviews_p.h"

#include <recorders/inspector/inspectorwidget.h>

#include <utility>

namespace Recorders::Internal {

InspectorSearch::InspectorSearch(const InspectorActions &actions, InspectorToolBar *toolBar,
                                 SnapshotViews *views)
    : m_toolBar(toolBar)
    , m_field(toolBar->searchField())
    , m_views(views)
    , m_expansion(new ExpansionMemory(views->view(), views->filter()))
{
    connect(actions.find, &QAction::triggered, this, &InspectorSearch::find);
    connect(actions.collapse, &QAction::triggered, m_expansion, &ExpansionMemory::forgetGone);
    connect(m_field, &SearchField::entered, this,
            [this] { m_views->filter()->setReadAhead(true); });
    connect(m_field, &SearchField::searched, this, &InspectorSearch::search);
    connect(m_field, &SearchField::left, this, [this] { m_views->view()->setFocus(); });
    connectViews();
}

void InspectorSearch::connectViews()
{
    connect(m_views, &SnapshotViews::busyChanged, this, [this](bool isBusy) {
        if (!isBusy)
            finish();
    });
    connect(m_views, &SnapshotViews::counted, this, &InspectorSearch::showHits);
    connect(m_views, &SnapshotViews::errorChanged, this, &InspectorSearch::showHits);
    connect(m_views, &SnapshotViews::switched, this, [this] {
        m_isSearching = !m_views->filter()->filterText().isEmpty();
        m_views->filter()->setReadAhead(m_field->hasFocus());
        showHits();
    });
}

void InspectorSearch::clear()
{
    m_field->clear();
    m_field->setFocus();
}

void InspectorSearch::setText(const QString &text)
{
    m_field->setFocus();
    m_field->setText(text);
}

void InspectorSearch::find()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void InspectorSearch::search(const QString &text)
{
    m_isSearching = true;
    m_views->setFilterText(text);
    showHits();
}

// Rows that come and change are searched by and by, too; that opens and closes nothing.
void InspectorSearch::finish()
{
    if (std::exchange(m_isSearching, false) && !m_views->isTable()) {
        if (m_views->filter()->filterText().isEmpty())
            m_expansion->restore();
        else
            m_expansion->expandHits();
    }
    Q_EMIT finished();
}

void InspectorSearch::showHits()
{
    const SnapshotFilterModel &filter = *m_views->filter();
    const int count = filter.hitCount();
    QString text;
    if (!filter.errorString().isEmpty())
        text = InspectorWidget::tr("\u26a0 not understood");
    else if (!filter.filterText().isEmpty())
        text = count == 1 ? InspectorWidget::tr("1 hit")
                          : InspectorWidget::tr("%1 hits").arg(count);
    m_toolBar->setHits(text, filter.errorString());
}

} // namespace Recorders::Internal
