// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QMenu>

#include <functional>

namespace Recorders::Internal {

// Leads the keyboard to a part of the inspector. The shortcuts work while it is in the parent.
class GoMenu : public QMenu
{
    Q_OBJECT

public:
    explicit GoMenu(QWidget *parent);

    // Goes to the first widget in it that takes the keyboard, if it is shown.
    void addPart(const QString &title, const QKeySequence &key,
                 const std::function<QWidget *()> &part);
};

} // namespace Recorders::Internal
