// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/snapshotlistsource.h>

#include "core/platform/ownedstring_p.h"
#include "core/platform/steadytime_p.h"
#include "core/snapshot/cutversion_p.h"
#include "core/snapshot/lastsnapshots_p.h"
#include "core/snapshot/outline_p.h"
#include "core/snapshot/readyfuture_p.h"

#include <QLoggingCategory>
#include <QMap>
#include <QSet>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace Recorders {

using namespace Internal;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcListSource, "recorders.core.listsource", QtWarningMsg)

} // namespace

class SnapshotListSourcePrivate
{
public:
    struct Entry
    {
        RecorderSnapshot snapshot;
        quint64 version = 0; // of its last change
        quint64 restructuredAt = 0; // version since which it has these metrics, in these states
    };

    explicit SnapshotListSourcePrivate(QString sourceName)
        : name(std::move(sourceName))
    {
    }

    // All need mutex.
    Entry &touch(const QString &entityId);
    bool remove(const QString &entityId);
    std::chrono::nanoseconds now() const;
    SnapshotUpdate changes(const SnapshotRequest &request) const;
    void tellChanges(SnapshotUpdate &update, const SnapshotRequest &request) const;
    void tellRemoval(SnapshotUpdate &update, quint64 removedAt, const QString &entityId,
                     const SnapshotRequest &request) const;
    static RecorderSnapshot snapshotOf(const Entry &entry, const SnapshotRequest &request);

    template <typename Change>
    bool change(const QString &entityId, Change change); // takes mutex

    const QString name;
    mutable std::mutex mutex; // guards all that follows
    RuntimeState state = RuntimeState::Running;
    QMap<QString, Entry> entries;
    QMap<quint64, QString> changed; // the ids, by the version of the entry
    QMap<quint64, QString> removed; // by the version of the removal
    LastSnapshots lastSnapshots; // likewise
    std::optional<std::chrono::nanoseconds> fixedTime;
    RecorderStatistics removedStatistics;
    quint64 version = 1; // also nothing can be asked for
    quint64 lastGeneration = 0;
    qsizetype maxUpdateSize = 0;
    bool isEnded = false;
};

SnapshotListSourcePrivate::Entry &SnapshotListSourcePrivate::touch(const QString &entityId)
{
    const QString id = owned(entityId);
    Entry &entry = entries[id];
    const bool isNew = entry.version == 0;
    if (isNew) {
        entry.snapshot.entityId = id;
        entry.snapshot.generation = ++lastGeneration;
        entry.snapshot.state = RecorderState::Running;
    }
    changed.remove(entry.version);
    entry.version = ++version;
    if (isNew)
        entry.restructuredAt = version;
    changed.insert(entry.version, id);
    return entry;
}

namespace {

bool hasSameOutline(const QList<MetricSnapshot> &before, const QList<MetricSnapshot> &after)
{
    return std::equal(before.cbegin(), before.cend(), after.cbegin(), after.cend(),
                      [](const MetricSnapshot &a, const MetricSnapshot &b) {
                          return a.name() == b.name() && a.state() == b.state();
                      });
}

} // namespace

template <typename Change>
bool SnapshotListSourcePrivate::change(const QString &entityId, Change change)
{
    if (entityId.trimmed().isEmpty()) {
        qCWarning(lcListSource, "SnapshotListSource \"%s\": the entity id must not be blank",
                  qUtf8Printable(name));
        return false;
    }
    const std::lock_guard lock(mutex);
    Entry &entry = touch(entityId);
    const QList<MetricSnapshot> before = entry.snapshot.metrics;
    change(entry.snapshot);
    if (!hasSameOutline(before, entry.snapshot.metrics))
        entry.restructuredAt = entry.version;
    return true;
}

bool SnapshotListSourcePrivate::remove(const QString &entityId)
{
    const auto entry = entries.constFind(entityId);
    if (entry == entries.cend())
        return false;
    changed.remove(entry->version);
    removedStatistics += entry->snapshot.statistics;
    RecorderSnapshot last = entry->snapshot;
    last.detail = SnapshotDetail::Metrics;
    last.isComplete = true;
    entries.erase(entry);
    removed.insert(++version, owned(entityId));
    lastSnapshots.add(
            version,
            std::make_shared<const RecorderSnapshot>(LastSnapshots::keepable(std::move(last))));
    return true;
}

