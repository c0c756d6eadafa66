// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "documentsaveattempt.h"

#include <recorders/core/metric.h>

// How often saving was attempted, and how that went.
class DocumentSaveAttempts : public Recorders::Metric
{
public:
    DocumentSaveAttempts();

    bool handleEvent(const Recorders::MetricEvent &event) override;
    Recorders::MetricSnapshot snapshot() const override;

private:
    qint64 m_total = 0;
    qint64 m_successes = 0;
    qint64 m_failures = 0;
};

// What was written. A TypedMetric is sent the events that it names and no others.
class DocumentSaveBytes : public Recorders::TypedMetric<DocumentSaveAttempt>
{
public:
    DocumentSaveBytes();

    bool handle(const DocumentSaveAttempt &attempt) override;
    Recorders::MetricSnapshot snapshot() const override;

private:
    qint64 m_written = 0;
};

// How long attempts took, failed ones included.
class DocumentSaveDuration : public Recorders::TypedMetric<DocumentSaveAttempt>
{
public:
    DocumentSaveDuration();

    bool handle(const DocumentSaveAttempt &attempt) override;
    Recorders::MetricSnapshot snapshot() const override;

private:
    qint64 m_count = 0;
    std::chrono::nanoseconds m_last{};
    std::chrono::nanoseconds m_longest{};
    std::chrono::nanoseconds m_total{};
};
