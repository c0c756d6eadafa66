// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QObject>

namespace Recorders {

Q_NAMESPACE_EXPORT(RECORDERS_EXPORT)

enum class ErrorCode {
    NoError,
    InvalidArgument, // the message names the argument
    AlreadyExists,
    NotFound,
    InvalidState,
    NoApplication, // there is no QCoreApplication
    NoEventDispatcher, // the thread has no event dispatcher
    WrongThread,
    ThreadFailed,
    Timeout,
    OutOfMemory,
    MetricFailed,
    HookFailed,
};
Q_ENUM_NS(ErrorCode)

// What became of one event.
enum class RegisterResult {
    Accepted, // it will be handled
    Dropped, // the queue is full (OverflowPolicy::Drop, or Block after its timeout)
    Rejected, // the queue is full (OverflowPolicy::Reject), or the event could not be stored
    NotRunning, // the recorder is stopping, stopped or failed
};
Q_ENUM_NS(RegisterResult)

enum class OverflowPolicy { Drop, Reject, Block };
Q_ENUM_NS(OverflowPolicy)

enum class MetricFailurePolicy { IsolateMetric, FailRecorder };
Q_ENUM_NS(MetricFailurePolicy)

// How long a runtime keeps a recorder.
enum class RecorderLifetime {
    UntilRemoved, // by removeRecorder(), or the end of the runtime
    UntilLastHandle, // or until the last std::shared_ptr to it goes
};
Q_ENUM_NS(RecorderLifetime)

enum class RecorderState { Created, Starting, Running, Stopping, Stopped, Failed };
Q_ENUM_NS(RecorderState)

enum class RuntimeState { Created, Starting, Running, Stopping, Stopped, Failed };
Q_ENUM_NS(RuntimeState)

enum class MetricKind {
    Unspecified,
    Counter, // only grows, until it is reset
    UpDownCounter, // a sum that goes both ways
    Gauge, // the current value of something
    Histogram, // a figure of a distribution
    Text, // a state or a version
};
Q_ENUM_NS(MetricKind)

enum class MetricState {
    Active,
    Quarantined, // it failed too often and gets no more events
};
Q_ENUM_NS(MetricState)

// How much of its recorders a source is to tell.
enum class SnapshotDetail {
    RecordersOnly, // their state, error and statistics
    Outline, // which metrics they have, too, and in which state those are
    Metrics, // what their metrics say, too
};
Q_ENUM_NS(SnapshotDetail)

// How many bytes are shown.
enum class BytePrefix {
    Binary, // KiB, MiB: powers of 1024
    Decimal, // kB, MB: powers of 1000, as in SI
};
Q_ENUM_NS(BytePrefix)

} // namespace Recorders
