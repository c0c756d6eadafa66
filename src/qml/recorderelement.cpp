// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "qml/recorderelement_p.h"

#include "qml/eventpayload_p.h"

#include <recorders/core/dynamicevent.h>
#include <recorders/metrics/record.h>

#include <QJSEngine>
#include <QMetaMethod>
#include <QQmlInfo>

#include <chrono>
#include <utility>

namespace Recorders::Internal {

using namespace std::chrono_literals;

namespace {

constexpr qsizetype mostWarnings = 100;
constexpr std::chrono::milliseconds pace{ 100 }; // of counts
constexpr std::chrono::milliseconds patience{ 1000 }; // for a recorder that comes a moment later

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
RecorderElement::RecorderElement(QObject *parent)
    : QObject(parent)
    , m_timer(this)
    , m_patience(this)
{
    m_shown = current();
    m_patience.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RecorderElement::updateCounts);
    connect(&m_patience, &QTimer::timeout, this, &RecorderElement::sayWhatIsMissing);
}

RecorderElement::~RecorderElement() = default;

void RecorderElement::setRuntime(MetricsRuntime *runtime)
{
    const bool isForeign = runtime && runtime->thread() != thread();
    const QString nameBefore =
            std::exchange(m_foreignName, isForeign ? runtime->name() : QString());
    MetricsRuntime *const used = isForeign ? nullptr : runtime;
    if (m_runtime == used && m_foreignName == nameBefore)
        return;
    if (m_runtime)
        disconnect(m_runtime, nullptr, this, nullptr);
    m_runtime = used;
    if (used) {
        connect(used, &MetricsRuntime::recorderIdsChanged, this, &RecorderElement::find);
        connect(used, &MetricsRuntime::stateChanged, this, &RecorderElement::createIfWanted);
        connect(used, &QObject::destroyed, this, [this] {
            const QPointer<RecorderElement> self(this);
            update(); // NOLINT(clang-analyzer-core.CallAndMessage): it takes this for null
            if (self)
                Q_EMIT runtimeChanged(nullptr);
        });
    }
    if (begin())
        Q_EMIT runtimeChanged(used);
}

void RecorderElement::setEntityId(const QString &entityId)
{
    if (m_entityId == entityId)
        return;
    m_entityId = entityId;
    if (begin())
        Q_EMIT entityIdChanged(entityId);
}

void RecorderElement::setCreate(bool create)
{
    if (std::exchange(m_creates, create) == create)
        return;
    const QPointer<RecorderElement> self(this);
    createIfWanted();
    if (self)
        Q_EMIT createChanged(create);
}

void RecorderElement::componentComplete()
{
    m_isComplete = true;
    const QPointer<RecorderElement> self(this);
    createIfWanted();
    if (!self)
        return;
    m_patience.start(m_runtime ? patience : 0ms);
}

bool RecorderElement::begin()
{
    const QPointer<RecorderElement> self(this);
    if (m_recorder)
        disconnect(m_recorder.get(), nullptr, this, nullptr);
    m_recorder.reset();
    m_creationError.clear();
    find();
    if (self)
        createIfWanted();
    if (self && m_isComplete)
        m_patience.start(m_foreignName.isNull() ? patience : 0ms);
    return !self.isNull();
}

// One that has gone stays until there is another: its last snapshots can still be read.
void RecorderElement::find()
{
    std::shared_ptr<Recorder> found = m_runtime ? m_runtime->recorder(m_entityId) : nullptr;
    if (found && found != m_recorder) {
        if (m_recorder)
            disconnect(m_recorder.get(), nullptr, this, nullptr);
        connect(found.get(), &Recorder::stateChanged, this, &RecorderElement::update);
        m_recorder = std::move(found);
    }
    const QPointer<RecorderElement> self(this);
    update();
    if (self)
        updateCounts();
}

// When all that it takes has been set; one that was removed later stays removed.
void RecorderElement::createIfWanted()
{
    if (!m_creates || !m_isComplete || m_recorder || !m_runtime
        || m_runtime->state() != RuntimeState::Running)
        return;
    Error error;
    m_runtime->createRecorder(m_entityId, {}, &error);
    m_creationError =
            error && error.code() != ErrorCode::AlreadyExists ? error.message() : QString();
    find();
}

bool RecorderElement::isAccepting() const
{
    return m_recorder && errorOf(*m_recorder).isEmpty();
}

RecorderElement::Shown RecorderElement::current() const
{
    if (m_recorder)
        return { m_recorder->state(), errorOf(*m_recorder) };
    return { RecorderState::Created, whatIsMissing() };
}

QString RecorderElement::whatIsMissing() const
{
    if (!m_foreignName.isNull())
        return QStringLiteral("the runtime \"%1\" lives in another thread than QML")
                .arg(m_foreignName);
    if (!m_runtime)
        return QStringLiteral("runtime is null");
    if (m_entityId.isEmpty())
        return QStringLiteral("entityId is empty");
    if (!m_creationError.isEmpty())
        return m_creationError;
    if (m_entityId.trimmed().isEmpty())
        return QStringLiteral("entityId is blank");
    return QStringLiteral("the runtime \"%1\" has no recorder \"%2\"")
            .arg(m_runtime->name(), m_entityId);
}

// A slot may do anything, also destroy the element.
void RecorderElement::update()
{
    const Shown now = current();
    const Shown before = std::exchange(m_shown, now);
    const QPointer<RecorderElement> self(this);
    if (before.state != now.state)
        Q_EMIT stateChanged(now.state);
    if (self && before.error != now.error)
        Q_EMIT errorStringChanged(now.error);
}

RecorderElement::Counts RecorderElement::counts() const
{
    const RecorderStatistics known = statistics();
    return { double(known.pending), double(known.dropped + known.rejected) };
}

double RecorderElement::pending()
{
    return shownCounts().pending;
}

double RecorderElement::dropped()
{
    return shownCounts().dropped;
}

// So that a binding that asked can be told what changed since.
const RecorderElement::Counts &RecorderElement::shownCounts()
{
    if (!isWatched())
        m_counts = counts();
    return m_counts;
}

void RecorderElement::updateCounts()
{
    if (!m_timer.isActive())
        return;
    const Counts now = counts();
    const Counts before = std::exchange(m_counts, now);
    const QPointer<RecorderElement> self(this);
    if (before.pending != now.pending)
        Q_EMIT pendingChanged();
    if (self && before.dropped != now.dropped)
        Q_EMIT droppedChanged();
}

bool RecorderElement::isWatched() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&RecorderElement::pendingChanged))
            || isSignalConnected(QMetaMethod::fromSignal(&RecorderElement::droppedChanged));
}

