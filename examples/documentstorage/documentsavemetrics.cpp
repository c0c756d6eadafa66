// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "documentsavemetrics.h"

#include <algorithm>

using Recorders::MetricKind;
using Recorders::MetricSnapshot;
using Recorders::Unit;

DocumentSaveAttempts::DocumentSaveAttempts()
    : Metric(QStringLiteral("document_storage.save.attempts"))
{
}

bool DocumentSaveAttempts::handleEvent(const Recorders::MetricEvent &event)
{
    const auto *attempt = event.as<DocumentSaveAttempt>(); // null: an event of another type
    if (!attempt)
        return false;
    ++m_total;
    ++(attempt->outcome == DocumentSaveAttempt::Outcome::Success ? m_successes : m_failures);
    return true;
}

MetricSnapshot DocumentSaveAttempts::snapshot() const
{
    return MetricSnapshot(name())
            .setDescription(QStringLiteral("Attempts to save a document, by outcome"))
            .add(QStringLiteral("total"), m_total, Unit(), MetricKind::Counter)
            .add(QStringLiteral("success_total"), m_successes, Unit(), MetricKind::Counter)
            .add(QStringLiteral("failure_total"), m_failures, Unit(), MetricKind::Counter);
}

DocumentSaveBytes::DocumentSaveBytes()
    : TypedMetric(QStringLiteral("document_storage.save.bytes"))
{
}

bool DocumentSaveBytes::handle(const DocumentSaveAttempt &attempt)
{
    m_written += attempt.sizeBytes;
    return attempt.sizeBytes != 0;
}

MetricSnapshot DocumentSaveBytes::snapshot() const
{
    return MetricSnapshot(name())
            .setDescription(QStringLiteral("Bytes of the documents that were saved"))
            .add(QStringLiteral("written_total"), m_written, Unit::bytes(), MetricKind::Counter);
}

DocumentSaveDuration::DocumentSaveDuration()
    : TypedMetric(QStringLiteral("document_storage.save.duration"))
{
}

bool DocumentSaveDuration::handle(const DocumentSaveAttempt &attempt)
{
    ++m_count;
    m_last = attempt.duration;
    m_longest = std::max(m_longest, attempt.duration);
    m_total += attempt.duration;
    return true;
}

MetricSnapshot DocumentSaveDuration::snapshot() const
{
    return MetricSnapshot(name())
            .setDescription(QStringLiteral("Duration of attempts to save a document"))
            .add(QStringLiteral("count"), m_count, Unit(), MetricKind::Counter)
            .add(QStringLiteral("last"), m_last, MetricKind::Gauge)
            .add(QStringLiteral("max"), m_longest, MetricKind::Gauge)
            .add(QStringLiteral("total"), m_total, MetricKind::Counter);
}
