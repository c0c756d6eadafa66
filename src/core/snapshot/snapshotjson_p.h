// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>

#include <QJsonObject>

namespace Recorders::Internal {

QJsonObject toJson(const MetricSnapshot &snapshot); // as the page "Snapshots in JSON" describes it

} // namespace Recorders::Internal
