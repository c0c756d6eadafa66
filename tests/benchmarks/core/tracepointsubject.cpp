// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#define LTTNG_UST_TRACEPOINT_DEFINE
#define LTTNG_UST_TRACEPOINT_PROBE_DYNAMIC_LINKAGE
#include "tracepointsubject.h"

#include "tracingsession.h"

#include <QCoreApplication>
#include <QLibrary>

#include <cstdio>
#include <memory>

namespace Benchmarks {

namespace {

std::unique_ptr<TracingSession> session;

// Returns why there is no session that records; empty if there is one.
QString startSession()
{
    session = std::make_unique<TracingSession>();
    qAddPostRoutine([] { session.reset(); });
    if (!session->isStarted())
        return session->errorString();

    // Waits until the daemon has told this process what to record.
    QLibrary provider(QCoreApplication::applicationDirPath()
                      + QLatin1StringView("/bench_tracepoint"));
    if (!provider.load())
        return provider.errorString();
    if (!lttng_ust_tracepoint_enabled(recorders_benchmark, hand_over))
        return QStringLiteral("the daemon did not enable the tracepoint");
    return {};
}

} // namespace

bool TracepointSubject::isAvailable()
{
    static const bool isRecording = [] {
        const QString error = startSession();
        if (!error.isEmpty())
            std::fprintf(stderr, "No column for LTTng-UST: %s\n", qPrintable(error));
        return error.isEmpty();
    }();
    return isRecording;
}

} // namespace Benchmarks
