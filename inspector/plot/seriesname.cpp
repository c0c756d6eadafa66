// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/seriesname_p.h"

#include <QStringList>

#include <algorithm>

namespace Recorders::Internal {

QString seriesName(const ValueKey &key, const QList<ValueKey> &all)
{
    const auto isShared = [&](auto part) {
        return std::all_of(all.begin(), all.end(),
                           [&](const ValueKey &other) { return other.*part == key.*part; });
    };
    const bool isOneRecorder = isShared(&ValueKey::entityId);
    const bool isOneMetric = isShared(&ValueKey::metric) && isShared(&ValueKey::dimension);
    QStringList parts;
    if (!isOneRecorder)
        parts.append(key.entityId);
    if (isOneRecorder || !isOneMetric) {
        parts.append(key.metric);
        if (!key.dimension.isEmpty())
            parts.append(key.dimension);
    }
    return parts.join(QStringLiteral(" / ")).simplified();
}

} // namespace Recorders::Internal
