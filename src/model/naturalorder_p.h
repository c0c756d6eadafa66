// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringView>

namespace Recorders::Internal {

// Negative, zero or positive, as a person would sort: connection-2 before connection-10, letters
// regardless of case. A total order: zero for equal names only.
int compareNaturally(QStringView a, QStringView b);

} // namespace Recorders::Internal
