// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// For tests only. Debian's Qt is not instrumented, so ThreadSanitizer sees neither its locks nor the
// order that they establish: a correct program that posts an event to another thread is reported.
// This file, and qt_tsan_future.cpp, tell it the happens-before edges that Qt really gives, and no
// more:
//
//     posting an event, deleteLater()     -> its delivery
//     emitting a signal                   -> the slot in the receiver's thread
//     a blocking call into another thread -> its return
//     the end of a thread                 -> QThread::wait()
//     QSemaphore::release()               -> QSemaphore::acquire()
//     QWaitCondition::wait()                 gives its mutex up and takes it again
//     connecting a signal                 -> its emission
//     finishing a QFuture                 -> seeing or awaiting that it is finished
//     giving up a copy of a QFuture       -> deleting the result and its state with the last one
//
// It defines functions of Qt, which forward to the real ones; the executable exports them
// (-rdynamic), so that they are found first. Calls within libQt6Core are not interposed: for these
// there are the callbacks that Qt keeps for signal spies and debuggers.
//
// Limit: all emissions share one synchronisation object, so a race between two threads that
// exchange other signals at the same moment may be hidden. Lock-free code is tested without Qt.

#include "shared/qt_tsan_shim.h"

#include <QtCore>

#include <atomic>
#include <functional>

#include <sanitizer/tsan_interface.h>

// The layout of private/qobject_p.h, checked for this version only.
#if QT_VERSION >= QT_VERSION_CHECK(6, 4, 0) && QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
#  define RECORDERS_SHIM_HAS_PRIVATE_HOOKS
#endif

#ifdef RECORDERS_SHIM_HAS_PRIVATE_HOOKS
struct QSignalSpyCallbackSet
{
    using BeginCallback = void (*)(QObject *caller, int signalOrMethod, void **arguments);
    using EndCallback = void (*)(QObject *caller, int signalOrMethod);

    BeginCallback signalBegin;
    BeginCallback slotBegin;
    EndCallback signalEnd;
    EndCallback slotEnd;
};
Q_CORE_EXPORT void qt_register_signal_spy_callbacks(QSignalSpyCallbackSet *callbacks);
#endif

namespace {

// Posted events are ordered by thread, not by receiver.
void *postKey(const QObject *receiver)
{
    return receiver ? static_cast<void *>(receiver->thread()) : nullptr;
}

void releasePost(const QObject *receiver)
{
    if (void *const key = postKey(receiver))
        __tsan_release(key);
}

char emissions; // the synchronisation object of all signal emissions
char connections; // and that of all connections
thread_local const QObject *ownThread = nullptr; // whose signal this thread emits, or has emitted
std::atomic<int> openEmissions{ 0 }; // of all threads

#ifdef RECORDERS_SHIM_HAS_PRIVATE_HOOKS

// The emissions under way in this thread, by the stack frame of their beginning. Qt does not tell
// the end of one whose sender a slot has deleted: it is over when the stack is shorter than then.
// Trivially destructible, because QThread::finished() is emitted as a thread ends.
class OwnEmissions
{
public:
    int count() const { return m_count; }

    void begin(const void *frame)
    {
        end(frame); // two at one depth: the first is over
        if (m_count == maxDepth)
            return;
        m_frames[m_count++] = frame;
        openEmissions.fetch_add(1, std::memory_order_relaxed);
    }

    void end(const void *frame)
    {
        forgetDeeperThan(frame);
        if (m_count > 0 && m_frames[m_count - 1] == frame)
            forgetLast();
    }

    void forgetDeeperThan(const void *frame)
    {
        while (m_count > 0 && std::less<>()(m_frames[m_count - 1], frame)) // it grows downwards
            forgetLast();
    }

private:
    static constexpr int maxDepth = 64;

    void forgetLast()
    {
        --m_count;
        openEmissions.fetch_sub(1, std::memory_order_relaxed);
    }

