// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectoralerts_p.h"

#include "widgets/inspectoractions_p.h"
#include "widgets/inspectorsettings_p.h"
#include "widgets/snapshotviews_p.h"
#include "widgets/thresholdeditor_p.h"
#include "widgets/thresholdlist_p.h"

#include <QItemSelectionModel>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QTimer>

#include <utility>

namespace Recorders::Internal {

namespace {

Q_LOGGING_CATEGORY(lcAlerts, "recorders.inspector.alerts", QtWarningMsg)

QString settingsName()
{
    return QStringLiteral("alerts");
}

} // namespace

InspectorAlerts::InspectorAlerts(const InspectorActions &actions, const SnapshotModel *model,
                                 SnapshotViews *views, InspectorSettings *settings, QWidget *widget)
    : m_actions(actions)
    , m_views(views)
    , m_settings(settings)
    , m_widget(widget)
    , m_watch(model)
{
    connect(actions.alert, &QAction::triggered, this, &InspectorAlerts::edit);
    connect(actions.alerts, &QAction::triggered, this, &InspectorAlerts::showList);
    connect(views, &SnapshotViews::selectionChanged, this, &InspectorAlerts::updateActions);
    connect(views, &SnapshotViews::switched, this, &InspectorAlerts::updateActions);
    connect(views, &SnapshotViews::tableMade, this, &InspectorAlerts::updateViews);
    connect(&m_watch, &ThresholdWatch::thresholdsChanged, this, &InspectorAlerts::save);
    connect(&m_watch, &ThresholdWatch::alertsChanged, this, &InspectorAlerts::alertsChanged);
    connect(&m_watch, &ThresholdWatch::crossed, this, &InspectorAlerts::askForMark);
    // A slot may do anything with the model, which is amid an update.
    connect(&m_watch, &ThresholdWatch::crossed, this, &InspectorAlerts::crossed,
            Qt::QueuedConnection);
    updateActions();
    updateViews();
}

// The current row, if it is one of those that are selected and has a number.
QModelIndex InspectorAlerts::selectedValue() const
{
    const QItemSelectionModel *selection = m_views->view()->selectionModel();
    const QModelIndex current = selection->currentIndex().siblingAtColumn(0);
    return selection->isSelected(current) && ThresholdEditor::canWatch(current) ? current
                                                                                : QModelIndex();
}

void InspectorAlerts::edit()
{
    const QModelIndex value = selectedValue();
    if (!value.isValid())
        return;
    auto *editor = new ThresholdEditor(ThresholdEditor::suggestion(value), m_widget);
    editor->setObjectName(QStringLiteral("alertEditor"));
    connect(editor, &ThresholdEditor::set, this, &InspectorAlerts::add);
    editor->show();
}

void InspectorAlerts::add(const Threshold &threshold)
{
    QList<Threshold> all = m_watch.thresholds();
    if (!all.contains(threshold))
        all.append(threshold);
    m_watch.setThresholds(all);
}

void InspectorAlerts::askForMark(const Threshold &threshold)
{
    if (!threshold.setsMark || !m_markName.isEmpty())
        return;
    m_markName = threshold.text();
    QTimer::singleShot(0, this, [this] { Q_EMIT markWanted(std::exchange(m_markName, {})); });
}

void InspectorAlerts::showList()
{
    auto *list = m_widget->findChild<ThresholdList *>();
    if (!list) {
        list = new ThresholdList(&m_watch, m_widget);
        list->setObjectName(QStringLiteral("alertList"));
    }
    list->show();
    list->raise();
    list->activateWindow();
}

void InspectorAlerts::updateActions()
{
    m_actions.alert->setEnabled(selectedValue().isValid());
}

void InspectorAlerts::updateViews()
{
    const QList<SnapshotTreeView *> all = m_views->views();
    for (SnapshotTreeView *view : all)
        view->setAlerts(&m_watch);
}

QString InspectorAlerts::summary() const
{
    const qsizetype count = m_watch.alertCount();
    if (count == 0)
        return {};
    return count == 1 ? tr("\u26a0 1 alert") : tr("\u26a0 %1 alerts").arg(count);
}

// The file may have been edited: what is not understood is left out, with a warning.
void InspectorAlerts::restore()
{
    QList<Threshold> thresholds;
    const QStringList texts = m_settings->value(settingsName()).toStringList();
    for (const QString &text : texts) {
        const auto threshold = Threshold::fromJson(QJsonDocument::fromJson(text.toUtf8()).object());
        if (threshold)
            thresholds.append(*threshold);
        else
            qCWarning(lcAlerts, "the settings have an alert that is not understood: %s",
                      qUtf8Printable(text));
    }
    m_watch.setThresholds(thresholds);
}

void InspectorAlerts::save()
{
    QStringList texts;
    const QList<Threshold> thresholds = m_watch.thresholds();
    for (const Threshold &threshold : thresholds) {
        const QJsonDocument json(threshold.toJson());
        texts.append(QString::fromUtf8(json.toJson(QJsonDocument::Compact)));
    }
    m_settings->setValue(settingsName(), texts.isEmpty() ? QVariant() : texts);
}

} // namespace Recorders::Internal
