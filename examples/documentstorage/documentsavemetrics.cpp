// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "documentsavemetrics.h"

using Recorders::MetricKind;
using Recorders::MetricSnapshot;
using Recorders::Unit;

DocumentSaveAttempts::DocumentSaveAttempts()
    : TypedMetric(QStringLiteral("document_storage.save.attempts"))
{
}

bool DocumentSaveAttempts::handle(const DocumentSaveAttempt &attempt)
{
    ++(attempt.outcome == DocumentSaveAttempt::Outcome::Success ? m_successes : m_failures);
    return true;
}

MetricSnapshot DocumentSaveAttempts::snapshot() const
{
    return MetricSnapshot(name())
            .setDescription(QStringLiteral("Attempts to save a document, by outcome"))
            .add(QStringLiteral("total"), m_successes + m_failures, Unit(), MetricKind::Counter)
            .add(QStringLiteral("success_total"), m_successes, Unit(), MetricKind::Counter)
            .add(QStringLiteral("failure_total"), m_failures, Unit(), MetricKind::Counter);
}