std::chrono::nanoseconds SnapshotListSourcePrivate::now() const
{
    return fixedTime.value_or(steadyTime());
}

namespace {

// Of two that go through maps by version.
template <typename Iterator>
bool isNext(Iterator it, Iterator end, Iterator other, Iterator otherEnd)
{
    return it != end && (other == otherEnd || it.key() < other.key());
}

} // namespace

SnapshotUpdate SnapshotListSourcePrivate::changes(const SnapshotRequest &request) const
{
    SnapshotUpdate update;
    update.version = version;
    update.time = now();
    update.isComplete = request.since == 0;
    tellChanges(update, request);
    const bool areLeft = !removed.isEmpty() && removed.lastKey() > update.version;
    if (request.entityIds.isEmpty() && (update.isComplete || !areLeft))
        update.removedStatistics = removedStatistics; // else they count what is told later
    CutVersion::markIfCut(update);
    return update;
}

RecorderSnapshot SnapshotListSourcePrivate::snapshotOf(const Entry &entry,
                                                       const SnapshotRequest &request)
{
    RecorderSnapshot snapshot = entry.snapshot;
    const quint64 knownSince = CutVersion::isMarked(request.since) ? 0 : request.since;
    const SnapshotDetail detail = request.detailOf(snapshot.entityId);
    snapshot.isComplete = detail == SnapshotDetail::Metrics
            || (detail == SnapshotDetail::Outline
                && isToldWhole(snapshot.state, entry.restructuredAt, knownSince));
    snapshot.detail = snapshot.isComplete ? SnapshotDetail::Metrics : detail;
    if (!snapshot.isComplete)
        snapshot.metrics.clear();
    return snapshot;
}

void SnapshotListSourcePrivate::tellRemoval(SnapshotUpdate &update, quint64 removedAt,
                                            const QString &entityId,
                                            const SnapshotRequest &request) const
{
    update.removed.append(entityId);
    const LastSnapshots::Pointer last = lastSnapshots.find(removedAt);
    if (last && !entries.contains(entityId))
        update.removedSnapshots.append(
                LastSnapshots::withDetail(*last, request.detailOf(entityId)));
}

/*
    The oldest change first, so that an update that is cut ends at a version to go on from. A removal
    whose id is in use again brings the recorder that has the id now, however late that changed.
*/
void SnapshotListSourcePrivate::tellChanges(SnapshotUpdate &update,
                                            const SnapshotRequest &request) const
{
    QSet<QString> told; // with a removal, before it is their turn
    const quint64 since = CutVersion::plain(request.since);
    auto change = changed.upperBound(since);
    auto removal = update.isComplete ? removed.cend() : removed.upperBound(since);
    while (change != changed.cend() || removal != removed.cend()) {
        const bool isRemoval = isNext(removal, removed.cend(), change, changed.cend());
        const auto it = isRemoval ? removal++ : change++;
        if (!request.wants(*it))
            continue;
        const bool isNews = entries.contains(*it) && !told.contains(*it);
        if (isNews && update.recorders.size() == maxUpdateSize && maxUpdateSize > 0) {
            update.hasMore = true;
            update.version = it.key() - 1;
            return;
        }
        if (isNews)
            update.recorders.append(snapshotOf(*entries.find(*it), request));
        if (isRemoval) {
            tellRemoval(update, it.key(), *it, request);
            told.insert(*it);
        }
    }
}

