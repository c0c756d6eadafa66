// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QIcon>
#include <QString>

class QWidget;

namespace Recorders::Internal {

enum class Symbol { Search, Pause, Resume, Refresh, Expand, Collapse, Tree, Table, Mark, Menu };

// The icon of that name in the desktop's theme. Where there is none, a drawing in the palette's
// colors of the widget, at any resolution.
QIcon symbolIcon(Symbol symbol, const QWidget *widget);

} // namespace Recorders::Internal
