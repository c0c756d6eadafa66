// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

class QWidget;

namespace Recorders::Internal {

// Space presses what has the focus where that can be pressed, although it pauses everywhere else.
class SpaceKey : public QObject
{
    Q_OBJECT

public:
    explicit SpaceKey(QWidget *widget);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace Recorders::Internal
