// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/recorder.h>

#include <QByteArray>
#include <QTest>

namespace Testing {

inline QByteArray describe(const Recorders::RecorderStatistics &s)
{
    const auto text = [](const char *name, quint64 value) -> QByteArray {
        return QByteArray(name) + '=' + QByteArray::number(value) + ' ';
    };
    return text("registered", s.registered) + text("accepted", s.accepted)
            + text("dropped", s.dropped) + text("rejected", s.rejected)
            + text("notRunning", s.notRunning) + text("handled", s.handled)
            + text("pending", s.pending) + text("metricErrors", s.metricErrors);
}

// The law that holds at every moment.
inline bool isConserved(const Recorders::RecorderStatistics &s)
{
    return s.registered == s.accepted + s.dropped + s.rejected + s.notRunning
            && s.accepted == s.handled + s.pending;
}

} // namespace Testing

#define VERIFY_CONSERVED(recorder)                                                                 \
  do {                                                                                             \
    const Recorders::RecorderStatistics statisticsNow = (recorder).statistics();                   \
    QVERIFY2(Testing::isConserved(statisticsNow), Testing::describe(statisticsNow).constData());   \
  } while (false)

// The law once a recorder has stopped.
#define VERIFY_ALL_HANDLED(recorder)                                                               \
  do {                                                                                             \
    const Recorders::RecorderStatistics statisticsNow = (recorder).statistics();                   \
    QVERIFY2(Testing::isConserved(statisticsNow) && statisticsNow.pending == 0,                    \
             Testing::describe(statisticsNow).constData());                                        \
  } while (false)
