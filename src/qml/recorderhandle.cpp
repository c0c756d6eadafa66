// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "qml/recorderhandle_p.h"

#include "qml/eventfields_p.h"

#include <recorders/core/dynamicevent.h>
#include <recorders/metrics/record.h>

#include <QLoggingCategory>
#include <QQmlContext>

#include <utility>

namespace Recorders::Internal {

namespace {

Q_LOGGING_CATEGORY(lcRecorder, "recorders.qml.recorder")

constexpr qsizetype mostWarnings = 100;

QString errorOf(const Recorder &recorder)
{
    const QString name = u"recorder \"" + recorder.entityId() + u'"';
    switch (recorder.state()) {
    case RecorderState::Created:
    case RecorderState::Starting:
    case RecorderState::Running:
        return {};
    case RecorderState::Failed:
        return name + u" failed: " + recorder.lastError().message();
    case RecorderState::Stopping:
    case RecorderState::Stopped:
        break;
    }
    return name + u" has stopped";
}

} // namespace

// What it does for QML is described in src/doc/qmltypes.qdoc.
RecorderHandle::RecorderHandle(QObject *parent)
    : QObject(parent)
{
    m_error = currentError();
}

RecorderHandle::~RecorderHandle() = default;

void RecorderHandle::setRuntime(MetricsRuntime *runtime)
{
    if (m_runtime == runtime)
        return;
    if (m_runtime)
        disconnect(m_runtime, nullptr, this, nullptr);
    m_runtime = runtime;
    if (runtime) {
        connect(runtime, &MetricsRuntime::recorderIdsChanged, this, &RecorderHandle::find);
        connect(runtime, &QObject::destroyed, this, [this] {
            updateError();
            Q_EMIT runtimeChanged(nullptr);
        });
    }
    m_recorder.reset();
    find();
    Q_EMIT runtimeChanged(runtime);
}

void RecorderHandle::setEntityId(const QString &entityId)
{
    if (m_entityId == entityId)
        return;
    m_entityId = entityId;
    m_recorder.reset();
    find();
    Q_EMIT entityIdChanged(entityId);
}

// One that has gone stays until there is another: its last snapshots can still be read.
void RecorderHandle::find()
{
    std::shared_ptr<Recorder> found = m_runtime ? m_runtime->recorder(m_entityId) : nullptr;
    if (found && found != m_recorder) {
        if (m_recorder)
            disconnect(m_recorder.get(), nullptr, this, nullptr);
        connect(found.get(), &Recorder::stateChanged, this, &RecorderHandle::updateError);
        m_recorder = std::move(found);
    }
    updateError();
}

bool RecorderHandle::isAccepting() const
{
    return m_recorder && errorOf(*m_recorder).isEmpty();
}

QString RecorderHandle::currentError() const
{
    if (m_recorder)
        return errorOf(*m_recorder);
    if (!m_runtime)
        return QStringLiteral("runtime is null");
    if (m_entityId.isEmpty())
        return QStringLiteral("entityId is empty");
    return QStringLiteral("the runtime \"%1\" has no recorder \"%2\"")
            .arg(m_runtime->name(), m_entityId);
}

void RecorderHandle::updateError()
{
    QString error = currentError();
    if (error == m_error)
        return;
    m_error = std::move(error);
    Q_EMIT errorChanged(m_error);
}

RegisterResult RecorderHandle::registerEvent(const QString &name, const QJSValue &fields)
{
    if (name.trimmed().isEmpty()) {
        warn(QStringLiteral("registerEvent: the name of the event is blank"));
        return RegisterResult::Rejected;
    }
    const EventFields read(fields);
    for (const QString &problem : read.problems())
        warn(QStringLiteral("event \"%1\": %2; it is left out").arg(name, problem));
    if (!isAccepting())
        find(); // there may be another one that nobody has told of yet
    const RegisterResult result = record(m_recorder, DynamicEvent{ name, read.map() });
    if (result == RegisterResult::NotRunning)
        warn(QStringLiteral("events are not registered: %1").arg(currentError()));
    return result;
}

QList<MetricSnapshot> RecorderHandle::latestSnapshots() const
{
    return m_recorder ? m_recorder->latestSnapshots() : QList<MetricSnapshot>();
}

RecorderStatistics RecorderHandle::statistics() const
{
    return m_recorder ? m_recorder->statistics() : RecorderStatistics();
}

void RecorderHandle::warn(const QString &text)
{
    if (m_warnings.size() >= mostWarnings || m_warnings.contains(text))
        return;
    m_warnings.insert(text);
    const QQmlContext *context = qmlContext(this);
    const QString place = context ? context->baseUrl().toString() : QString();
    qCWarning(lcRecorder).noquote() << (place.isEmpty() ? QString() : QString(place + u": "))
                    + u"MetricsRecorder \"" + m_entityId + u"\": " + text;
}

} // namespace Recorders::Internal
