// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "connectionmetrics.h"

#include <algorithm>

using Recorders::MetricKind;
using Recorders::MetricSnapshot;
using Recorders::Unit;

OpenAttempts::OpenAttempts()
    : TypedMetric(QStringLiteral("connection.open.attempts"))
{
}

bool OpenAttempts::handle(const OpenAttempt &attempt)
{
    ++(attempt.outcome == OpenAttempt::Outcome::Success ? m_successes : m_failures);
    return true;
}

MetricSnapshot OpenAttempts::snapshot() const
{
    return MetricSnapshot(name())
            .setDescription(QStringLiteral("Attempts to open the connection, by outcome"))
            .add(QStringLiteral("total"), m_successes + m_failures, Unit(), MetricKind::Counter)
            .add(QStringLiteral("success_total"), m_successes, Unit(), MetricKind::Counter)
            .add(QStringLiteral("failure_total"), m_failures, Unit(), MetricKind::Counter);
}

TransferredBytes::TransferredBytes()
    : TypedMetric(QStringLiteral("connection.bytes"))
{
}

bool TransferredBytes::handle(const BytesMoved &bytes)
{
    m_received += bytes.received;
    m_sent += bytes.sent;
    return true;
}

MetricSnapshot TransferredBytes::snapshot() const
{
    return MetricSnapshot(name())
            .setDescription(QStringLiteral("Bytes on the wire, headers included"))
            .add(QStringLiteral("received_total"), m_received, Unit::bytes(), MetricKind::Counter)
            .add(QStringLiteral("sent_total"), m_sent, Unit::bytes(), MetricKind::Counter);
}

Transfers::Transfers()
    : TypedMetric(QStringLiteral("connection.transfers"))
{
}

bool Transfers::handle(const TransferStarted &)
{
    ++m_active;
    return true;
}

bool Transfers::handle(const TransferFinished &finished)
{
    --m_active;
    switch (finished.outcome) {
    case TransferFinished::Outcome::Success:
        ++m_successes;
        break;
    case TransferFinished::Outcome::Failure:
        ++m_failures;
        break;
    case TransferFinished::Outcome::Cancelled:
        ++m_cancelled;
        break;
    }
    return true;
}

MetricSnapshot Transfers::snapshot() const
{
    return MetricSnapshot(name())
            .setDescription(QStringLiteral("File transfers: under way, and finished by outcome"))
            .add(QStringLiteral("active"), m_active, Unit(), MetricKind::UpDownCounter)
            .add(QStringLiteral("success_total"), m_successes, Unit(), MetricKind::Counter)
            .add(QStringLiteral("failure_total"), m_failures, Unit(), MetricKind::Counter)
            .add(QStringLiteral("cancelled_total"), m_cancelled, Unit(), MetricKind::Counter);
}

TransferDuration::TransferDuration()
    : TypedMetric(QStringLiteral("connection.transfer.duration"))
{
}

bool TransferDuration::handle(const TransferFinished &finished)
{
    ++m_count;
    m_last = finished.duration;
    m_longest = std::max(m_longest, finished.duration);
    m_total += finished.duration;
    return true;
}

MetricSnapshot TransferDuration::snapshot() const
{
    return MetricSnapshot(name())
            .setDescription(
                    QStringLiteral("From the request for a file to the end of its transfer"))
            .add(QStringLiteral("count"), m_count, Unit(), MetricKind::Counter)
            .add(QStringLiteral("last"), m_last, MetricKind::Gauge)
            .add(QStringLiteral("max"), m_longest, MetricKind::Gauge)
            .add(QStringLiteral("total"), m_total, MetricKind::Counter);
}

void registerConnectionMetrics(Recorders::MetricsRecorder *recorder)
{
    recorder->registerMetric(std::make_unique<OpenAttempts>());
    recorder->registerMetric(std::make_unique<TransferredBytes>());
    recorder->registerMetric(std::make_unique<Transfers>());
    recorder->registerMetric(std::make_unique<TransferDuration>());
}