/*!
    \class Recorders::SnapshotListSource
    \inheaderfile recorders/core/snapshotlistsource.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The SnapshotListSource class is a source that says what it was given.

    It stands in for a runtime where snapshots are wanted, but no recorders: in the test of a view,
    of a model of one's own, or of whatever subscribes to a source, and in demonstrations. What it
    was given is told exactly, and so is the order and the time in which it came:

    \code
    SnapshotListSource source;
    source.setTime(0s); // from here on the test says how late it is
    source.setRecorder(QStringLiteral("connection-001"),
                       { MetricSnapshot(QStringLiteral("traffic"))
                                 .add(QStringLiteral("bytes"), 0, Unit::bytes(),
                                      MetricKind::Counter) });
    RecorderSnapshotModel model;
    model.setEntityId(QStringLiteral("connection-001"));
    model.setSource(&source);
    QTRY_COMPARE(model.rowCount(), 1);

    source.advance(1s);
    source.setMetric(QStringLiteral("connection-001"),
                     MetricSnapshot(QStringLiteral("traffic"))
                             .add(QStringLiteral("bytes"), 2048, Unit::bytes(),
                                  MetricKind::Counter));
    QTRY_COMPARE(model.index(0, 0).data(SnapshotModel::TextRole).toString(),
                 QStringLiteral("2.00 KiB"));
    QCOMPARE(model.index(0, 0).data(SnapshotModel::RateRole).toDouble(), 2048.0);
    \endcode

    A recorder that is removed and added again is another one: its
    \l {RecorderSnapshot::generation}{generation} differs. A change is told when somebody asks, as by any
    source, and with the recorder's other metrics. To see how a view bears the end, call
    setEnded(), or destroy the source.

    \threadsafe

    The source lives in the thread that made it, and may be used from any.

    \sa SnapshotSubscription, SnapshotModel
*/

/*!
    Constructs a source without recorders and without a name, with the given \a parent.
*/
SnapshotListSource::SnapshotListSource(QObject *parent)
    : SnapshotListSource(QString(), parent)
{
}

/*!
    Constructs a source without recorders, with the given \a name and \a parent.
*/
SnapshotListSource::SnapshotListSource(QString name, QObject *parent)
    : SnapshotSource(parent)
    , d(std::make_unique<SnapshotListSourcePrivate>(owned(std::move(name))))
{
}

SnapshotListSource::~SnapshotListSource() = default;

/*!
    \reimp
*/
QString SnapshotListSource::name() const
{
    return d->name;
}

/*!
    \reimp
*/
RuntimeState SnapshotListSource::state() const
{
    const std::lock_guard lock(d->mutex);
    return d->state;
}

/*!
    Says that the runtime is in \a state. It is RuntimeState::Running at first.
*/
void SnapshotListSource::setState(RuntimeState state)
{
    {
        const std::lock_guard lock(d->mutex);
        if (std::exchange(d->state, state) == state)
            return;
    }
    Q_EMIT stateChanged(state);
}

/*!
    Returns what updates say of when they were taken: that of the steady clock, unless setTime()
    was called.
*/
std::chrono::nanoseconds SnapshotListSource::time() const
{
    const std::lock_guard lock(d->mutex);
    return d->now();
}

/*!
    Says that it is \a time, until another one is set. Rates are worked out from this.
*/
void SnapshotListSource::setTime(std::chrono::nanoseconds time)
{
    const std::lock_guard lock(d->mutex);
    d->fixedTime = time;
}

/*!
    Says that it is so much later by \a time, and that time stands still then.
*/
void SnapshotListSource::advance(std::chrono::nanoseconds time)
{
    const std::lock_guard lock(d->mutex);
    const std::chrono::nanoseconds now = d->now();
    const bool isTooLate = time > std::chrono::nanoseconds::max() - std::max(now, 0ns);
    d->fixedTime = isTooLate ? std::chrono::nanoseconds::max() : now + time;
}

/*!
    Returns whether requests are refused.
*/
bool SnapshotListSource::isEnded() const
{
    const std::lock_guard lock(d->mutex);
    return d->isEnded;
}

/*!
    Refuses requests if \a ended, as a socket does that was closed: models keep what they show, and
    are ended. They go on if it is \c false again.
*/
void SnapshotListSource::setEnded(bool ended)
{
    const std::lock_guard lock(d->mutex);
    if (std::exchange(d->isEnded, ended) != ended)
        ++d->version; // so that somebody asks
}

/*!
    Returns of how many recorders one update tells at most, or 0 if there is no limit.
*/
qsizetype SnapshotListSource::maxUpdateSize() const
{
    const std::lock_guard lock(d->mutex);
    return d->maxUpdateSize;
}

/*!
    Tells of as many \a recorders at most in one update, which then
    \l {SnapshotUpdate::hasMore}{hasMore}. This is what a runtime does with many recorders.
*/
void SnapshotListSource::setMaxUpdateSize(qsizetype recorders)
{
    const std::lock_guard lock(d->mutex);
    d->maxUpdateSize = recorders;
}

