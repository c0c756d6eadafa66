// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "core/recorder/drainpace_p.h"

#include <QTest>

using namespace Recorders::Internal;
using namespace std::chrono_literals;

// When the clock is read while events are handled.
class tst_DrainPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAfterTheFirstEvent();
    void readsLessOftenWhileEventsAreCheap();
    void readsAfterEachSlowEvent();
    void readsLessOftenAgainAfterSlowEvents();
};

namespace {

using Readings = QList<int>; // the events after which the clock is read

// Handles so many events, each of which takes that long.
Readings readingsOf(DrainPace &pace, DrainPace::TimePoint &now, int &handled, int count,
                    std::chrono::nanoseconds each)
{
    Readings readings;
    for (const int end = handled + count; handled < end;) {
        now += each;
        if (pace.isReadingDue(static_cast<std::size_t>(++handled))) {
            readings.append(handled);
            pace.read(now);
        }
    }
    return readings;
}

} // namespace

void tst_DrainPace::readsAfterTheFirstEvent()
{
    const DrainPace pace{ DrainPace::TimePoint() };

    QVERIFY(!pace.isReadingDue(0));
    QVERIFY(pace.isReadingDue(1));
}

void tst_DrainPace::readsLessOftenWhileEventsAreCheap()
{
    DrainPace::TimePoint now;
    DrainPace pace(now);
    int handled = 0;

    QCOMPARE(readingsOf(pace, now, handled, 300, 10ns),
             (Readings{ 1, 3, 7, 15, 31, 63, 127, 191, 255 }));
}

void tst_DrainPace::readsAfterEachSlowEvent()
{
    DrainPace::TimePoint now;
    DrainPace pace(now);
    int handled = 0;

    QCOMPARE(readingsOf(pace, now, handled, 5, 1ms), (Readings{ 1, 2, 3, 4, 5 }));
}

void tst_DrainPace::readsLessOftenAgainAfterSlowEvents()
{
    DrainPace::TimePoint now;
    DrainPace pace(now);
    int handled = 0;
    readingsOf(pace, now, handled, 5, 1ms);

    QCOMPARE(readingsOf(pace, now, handled, 20, 10ns), (Readings{ 6, 8, 12, 20 }));
}

QTEST_GUILESS_MAIN(tst_DrainPace)
#include "tst_drainpace.moc"
