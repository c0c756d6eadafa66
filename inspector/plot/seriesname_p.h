// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/valuesampler_p.h"

namespace Recorders::Internal {

// What tells it apart from the others: the recorder, the value, or both.
QString seriesName(const ValueKey &key, const QList<ValueKey> &all);

} // namespace Recorders::Internal