/*!
    Returns the ids of all recorders, sorted.
*/
QStringList SnapshotListSource::recorderIds() const
{
    const std::lock_guard lock(d->mutex);
    return d->entries.keys();
}

/*!
    Returns the recorder \a entityId. Its own id is empty if there is no such recorder.
*/
RecorderSnapshot SnapshotListSource::recorder(const QString &entityId) const
{
    const std::lock_guard lock(d->mutex);
    return d->entries.value(entityId).snapshot;
}

/*!
    Adds \a recorder, or replaces all that was known of it. The source says which generation it is
    of.

    Like the other functions that change a recorder, it returns \c false, with a warning, if the id
    is blank.
*/
bool SnapshotListSource::setRecorder(const RecorderSnapshot &recorder)
{
    return d->change(recorder.entityId, [&](RecorderSnapshot &snapshot) {
        RecorderSnapshot replaced = recorder;
        replaced.entityId = snapshot.entityId;
        replaced.generation = snapshot.generation;
        snapshot = std::move(replaced);
    });
}

/*!
    \overload

    Replaces the \a metrics of the recorder \a entityId. Returns \c false if the id is blank.
*/
bool SnapshotListSource::setRecorder(const QString &entityId, const QList<MetricSnapshot> &metrics)
{
    return d->change(entityId, [&](RecorderSnapshot &snapshot) { snapshot.metrics = metrics; });
}

/*!
    Says that the recorder \a entityId is in \a state, and that its last error was \a error. A
    recorder that is new is running. Returns \c false if the id is blank.
*/
bool SnapshotListSource::setRecorderState(const QString &entityId, RecorderState state,
                                          const Error &error)
{
    return d->change(entityId, [&](RecorderSnapshot &snapshot) {
        snapshot.state = state;
        snapshot.error = error;
    });
}

/*!
    Sets the \a statistics of the recorder \a entityId. Returns \c false if the id is blank.
*/
bool SnapshotListSource::setStatistics(const QString &entityId,
                                       const RecorderStatistics &statistics)
{
    return d->change(entityId,
                     [&](RecorderSnapshot &snapshot) { snapshot.statistics = statistics; });
}

/*!
    Adds \a metric to the recorder \a entityId, or replaces the one of that name. Returns
    \c false if the id is blank.
*/
bool SnapshotListSource::setMetric(const QString &entityId, const MetricSnapshot &metric)
{
    return d->change(entityId, [&](RecorderSnapshot &snapshot) {
        QList<MetricSnapshot> &metrics = snapshot.metrics;
        const auto known = std::find_if(
                metrics.begin(), metrics.end(),
                [&metric](const MetricSnapshot &other) { return other.name() == metric.name(); });
        if (known == metrics.end())
            metrics.append(metric);
        else
            *known = metric;
    });
}

/*!
    Removes the metric \a name of the recorder \a entityId. Returns \c false if there is none.
*/
bool SnapshotListSource::removeMetric(const QString &entityId, const QString &name)
{
    const std::lock_guard lock(d->mutex);
    const auto isNamed = [&name](const MetricSnapshot &metric) {
        return metric.name() == name;
    };
    const QList<MetricSnapshot> metrics = d->entries.value(entityId).snapshot.metrics;
    if (std::none_of(metrics.cbegin(), metrics.cend(), isNamed))
        return false;
    SnapshotListSourcePrivate::Entry &entry = d->touch(entityId);
    entry.snapshot.metrics.removeIf(isNamed);
    entry.restructuredAt = entry.version;
    return true;
}

/*!
    Removes the recorder \a entityId, which is told with
    \l {SnapshotUpdate::removedSnapshots}{what it had}. Returns \c false if there is none.
*/
bool SnapshotListSource::removeRecorder(const QString &entityId)
{
    const std::lock_guard lock(d->mutex);
    return d->remove(entityId);
}

/*!
    \reimp
*/
quint64 SnapshotListSource::version() const
{
    const std::lock_guard lock(d->mutex);
    return d->version;
}

/*!
    \reimp

    The future is finished at once.
*/
QFuture<SnapshotUpdate> SnapshotListSource::changesSince(const SnapshotRequest &request)
{
    const std::lock_guard lock(d->mutex);
    return d->isEnded ? QFuture<SnapshotUpdate>() : readyFuture(d->changes(request));
}

} // namespace Recorders