    const void *m_frames[maxDepth];
    int m_count;
};

thread_local OwnEmissions ownEmissions;

void signalBegins(QObject *caller, int /*signal*/, void ** /*arguments*/)
{
    ownEmissions.begin(__builtin_frame_address(0));
    __tsan_acquire(&connections);
    __tsan_release(&emissions);
    if (qobject_cast<QThread *>(caller)) { // finished() is the last that a thread does
        ownThread = caller;
        __tsan_release(caller);
    }
}

void signalEnds(QObject *caller, int /*signal*/)
{
    __tsan_release(&emissions);
    if (caller == ownThread) // compared only: a slot may have deleted the caller
        __tsan_release(caller);
    ownEmissions.end(__builtin_frame_address(0));
}

QSignalSpyCallbackSet signalCallbacks{ signalBegins, nullptr, signalEnds, nullptr };

// The arguments of a queued signal are copied between its begin and its end. The receiver lets
// emissions under way end; the number of rounds is bounded, so that it cannot hang.
void awaitForeignEmissions()
{
    constexpr int maxRounds = 2000;
    ownEmissions.forgetDeeperThan(__builtin_frame_address(0));
    for (int i = 0; i < maxRounds; ++i) {
        if (openEmissions.load(std::memory_order_relaxed) <= ownEmissions.count())
            return;
        QThread::yieldCurrentThread();
    }
}

#endif

bool eventIsDelivered(void **data)
{
    const auto *receiver = static_cast<QObject *>(data[0]);
    const auto *event = static_cast<QEvent *>(data[1]);
    __tsan_acquire(&emissions);
    if (void *const key = postKey(receiver))
        __tsan_acquire(key);
#ifdef RECORDERS_SHIM_HAS_PRIVATE_HOOKS
    if (event->type() == QEvent::MetaCall)
        awaitForeignEmissions();
#else
    Q_UNUSED(event);
#endif
    __tsan_acquire(&emissions);
    return false; // not filtered
}

struct Registration
{
    Registration()
    {
#ifdef RECORDERS_SHIM_HAS_PRIVATE_HOOKS
        qt_register_signal_spy_callbacks(&signalCallbacks);
#endif
        QInternal::registerCallback(QInternal::EventNotifyCallback, eventIsDelivered);
    }
};
const Registration registration;

} // namespace

void QCoreApplication::postEvent(QObject *receiver, QEvent *event, int priority)
{
    using Function = void (*)(QObject *, QEvent *, int);
    static const auto real =
            realFunction<Function>("_ZN16QCoreApplication9postEventEP7QObjectP6QEventi");
    releasePost(receiver);
    real(receiver, event, priority);
}

void QObject::deleteLater()
{
    using Function = void (*)(QObject *);
    static const auto real = realFunction<Function>("_ZN7QObject11deleteLaterEv");
    releasePost(this);
    real(this);
}

bool QThread::wait(QDeadlineTimer deadline)
{
    using Function = bool (*)(QThread *, QDeadlineTimer);
    static const auto real = realFunction<Function>("_ZN7QThread4waitE14QDeadlineTimer");
    const bool hasFinished = real(this, deadline);
    if (hasFinished)
        __tsan_acquire(this);
    return hasFinished;
}

void QSemaphore::acquire(int n)
{
    using Function = void (*)(QSemaphore *, int);
    static const auto real = realFunction<Function>("_ZN10QSemaphore7acquireEi");
    real(this, n);
    __tsan_acquire(this);
}

void QSemaphore::release(int n)
{
    using Function = void (*)(QSemaphore *, int);
    static const auto real = realFunction<Function>("_ZN10QSemaphore7releaseEi");
    __tsan_release(this);
    real(this, n);
}

bool QWaitCondition::wait(QMutex *mutex, QDeadlineTimer deadline)
{
    using Function = bool (*)(QWaitCondition *, QMutex *, QDeadlineTimer);
    static const auto real =
            realFunction<Function>("_ZN14QWaitCondition4waitEP6QMutex14QDeadlineTimer");
    __tsan_mutex_pre_unlock(mutex, 0);
    __tsan_mutex_post_unlock(mutex, 0);
    const bool isWoken = real(this, mutex, deadline);
    __tsan_mutex_pre_lock(mutex, 0);
    __tsan_mutex_post_lock(mutex, 0, 0);
    return isWoken;
}

