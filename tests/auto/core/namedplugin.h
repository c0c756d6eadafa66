// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>
#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/metricvalue.h>

#include <QString>

// What a plugin lets its host call that names everything by QStringLiterals, as the documentation
// does. Its event is written "plugin.named.event".
struct NamedPlugin
{
    std::shared_ptr<Recorders::Recorder> (*createRecorder)(Recorders::MetricsRuntime &runtime);
    bool (*registerMetric)(Recorders::Recorder &recorder);
    Recorders::Error (*registerRefusedMetric)(Recorders::Recorder &recorder);
    Recorders::Error (*makeError)();
    Recorders::RegisterResult (*registerEvent)(Recorders::Recorder &recorder);
    bool (*removeMetric)(Recorders::Recorder &recorder);
    bool (*removeRecorder)(Recorders::MetricsRuntime &runtime);
    void (*fill)(Recorders::SnapshotListSource &source);
    void (*show)(Recorders::MetricValue &value);
};

// The names again, by the host.
namespace PluginNames {
inline const QString recorder = QStringLiteral("plugin.recorder");
inline const QString metric = QStringLiteral("plugin.metric");
inline const QString text = QStringLiteral("as the plugin says");
} // namespace PluginNames
