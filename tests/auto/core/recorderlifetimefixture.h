// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>

#include <QString>

namespace Testing {

inline Recorders::RecorderOptions untilLastHandle()
{
    Recorders::RecorderOptions options;
    options.lifetime = Recorders::RecorderLifetime::UntilLastHandle;
    return options;
}

// What the tests of a recorder's lifetime have in common.
class RecorderLifetimeFixture
{
protected:
    std::shared_ptr<Recorders::Recorder> newRecorder();

    static inline const QString id = QStringLiteral("clock");
    std::unique_ptr<Recorders::MetricsRuntime> m_runtime;
};

inline std::shared_ptr<Recorders::Recorder> RecorderLifetimeFixture::newRecorder()
{
    return m_runtime->createRecorder(id, untilLastHandle());
}

} // namespace Testing