// Counts are looked at only for whom has bound them.
void RecorderElement::watchCounts()
{
    if (!isWatched()) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start(pace);
        updateCounts();
    }
}

// Later: Qt may hold a lock here that it takes to ask who is connected.
void RecorderElement::watchLater(const QMetaMethod &signal)
{
    const bool isOfCounts = !signal.isValid()
            || signal == QMetaMethod::fromSignal(&RecorderElement::pendingChanged)
            || signal == QMetaMethod::fromSignal(&RecorderElement::droppedChanged);
    if (isOfCounts)
        QMetaObject::invokeMethod(this, &RecorderElement::watchCounts, Qt::QueuedConnection);
}

void RecorderElement::connectNotify(const QMetaMethod &signal)
{
    watchLater(signal);
}

void RecorderElement::disconnectNotify(const QMetaMethod &signal)
{
    watchLater(signal);
}

RegisterResult RecorderElement::registerEvent(const QString &type, const QJSValue &payload)
{
    if (type.trimmed().isEmpty()) {
        warn(QStringLiteral("registerEvent: the type of the event is blank"));
        return RegisterResult::Rejected;
    }
    const EventPayload read(*qjsEngine(this), payload);
    for (const QString &problem : read.problems())
        warn(QStringLiteral("event \"%1\": %2; it is left out")
                     .arg(EventPayload::elided(type), problem));
    if (!isAccepting())
        find(); // there may be another one that nobody has told of yet
    const RegisterResult result = record(m_recorder, DynamicEvent{ type, read.map() });
    if (result == RegisterResult::NotRunning)
        warn(QStringLiteral("events are not registered: %1").arg(current().error));
    return result;
}

QList<MetricSnapshot> RecorderElement::latestSnapshots() const
{
    return m_recorder ? m_recorder->latestSnapshots() : QList<MetricSnapshot>();
}

RecorderStatistics RecorderElement::statistics() const
{
    return m_recorder ? m_recorder->statistics() : RecorderStatistics();
}

// A recorder that has gone was there: that is no misuse.
void RecorderElement::sayWhatIsMissing()
{
    if (m_recorder || (m_runtime && m_entityId.isEmpty()))
        return;
    const bool mayCome = !m_entityId.trimmed().isEmpty() && m_creationError.isEmpty();
    if (m_runtime && mayCome)
        qmlInfo(this) << whatIsMissing();
    else
        warn(whatIsMissing());
}

void RecorderElement::warn(const QString &text)
{
    if (m_warnings.size() >= mostWarnings || m_warnings.contains(text))
        return;
    m_warnings.insert(text);
    qmlWarning(this) << text;
}

} // namespace Recorders::Internal
