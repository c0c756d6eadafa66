// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/recorderconfiguration_p.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

namespace Recorders::Internal {

namespace {

bool isSame(const RecorderOptions &a, const RecorderOptions &b)
{
    const auto all = [](const RecorderOptions &options) {
        return std::tie(options.queueMaxSize, options.overflowPolicy, options.blockTimeout,
                        options.metricFailurePolicy, options.metricFailureLimit,
                        options.stopTimeout, options.snapshotTimeout, options.lifetime);
    };
    return all(a) == all(b);
}

} // namespace

Error configurationError(const QString &id, const RecorderOptions &options)
{
    const auto invalid = [&id](const QString &what) {
        return Error(ErrorCode::InvalidArgument,
                     QStringLiteral("Recorder \"%1\": %2").arg(id, what));
    };
    if (id.trimmed().isEmpty())
        return invalid(QStringLiteral("entityId is blank"));
    if (options.queueMaxSize < 1) {
        return invalid(QStringLiteral("queueMaxSize is %1, but must be at least 1")
                               .arg(options.queueMaxSize));
    }
    if (options.metricFailureLimit < 1) {
        return invalid(QStringLiteral("metricFailureLimit is %1, but must be at least 1")
                               .arg(options.metricFailureLimit));
    }
    const std::pair<const char *, std::chrono::milliseconds> times[] = {
        { "blockTimeout", options.blockTimeout },
        { "stopTimeout", options.stopTimeout },
        { "snapshotTimeout", options.snapshotTimeout },
    };
    for (const auto &[name, time] : times) {
        if (time < std::chrono::milliseconds::zero()) {
            return invalid(QStringLiteral("%1 is %2 ms, but must not be negative")
                                   .arg(QLatin1StringView(name))
                                   .arg(time.count()));
        }
    }
    return {};
}

RecorderOptions withBoundedTimes(RecorderOptions options)
{
    for (auto *time : { &options.blockTimeout, &options.stopTimeout, &options.snapshotTimeout })
        *time = std::min<std::chrono::milliseconds>(*time, longestTime);
    return options;
}

KeptOptions::KeptOptions(const RecorderOptions &options)
    : m_own(isSame(options, s_defaults) ? nullptr : std::make_unique<RecorderOptions>(options))
{
}

} // namespace Recorders::Internal
