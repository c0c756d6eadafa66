// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/inspectorpins_p.h"

#include "widgets/inspectorsettings_p.h"
#include "widgets/pinstrip_p.h"
#include "widgets/snapshotviews_p.h"

#include <recorders/model/snapshotmodel.h>

#include <QAction>
#include <QApplication>
#include <QItemSelectionModel>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Recorders::Internal {

namespace {

constexpr qsizetype deepest = 3; // recorder, metric, dimension

QString settingsName()
{
    return QStringLiteral("pins");
}

QString toText(const QStringList &path)
{
    const QJsonDocument json(QJsonArray::fromStringList(path));
    return QString::fromUtf8(json.toJson(QJsonDocument::Compact));
}

// The file may have been edited.
QStringList fromText(const QString &text)
{
    QStringList path;
    const QJsonArray names = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const auto &name : names)
        path.append(name.toString());
    return path.size() > deepest ? QStringList() : path;
}

} // namespace

InspectorPins::InspectorPins(QAction *action, const SnapshotModel *model, SnapshotViews *views,
                             InspectorSettings *settings, QWidget *parent)
    : m_action(action)
    , m_views(views)
    , m_settings(settings)
    , m_model(model)
    , m_strip(new PinStrip(&m_model, parent))
{
    m_strip->setObjectName(QStringLiteral("pins"));
    m_strip->addAction(action);
    m_strip->alignWith(views->view());
    connect(action, &QAction::triggered, this, &InspectorPins::toggle);
    connect(views, &SnapshotViews::switched, m_strip,
            [this] { m_strip->alignWith(m_views->view()); });
    // As long as there is the strip: the keyboard goes elsewhere when widgets go one by one.
    const auto update = [this] {
        updateAction();
    };
    connect(views, &SnapshotViews::switched, m_strip, update);
    connect(views, &SnapshotViews::selectionChanged, m_strip, update);
    connect(m_strip->selectionModel(), &QItemSelectionModel::selectionChanged, m_strip, update);
    connect(qApp, &QApplication::focusChanged, m_strip, update);
    connect(&m_model, &PinModel::pathsChanged, this, &InspectorPins::updateAction);
    connect(&m_model, &PinModel::pathsChanged, this, &InspectorPins::save);
    updateAction();
}

QList<QStringList> InspectorPins::selectedPaths() const
{
    return m_strip->hasFocus() ? m_strip->selectedPaths() : m_views->selectedPaths();
}

void InspectorPins::toggle()
{
    const QList<QStringList> paths = selectedPaths();
    if (!m_model.containsAll(paths)) {
        m_model.add(paths);
        return;
    }
    const bool hadFocus = m_strip->hasFocus();
    m_model.remove(paths);
    if (hadFocus && m_model.rowCount() == 0)
        m_views->view()->setFocus();
}

void InspectorPins::updateAction()
{
    const QList<QStringList> paths = selectedPaths();
    m_action->setEnabled(!paths.isEmpty());
    m_action->setText(!paths.isEmpty() && m_model.containsAll(paths) ? tr("Un&pin") : tr("&Pin"));
}

void InspectorPins::restore()
{
    QList<QStringList> paths;
    const QStringList texts = m_settings->value(settingsName()).toStringList();
    for (const QString &text : texts)
        paths.append(fromText(text));
    paths.removeAll(QStringList());
    m_model.setPaths(paths);
}

void InspectorPins::save()
{
    QStringList texts;
    const QList<QStringList> paths = m_model.paths();
    std::transform(paths.begin(), paths.end(), std::back_inserter(texts), toText);
    m_settings->setValue(settingsName(), texts.isEmpty() ? QVariant() : texts);
}

} // namespace Recorders::Internal
