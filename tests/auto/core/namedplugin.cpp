// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/namedplugin.h"

#include <QByteArray>
#include <QStringList>
#include <QVariantMap>

using namespace Recorders;

// All characters that are here go when the plugin is unloaded.

namespace {

struct NamedEvent
{
    static constexpr char eventType[] = "plugin.named.event";
};

MetricSnapshot namedSnapshot(const QString &name, int total)
{
    Dimension part{ QStringLiteral("part"),
                    total,
                    Unit(QStringLiteral("{plugin parts}")),
                    MetricKind::Counter,
                    { { QStringLiteral("of"), QStringLiteral("whole") } } };
    return MetricSnapshot(name)
            .setDescription(QStringLiteral("Described by the plugin"))
            .setState(MetricState::Active, QStringLiteral("an error of the plugin"))
            .add(part)
            .add(QStringLiteral("text"), QStringLiteral("as the plugin says"), {}, MetricKind::Text)
            .add(QStringLiteral("bytes"), QByteArrayLiteral("bytes of the plugin"))
            .add(QStringLiteral("list"), QStringList{ QStringLiteral("first of the plugin") })
            .add(QStringLiteral("map"),
                 QVariantMap{ { QStringLiteral("key of the plugin"),
                                QVariantList{ QStringLiteral("value of the plugin") } } });
}

class NamedMetric : public TypedMetric<NamedEvent>
{
public:
    NamedMetric()
        : TypedMetric(QStringLiteral("plugin.metric"))
    {
    }

    bool handle(const NamedEvent &event) override
    {
        Q_UNUSED(event)
        ++m_total;
        return true;
    }
    MetricSnapshot snapshot() const override { return namedSnapshot(name(), m_total); }

private:
    int m_total = 0;
};

class RefusedMetric : public NamedMetric
{
protected:
    Error configurationError() const override
    {
        return Error(ErrorCode::InvalidArgument, QStringLiteral("refused by the plugin"));
    }
};

} // namespace

extern "C" {
extern Q_DECL_EXPORT const NamedPlugin namedPlugin;
const NamedPlugin namedPlugin = {
    [](MetricsRuntime &runtime) {
        return runtime.createRecorder(QStringLiteral("plugin.recorder"));
    },
    [](Recorder &recorder) { return recorder.registerMetric(std::make_unique<NamedMetric>()); },
    [](Recorder &recorder) {
        Error error;
        recorder.registerMetric(std::make_unique<RefusedMetric>(), &error);
        return error;
    },
    [] { return Error(ErrorCode::HookFailed, QStringLiteral("said by the plugin")); },
    [](Recorder &recorder) { return recorder.registerEvent(NamedEvent{}); },
    [](Recorder &recorder) { return recorder.removeMetric(QStringLiteral("plugin.metric")); },
    [](MetricsRuntime &runtime) {
        return runtime.removeRecorder(QStringLiteral("plugin.recorder"));
    },
    [](SnapshotListSource &source) {
        const auto id = QStringLiteral("plugin.recorder");
        source.setMetric(id, namedSnapshot(QStringLiteral("plugin.metric"), 1));
        source.setRecorderState(
                id, RecorderState::Failed,
                Error(ErrorCode::MetricFailed, QStringLiteral("failed as the plugin says")));
        const auto gone = QStringLiteral("plugin.recorder.gone");
        source.setMetric(gone, namedSnapshot(QStringLiteral("plugin.metric"), 1));
        source.removeRecorder(gone);
    },
    [](MetricValue &value) {
        value.setEntityId(QStringLiteral("plugin.recorder"));
        value.setMetric(QStringLiteral("plugin.metric"));
        value.setDimension(QStringLiteral("part"));
    },
};
}
