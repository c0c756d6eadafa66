// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QObject>

namespace Recorders {

// A consistent reading: registered == accepted + dropped + rejected + notRunning and
// accepted == handled + pending.
struct RecorderStatistics
{
    Q_GADGET_EXPORT(RECORDERS_EXPORT)
    Q_PROPERTY(quint64 registered MEMBER registered CONSTANT)
    Q_PROPERTY(quint64 accepted MEMBER accepted CONSTANT)
    Q_PROPERTY(quint64 dropped MEMBER dropped CONSTANT)
    Q_PROPERTY(quint64 rejected MEMBER rejected CONSTANT)
    Q_PROPERTY(quint64 notRunning MEMBER notRunning CONSTANT)
    Q_PROPERTY(quint64 handled MEMBER handled CONSTANT)
    Q_PROPERTY(quint64 pending MEMBER pending CONSTANT)
    Q_PROPERTY(quint64 metricErrors MEMBER metricErrors CONSTANT)

public:
    quint64 registered = 0;
    quint64 accepted = 0;
    quint64 dropped = 0;
    quint64 rejected = 0;
    quint64 notRunning = 0;
    quint64 handled = 0;
    quint64 pending = 0;
    quint64 metricErrors = 0;

    RECORDERS_EXPORT RecorderStatistics &operator+=(const RecorderStatistics &other) noexcept;
    friend RECORDERS_EXPORT bool operator==(const RecorderStatistics &a,
                                            const RecorderStatistics &b) noexcept;
    friend bool operator!=(const RecorderStatistics &a, const RecorderStatistics &b) noexcept
    {
        return !(a == b);
    }
};

} // namespace Recorders
