// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// The edges of a QFuture; see qt_tsan_shim.cpp.

#include "shared/qt_tsan_shim.h"

#include <QtCore/private/qfutureinterface_p.h>
#include <QtCore>

#include <sanitizer/tsan_interface.h>

void QFutureInterfaceBase::reportFinished()
{
    using Function = void (*)(QFutureInterfaceBase *);
    static const auto real = realFunction<Function>("_ZN20QFutureInterfaceBase14reportFinishedEv");
    __tsan_release(&mutex());
    real(this);
}

bool QFutureInterfaceBase::queryState(State state) const
{
    using Function = bool (*)(const QFutureInterfaceBase *, State);
    static const auto real =
            realFunction<Function>("_ZNK20QFutureInterfaceBase10queryStateENS_5StateE");
    const bool isInState = real(this, state);
    if (isInState)
        __tsan_acquire(&mutex());
    return isInState;
}

void QFutureInterfaceBase::waitForFinished()
{
    using Function = void (*)(QFutureInterfaceBase *);
    static const auto real = realFunction<Function>("_ZN20QFutureInterfaceBase15waitForFinishedEv");
    real(this);
    __tsan_acquire(&mutex());
}

void QFutureInterfaceBase::waitForResult(int index)
{
    using Function = void (*)(QFutureInterfaceBase *, int);
    static const auto real = realFunction<Function>("_ZN20QFutureInterfaceBase13waitForResultEi");
    real(this, index);
    __tsan_acquire(&mutex());
}

bool QFutureInterfaceBase::derefT() const noexcept
{
    using Function = bool (*)(const QFutureInterfaceBase *);
    static const auto real = realFunction<Function>("_ZNK20QFutureInterfaceBase6derefTEv");
    void *const key = reinterpret_cast<char *>(&mutex()) + 1;
    __tsan_release(key);
    const bool isShared = real(this);
    if (!isShared)
        __tsan_acquire(key);
    return isShared;
}

// Each copy gives up its reference by a read-modify-write that acquires and releases, which is
// visible to ThreadSanitizer here; the last one takes it back, for the real function to delete
// the result and the state.
QFutureInterfaceBase::~QFutureInterfaceBase()
{
    using Function = void (*)(QFutureInterfaceBase *);
    static const auto real = realFunction<Function>("_ZN20QFutureInterfaceBaseD2Ev");
    if (!d) // moved from
        return;
    if (d->refCount.deref())
        return;
    d->refCount.ref();
    real(this);
}
