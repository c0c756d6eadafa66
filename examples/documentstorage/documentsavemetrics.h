// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "documentsaveattempt.h"

#include <recorders/core/metric.h>

// How often saving was attempted, and how that went. A standard metric could do this, too; this one
// shows how a metric of one's own is made.
class DocumentSaveAttempts : public Recorders::TypedMetric<DocumentSaveAttempt>
{
public:
    DocumentSaveAttempts();

    bool handle(const DocumentSaveAttempt &attempt) override;
    Recorders::MetricSnapshot snapshot() const override;

private:
    qint64 m_successes = 0;
    qint64 m_failures = 0;
};
