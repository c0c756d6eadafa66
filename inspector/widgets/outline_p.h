// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

class QWidget;

namespace Recorders::Internal {

// Lets a control have an outline that is seen. Fusion draws it in a darker shade of the window's
// color, and of a color that is next to black there is none.
void keepOutline(QWidget *control);

} // namespace Recorders::Internal
