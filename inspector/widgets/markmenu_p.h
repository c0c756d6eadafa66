// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

namespace Recorders::Internal {

class MarkList;
struct InspectorActions;

// Sets marks, and chooses the one to compare with.
class MarkMenu : public QMenu
{
    Q_OBJECT

public:
    MarkMenu(const InspectorActions &actions, MarkList *marks, QWidget *parent);

private:
    void fill();
    void addMarks();
    void askForName();

    const InspectorActions &m_actions;
    MarkList *const m_marks;
};

} // namespace Recorders::Internal
