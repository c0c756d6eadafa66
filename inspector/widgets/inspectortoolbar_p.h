// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/quiettoolbar_p.h"

#include <QList>

class QAction;
class QLabel;
class QMenu;
class QToolButton;

namespace Recorders::Internal {

struct InspectorActions;
class RefreshMenu;
class SearchField;
class ViewSwitch;

// The search and what is done most.
class InspectorToolBar : public QuietToolBar
{
    Q_OBJECT

public:
    InspectorToolBar(const InspectorActions &actions, RefreshMenu *refreshRates, QMenu *marks,
                     const QList<QMenu *> &menus, QWidget *parent);

    SearchField *searchField() const { return m_searchField; }

    void setHits(const QString &text, const QString &details);

protected:
    void changeEvent(QEvent *event) override;

private:
    QToolButton *addButton(QAction *action);
    QToolButton *addMenuButton(QMenu *menu);
    void addSpace();
    void addMarks(QAction *setMark, QMenu *marks);
    void addRates();
    void addAllMenus(const QList<QMenu *> &menus);
    void applyMetrics();

    SearchField *const m_searchField;
    QLabel *const m_hits;
    ViewSwitch *const m_viewSwitch;
    QToolButton *m_pause = nullptr;
    QToolButton *m_rate = nullptr;
    RefreshMenu *const m_refreshRates;
};

} // namespace Recorders::Internal
