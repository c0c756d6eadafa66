// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/namespace.h>
#include <recorders/core/recorder.h>
#include <recorders/core/snapshotsource.h>
#include <recorders/recorders_export.h>

#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <type_traits>
#include <utility>

namespace Recorders {

class MetricsRuntimePrivate;

namespace Internal {

struct RuntimeLink;

// Removes the recorder when its last handle goes, if its lifetime says so.
class RECORDERS_EXPORT LastHandle final
{
public:
    LastHandle(std::shared_ptr<Recorder> recorder, std::shared_ptr<RuntimeLink> runtime) noexcept;

    void operator()(Recorder *recorder) noexcept; // any thread; does not wait

private:
    std::shared_ptr<Recorder> m_recorder;
    std::shared_ptr<RuntimeLink> m_runtime;
};

// A member, so that std::enable_shared_from_this knows of the handles only.
template <class R>
struct OwnedRecorder
{
    template <class... Args>
    explicit OwnedRecorder(Args &&...args)
        : recorder(std::forward<Args>(args)...)
    {
    }

    R recorder;
};

// Only where there is a constructor R(id, options, args...).
template <class R, class... Args>
using IfConstructible =
        std::enable_if_t<std::is_constructible_v<R, const QString &, RecorderOptions, Args...>,
                         bool>;

} // namespace Internal

// Of all recorders that a runtime has and had, together.
struct RuntimeTotals : public Recorders::RecorderStatistics // in full, for QML's tools
{
    Q_GADGET_EXPORT(RECORDERS_EXPORT)
    Q_PROPERTY(quint64 recorders MEMBER recorders CONSTANT)
    Q_PROPERTY(quint64 failed MEMBER failed CONSTANT)

public:
    quint64 recorders = 0; // that there are now
    quint64 failed = 0; // of them

    friend bool operator==(const RuntimeTotals &a, const RuntimeTotals &b) noexcept
    {
        const RecorderStatistics &statistics = a;
        return statistics == b && a.recorders == b.recorders && a.failed == b.failed;
    }
    friend bool operator!=(const RuntimeTotals &a, const RuntimeTotals &b) noexcept
    {
        return !(a == b);
    }
};

// Owns a thread with an event loop, and the recorders that live there.
class RECORDERS_EXPORT MetricsRuntime : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString name READ name CONSTANT)
    Q_PROPERTY(Recorders::RuntimeState state READ state NOTIFY stateChanged)
    Q_PROPERTY(QStringList recorderIds READ recorderIds NOTIFY recorderIdsChanged)
    Q_PROPERTY(Recorders::RuntimeTotals totals READ shownTotals NOTIFY totalsChanged)
    Q_PROPERTY(Recorders::SnapshotSource *snapshotSource READ snapshotSource CONSTANT)

public:
    explicit MetricsRuntime(QString name, QObject *parent = nullptr);
    ~MetricsRuntime() override; // shuts down

    QString name() const;
    RuntimeState state() const; // any thread
    Error lastError() const; // any thread

    std::chrono::milliseconds drainInterval() const;
    void setDrainInterval(std::chrono::milliseconds interval); // before start(), at least 1 ms

    std::chrono::milliseconds stallWarningTime() const; // any thread
    void setStallWarningTime(std::chrono::milliseconds time); // any thread; 0: no warnings

    // Any thread, both. Bytes that the process keeps for events though none need them.
    static qsizetype idleEventMemory();
    static void setIdleEventMemory(qsizetype bytes); // at least 0

    bool start(Error *error = nullptr); // any thread but its own
    bool shutdown(Error *error = nullptr); // any thread but its own

    // Any thread. Null, and an error, if the recorder could not be made.
    std::shared_ptr<Recorder> createRecorder(const QString &id, RecorderOptions options = {},
                                             Error *error = nullptr);
    template <class R, class... Args, Internal::IfConstructible<R, Args...> = true>
    std::shared_ptr<R> createRecorder(const QString &id, RecorderOptions options, Args &&...args);
    template <class R, class... Args, Internal::IfConstructible<R, Args...> = true>
    std::shared_ptr<R> createRecorder(const QString &id, RecorderOptions options, Error *error,
                                      Args &&...args);

    std::shared_ptr<Recorder> recorder(const QString &id) const; // any thread
    QStringList recorderIds() const; // any thread, sorted
    bool removeRecorder(const QString &id, Error *error = nullptr); // any thread
    RuntimeTotals totals() const; // any thread
    RecorderStatistics statistics() const; // any thread, of all recorders, removed ones included

    SnapshotSource *snapshotSource() const; // owned by the runtime

Q_SIGNALS: // a name would hide the property of that name in a handler of QML
    void recorderAdded(const QString &id);
    void recorderRemoved(const QString &id);
    void recorderIdsChanged(); // in the thread of this object, after any number of changes
    void stateChanged(Recorders::RuntimeState);
    void totalsChanged(); // in the thread of this object, a few times per second

protected:
    void connectNotify(const QMetaMethod &signal) override;
    void disconnectNotify(const QMetaMethod &signal) override;

private:
    Q_DISABLE_COPY_MOVE(MetricsRuntime)
    friend class MetricsRuntimePrivate;

    // What the runtime keeps, and what its users get; the same object.
    template <class R>
    struct Made
    {
        std::shared_ptr<Recorder> owned;
        std::shared_ptr<R> handle;
    };
    template <class R, class... Args>
    Made<R> make(RecorderLifetime lifetime, Args &&...args);
    std::shared_ptr<Internal::RuntimeLink> link() const;
    bool admits(const QString &id, const RecorderOptions &options, Error *error);
    bool adopt(const Made<Recorder> &made, Error *error);
    void constructorFailed(const QString &id, Error *error);
    void tellIdsChanged();
    RuntimeTotals shownTotals() const;
    bool isTotalsSignalConnected() const;
    void watchTotals();

    std::unique_ptr<MetricsRuntimePrivate> d; // constant but for the destructor
};

template <class R, class... Args>
MetricsRuntime::Made<R> MetricsRuntime::make(RecorderLifetime lifetime, Args &&...args)
{
    if (lifetime == RecorderLifetime::UntilRemoved) {
        const auto recorder = std::make_shared<R>(std::forward<Args>(args)...);
        return { recorder, recorder };
    }
    const auto made = std::make_shared<Internal::OwnedRecorder<R>>(std::forward<Args>(args)...);
    const std::shared_ptr<Recorder> owned(made, &made->recorder);
    return { owned, std::shared_ptr<R>(&made->recorder, Internal::LastHandle(owned, link())) };
}

template <class R, class... Args, Internal::IfConstructible<R, Args...>>
std::shared_ptr<R> MetricsRuntime::createRecorder(const QString &id, RecorderOptions options,
                                                  Args &&...args)
{
    Error *const unwanted = nullptr;
    return createRecorder<R>(id, std::move(options), unwanted, std::forward<Args>(args)...);
}

template <class R, class... Args, Internal::IfConstructible<R, Args...>>
std::shared_ptr<R> MetricsRuntime::createRecorder(const QString &id, RecorderOptions options,
                                                  Error *error, Args &&...args)
{
    static_assert(std::is_base_of_v<Recorder, R>, "R must be a Recorders::Recorder");
    if (!admits(id, options, error))
        return nullptr;
    Made<R> made;
    QT_TRY
    {
        made = make<R>(options.lifetime, id, std::move(options), std::forward<Args>(args)...);
    }
    QT_CATCH(...)
    {
        constructorFailed(id, error);
        return nullptr;
    }
    return adopt({ made.owned, made.handle }, error) ? made.handle : nullptr;
}

} // namespace Recorders
