// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "connectionevents.h"

#include <recorders/core/metric.h>
#include <recorders/core/metricsrecorder.h>

class OpenAttempts : public Recorders::TypedMetric<OpenAttempt>
{
public:
    OpenAttempts();

    bool handle(const OpenAttempt &attempt) override;
    Recorders::MetricSnapshot snapshot() const override;

private:
    qint64 m_successes = 0;
    qint64 m_failures = 0;
};

class TransferredBytes : public Recorders::TypedMetric<BytesMoved>
{
public:
    TransferredBytes();

    bool handle(const BytesMoved &bytes) override;
    Recorders::MetricSnapshot snapshot() const override;

private:
    qint64 m_received = 0;
    qint64 m_sent = 0;
};

class Transfers : public Recorders::TypedMetric<TransferStarted, TransferFinished>
{
public:
    Transfers();

    bool handle(const TransferStarted &started) override;
    bool handle(const TransferFinished &finished) override;
    Recorders::MetricSnapshot snapshot() const override;

private:
    qint64 m_active = 0;
    qint64 m_successes = 0;
    qint64 m_failures = 0;
    qint64 m_cancelled = 0;
};

class TransferDuration : public Recorders::TypedMetric<TransferFinished>
{
public:
    TransferDuration();

    bool handle(const TransferFinished &finished) override;
    Recorders::MetricSnapshot snapshot() const override;

private:
    qint64 m_count = 0;
    std::chrono::nanoseconds m_last{};
    std::chrono::nanoseconds m_longest{};
    std::chrono::nanoseconds m_total{};
};

void registerConnectionMetrics(Recorders::MetricsRecorder *recorder);
