// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/qmlscene.h"
#include "shared/testmetrics.h"

#include <recorders/core/dynamicevent.h>
#include <recorders/core/metricsruntime.h>

#include <QRegularExpression>
#include <QTest>

// What the tests of the element Recorder have in common.
namespace Testing {

inline const QString uiId = QStringLiteral("ui");

class EventLog : public Recorders::TypedMetric<Recorders::DynamicEvent>
{
public:
    explicit EventLog(std::shared_ptr<Log<Recorders::DynamicEvent>> log)
        : TypedMetric(QStringLiteral("log"))
        , m_log(std::move(log))
    {
    }
    bool handle(const Recorders::DynamicEvent &event) override
    {
        m_log->append(event);
        return true;
    }
    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name()).add(QStringLiteral("total"), m_log->size());
    }

private:
    const std::shared_ptr<Log<Recorders::DynamicEvent>> m_log;
};

// A runtime that runs, for recorders that log their events.
class RecorderFixture
{
public:
    RecorderFixture()
        : runtime(QStringLiteral("app"))
    {
        runtime.start();
    }

    std::shared_ptr<Recorders::Recorder>
    createRecorder(const Recorders::RecorderOptions &options = {})
    {
        const auto recorder = runtime.createRecorder(uiId, options);
        recorder->registerMetric(std::make_unique<EventLog>(log));
        return recorder;
    }
    QVariantMap asRequired()
    {
        return { { QStringLiteral("runtime"), QVariant::fromValue(&runtime) } };
    }
    QList<Recorders::DynamicEvent> events() const
    {
        if (const auto recorder = runtime.recorder(uiId))
            recorder->flush();
        return log->entries();
    }

    std::shared_ptr<Log<Recorders::DynamicEvent>> log =
            std::make_shared<Log<Recorders::DynamicEvent>>();
    Recorders::MetricsRuntime runtime;
};

inline const QByteArray element = R"(Recorder { entityId: "ui" })";

inline QVariant call(QmlScene &scene, const QString &arguments)
{
    return scene.evaluate(u"registerEvent(" + arguments + u')');
}

// As JavaScript sees it.
inline QVariant resultOf(Recorders::RegisterResult result)
{
    return static_cast<int>(result);
}

inline void ignore(const QString &text)
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QRegularExpression::escape(text) + u'$'));
}

} // namespace Testing
