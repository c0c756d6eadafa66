// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

namespace Recorders::Internal {

class ExpansionMemory;
class InspectorToolBar;
class SearchField;
class SnapshotViews;
struct InspectorActions;

// The search that is typed: rows, hits and what is expanded follow it.
class InspectorSearch : public QObject
{
    Q_OBJECT

public:
    InspectorSearch(const InspectorActions &actions, InspectorToolBar *toolBar,
                    SnapshotViews *views);

    void clear(); // and is ready for the next one
    void setText(const QString &text); // as if it was typed

Q_SIGNALS:
    void finished(); // its rows are shown

private:
    void connectViews();
    void find();
    void search(const QString &text);
    void finish();
    void showHits();

    InspectorToolBar *const m_toolBar;
    SearchField *const m_field;
    SnapshotViews *const m_views;
    ExpansionMemory *const m_expansion;
    bool m_isSearching = false; // what was typed; its rows are not shown yet
};

} // namespace Recorders::Internal
