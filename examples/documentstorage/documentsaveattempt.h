// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <chrono>

// A document was to be saved. Nothing is counted here: that is the business of metrics.
struct DocumentSaveAttempt
{
    static constexpr char eventType[] = "document_storage.save.attempt";

    enum class Outcome { Success, Failure };
    Outcome outcome = Outcome::Failure;
    qint64 sizeBytes = 0; // 0 if it failed
    std::chrono::nanoseconds duration{};
};
