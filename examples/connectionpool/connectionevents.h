// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <chrono>

// What happens to a connection. These are facts; what they mean is up to metrics.

struct OpenAttempt
{
    static constexpr char eventType[] = "connection.open.attempt";

    enum class Outcome { Success, Failure };
    Outcome outcome = Outcome::Failure;
};

struct BytesMoved
{
    static constexpr char eventType[] = "connection.bytes.moved";

    qint64 received = 0;
    qint64 sent = 0;
};

struct TransferStarted
{
    static constexpr char eventType[] = "connection.transfer.started";
};

struct TransferFinished
{
    static constexpr char eventType[] = "connection.transfer.finished";

    enum class Outcome { Success, Failure, Cancelled };
    Outcome outcome = Outcome::Failure;
    std::chrono::nanoseconds duration{};
};
