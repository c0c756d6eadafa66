// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "measuredplugin.h"

// Everything here goes when the plugin is unloaded: code, virtual tables, descriptors, names. Both
// kinds of plugin are alike to the last byte of a name, so that one takes the other's place.

#ifdef MEASURED_PLUGIN_SHARES_ITS_EVENT
using PluginEvent = SharedEvent;
#else
struct SingleEvent
{
    static constexpr char eventType[] = "test.plugin.single";

    int value = 1;
};
using PluginEvent = SingleEvent;
#endif

namespace {

class PluginMetric : public Recorders::TypedMetric<PluginEvent>
{
public:
    using TypedMetric::TypedMetric;

    bool handle(const PluginEvent &event) override
    {
        m_total += event.value;
        return true;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name()).add(QStringLiteral("total"), m_total);
    }

private:
    qint64 m_total = 0;
};

} // namespace

extern "C" {
extern Q_DECL_EXPORT const MeasuredPlugin measuredPlugin;
const MeasuredPlugin measuredPlugin = {
    [](Recorders::Recorder &recorder) {
        return recorder.registerMetric(std::make_unique<PluginMetric>(QStringLiteral("plugin")));
    },
    [](Recorders::Recorder &recorder) { return recorder.registerEvent(PluginEvent{}); },
    &Recorders::Internal::eventTypeOf<PluginEvent>,
};
}
