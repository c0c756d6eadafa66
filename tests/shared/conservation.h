// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/recorder.h>

#include <QByteArray>
#include <QTest>

#include <cstdio>

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

// tests/run looks for these words: no test that printed them is given another chance.
inline QByteArray brokenLaw(const QByteArray &what)
{
    return "conservation law broken: " + what;
}

// The law that holds at every moment. Says so if it does not, whatever the caller makes of it.
inline bool isConserved(const Recorders::RecorderStatistics &s)
{
    const bool isKept = s.registered == s.accepted + s.dropped + s.rejected + s.notRunning
            && s.accepted == s.handled + s.pending;
    if (!isKept)
        std::fprintf(stderr, "%s\n", brokenLaw(describe(s)).constData());
    return isKept;
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
             Testing::brokenLaw(Testing::describe(statisticsNow)).constData());                    \
  } while (false)
