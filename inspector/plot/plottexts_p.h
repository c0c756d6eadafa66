// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>

namespace Recorders::Internal {

// Where what plots say is translated, also outside of widgets.
struct PlotTexts
{
    Q_DECLARE_TR_FUNCTIONS(Recorders::Internal::PlotTexts)
};

} // namespace Recorders::Internal
