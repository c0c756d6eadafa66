// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorlayout_p.h"

#include "widgets/columnchoice_p.h"
#include "widgets/fontzoom_p.h"
#include "widgets/inspectoractions_p.h"
#include "widgets/quietheader_p.h"
#include "widgets/refreshmenu_p.h"
#include "widgets/sightwatch_p.h"
#include "widgets/snapshotviews_p.h"

#include <QHeaderView>

namespace Recorders::Internal {

InspectorLayout::InspectorLayout(const InspectorActions &actions, SightWatch *sight,
                                 SnapshotViews *views, RefreshMenu *refreshRates, FontZoom *zoom)
    : m_actions(actions)
    , m_views(views)
    , m_refreshRates(refreshRates)
    , m_zoom(zoom)
{
    connect(views, &SnapshotViews::tableMade, this,
            [this] { m_settings.restore(*m_views->views().constLast()); });
    connect(actions.resetLayout, &QAction::triggered, this, &InspectorLayout::reset);
    connect(sight, &SightWatch::seenChanged, this, [this](bool isSeen) {
        if (!isSeen)
            save();
    });
}

void InspectorLayout::setSettings(QSettings *settings)
{
    m_settings.setSettings(settings);
    restore();
}

void InspectorLayout::save()
{
    m_settings.setValue(QStringLiteral("table"), m_views->isTable());
    m_settings.setValue(QStringLiteral("refreshInterval"), m_refreshRates->interval());
    m_settings.setValue(QStringLiteral("decimalBytes"), m_actions.decimalBytes->isChecked());
    m_settings.setValue(QStringLiteral("textSize"), m_zoom->level());
    m_settings.setValue(QStringLiteral("columns"), m_views->columns()->names());
    const QList<SnapshotTreeView *> all = m_views->views();
    for (const SnapshotTreeView *view : all)
        m_settings.save(*view);
}

void InspectorLayout::restore()
{
    const QVariant columns = m_settings.value(QStringLiteral("columns"));
    if (columns.isValid())
        m_views->columns()->setNames(columns.toStringList());
    m_refreshRates->setInterval(m_settings.value(QStringLiteral("refreshInterval")).toInt());
    m_actions.decimalBytes->setChecked(m_settings.value(QStringLiteral("decimalBytes")).toBool());
    m_zoom->setLevel(m_settings.value(QStringLiteral("textSize")).toInt());
    const QList<SnapshotTreeView *> all = m_views->views();
    for (SnapshotTreeView *view : all)
        m_settings.restore(*view);
    m_actions.table->setChecked(m_settings.value(QStringLiteral("table")).toBool());
}

void InspectorLayout::reset()
{
    m_views->columns()->reset();
    const QList<SnapshotTreeView *> all = m_views->views();
    for (SnapshotTreeView *view : all) {
        view->setColumnWidths({});
        view->quietHeader()->resetOrder();
        view->header()->setSortIndicator(-1, Qt::AscendingOrder);
    }
    m_refreshRates->setInterval(RefreshMenu::usualInterval);
    m_zoom->setLevel(0);
    m_actions.table->setChecked(false);
}

} // namespace Recorders::Internal