QMetaObject::Connection QObject::connectImpl(const QObject *sender, void **signal,
                                             const QObject *receiver, void **slotPointer,
                                             QtPrivate::QSlotObjectBase *slotObject,
                                             Qt::ConnectionType type, const int *types,
                                             const QMetaObject *senderMetaObject)
{
    using Function = QMetaObject::Connection (*)(const QObject *, void **, const QObject *, void **,
                                                 QtPrivate::QSlotObjectBase *, Qt::ConnectionType,
                                                 const int *, const QMetaObject *);
    static const auto real = realFunction<Function>(
            "_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseE"
            "N2Qt14ConnectionTypeEPKiPK11QMetaObject");
    __tsan_release(&connections);
    return real(sender, signal, receiver, slotPointer, slotObject, type, types, senderMetaObject);
}

#ifdef RECORDERS_SHIM_HAS_PRIVATE_HOOKS

namespace {

void *returnKey(QObject *receiver)
{
    return reinterpret_cast<char *>(receiver) + 1; // beside the keys that Qt objects are themselves
}

// Stands in for the functor of a call, to see when it was called and when it is destroyed.
class ObservedCall : public QtPrivate::QSlotObjectBase
{
public:
    explicit ObservedCall(QtPrivate::QSlotObjectBase *call)
        : QSlotObjectBase(&ObservedCall::perform)
        , m_call(call)
    {
    }

private:
    static void perform(int operation, QSlotObjectBase *self, QObject *receiver, void **arguments,
                        bool * /*isEqual*/)
    {
        auto *observed = static_cast<ObservedCall *>(self);
        if (operation == Call) {
            observed->m_call->call(receiver, arguments);
            if (receiver)
                __tsan_release(returnKey(receiver));
            __tsan_release(self);
        } else if (operation == Destroy) {
            __tsan_acquire(self);
            observed->m_call->destroyIfLastRef();
            delete observed;
        }
    }

    QtPrivate::QSlotObjectBase *const m_call;
};

} // namespace

bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *call,
                                   Qt::ConnectionType type, void *result)
{
    using Function = bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    static const auto real = realFunction<Function>(
            "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseE"
            "N2Qt14ConnectionTypeEPv");
    const bool crossesThreads = object && object->thread() != QThread::currentThread();
    if (!crossesThreads && type != Qt::QueuedConnection)
        return real(object, call, type, result);

    auto *const observed = new ObservedCall(call);
    __tsan_release(observed);
    releasePost(object);
    const bool isInvoked = real(object, observed, type, result);
    if (type == Qt::BlockingQueuedConnection)
        __tsan_acquire(returnKey(object));
    return isInvoked;
}

bool QMetaObject::invokeMethod(QObject *object, const char *member, Qt::ConnectionType type,
                               QGenericReturnArgument result, QGenericArgument a0,
                               QGenericArgument a1, QGenericArgument a2, QGenericArgument a3,
                               QGenericArgument a4, QGenericArgument a5, QGenericArgument a6,
                               QGenericArgument a7, QGenericArgument a8, QGenericArgument a9)
{
    using Argument = QGenericArgument;
    using Function = bool (*)(QObject *, const char *, Qt::ConnectionType, QGenericReturnArgument,
                              Argument, Argument, Argument, Argument, Argument, Argument, Argument,
                              Argument, Argument, Argument);
    static const auto real = realFunction<Function>(
            "_ZN11QMetaObject12invokeMethodEP7QObjectPKcN2Qt14ConnectionTypeE"
            "22QGenericReturnArgument16QGenericArgumentS7_S7_S7_S7_S7_S7_S7_S7_S7_");
    releasePost(object);
    return real(object, member, type, result, a0, a1, a2, a3, a4, a5, a6, a7, a8, a9);
}

#endif
