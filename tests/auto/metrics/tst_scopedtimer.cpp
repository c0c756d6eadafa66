// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/allocationcounter.h"
#include "shared/standardevents.h"
#include "shared/testmetrics.h"

#include <recorders/metrics/standardmetrics.h>

#include <QTest>

#include <optional>
#include <stdexcept>

using namespace Recorders;
using namespace Testing;
using namespace std::chrono_literals;

// Emitting: timers and what may be no recorder.
class tst_ScopedTimer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void emitsWhenItsScopeEnds();
    void measuresTheTime();
    void measuresByTheClockItIsGiven_data();
    void measuresByTheClockItIsGiven();
    void measuresNoMoreThanTheMemberHolds();
    void emitsWhenAnExceptionLeavesTheScope();
    void emitsAtAnEarlyReturn();
    void carriesTheEventItWasGiven();
    void measuresAMemberThatTheEventInherits();
    void emitsOnceWhenStopped();
    void emitsNothingWhenCancelled();
    void keepsTheRecorder();
    void doesNothingWithoutRecorder_data();
    void doesNothingWithoutRecorder();
    void allocatesNothing();

    void records();
    void recordsNothingWithoutRecorder();
    void makesTheEventOnlyIfThereIsARecorder();

private:
    std::shared_ptr<Recorder> m_recorder;
    std::shared_ptr<Log<Saved>> m_log;
};

void tst_ScopedTimer::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_recorder = std::make_shared<Recorder>(QStringLiteral("storage"));
    m_log = std::make_shared<Log<Saved>>();
    m_recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("log"), [log = m_log](const MetricEvent &event) {
                if (const Saved *saved = event.as<Saved>())
                    log->append(*saved);
            }));
}

void tst_ScopedTimer::emitsWhenItsScopeEnds()
{
    {
        ScopedTimer timer(m_recorder, &Saved::duration);
        timer->outcome = Saved::Outcome::Success;
        timer.event().bytes = 42;
        QVERIFY(m_recorder->flush());
        QCOMPARE(m_log->entries().size(), 0);
    }

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_log->entries().size(), 1);
    QCOMPARE(m_log->entries().at(0).outcome, Saved::Outcome::Success);
    QCOMPARE(m_log->entries().at(0).bytes, 42);
}

void tst_ScopedTimer::measuresTheTime()
{
    const auto begin = std::chrono::steady_clock::now();
    std::chrono::nanoseconds within{};
    {
        const ScopedTimer timer(m_recorder, &Saved::duration);
        const auto started = std::chrono::steady_clock::now();
        while (std::chrono::steady_clock::now() - started < 3ms) { }
        within = timer.elapsed();
    }
    const auto whole = std::chrono::steady_clock::now() - begin;

    QVERIFY(m_recorder->flush());
    QCOMPARE_GE(within, 3ms);
    QCOMPARE_GE(m_log->entries().at(0).duration, 3ms);
    QCOMPARE_LE(m_log->entries().at(0).duration, whole);
}

void tst_ScopedTimer::measuresByTheClockItIsGiven_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("passed");
    QTest::addColumn<std::chrono::milliseconds>("duration");

    QTest::newRow("some time") << std::chrono::nanoseconds(7s) << 7000ms;
    QTest::newRow("a clock that stands still") << 0ns << 0ms;
    QTest::newRow("less than the unit of the member") << 999'999ns << 0ms;
}

void tst_ScopedTimer::measuresByTheClockItIsGiven()
{
    QFETCH(const std::chrono::nanoseconds, passed);
    QFETCH(const std::chrono::milliseconds, duration);
    {
        const ScopedTimer<Saved, FakeSteadyClock> timer(m_recorder, &Saved::duration);
        FakeClocks::steady += passed;
        QCOMPARE(timer.elapsed(), passed);
    }

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_log->entries().at(0).duration, duration);
}

// A member of 32 bits in milliseconds ends after 24 days, one in nanoseconds after two seconds.
void tst_ScopedTimer::measuresNoMoreThanTheMemberHolds()
{
    using Short = std::chrono::duration<qint32, std::nano>;
    using Picoseconds = std::chrono::duration<qint64, std::pico>;
    using Real = std::chrono::duration<float, std::milli>;

    QCOMPARE(Internal::nearest<Short>(3s), Short::max());
    QCOMPARE(Internal::nearest<Short>(-3s), Short::min());
    QCOMPARE(Internal::nearest<Short>(1s), Short(1'000'000'000));
    QCOMPARE(Internal::nearest<Picoseconds>(24h * 365), Picoseconds::max());
    QCOMPARE(Internal::nearest<Picoseconds>(1ns), Picoseconds(1000));
    QCOMPARE(Internal::nearest<std::chrono::nanoseconds>(std::chrono::nanoseconds::max()),
             std::chrono::nanoseconds::max());
    QCOMPARE(Internal::nearest<Real>(1500us), Real(1.5F));

    struct Timed
    {
        std::chrono::duration<qint32, std::milli> duration{};
    };
    const auto log = std::make_shared<Log<qint32>>();
    m_recorder->registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("timed"), [log](const MetricEvent &event) {
                if (const Timed *timed = event.as<Timed>())
                    log->append(timed->duration.count());
            }));
    {
        const ScopedTimer<Timed, FakeSteadyClock> timer(m_recorder, &Timed::duration);
        FakeClocks::steady += 24h * 30;
    }

    QVERIFY(m_recorder->flush());
    QCOMPARE(log->entries(), QList<qint32>{ std::numeric_limits<qint32>::max() });
}

void tst_ScopedTimer::emitsWhenAnExceptionLeavesTheScope()
{
    const auto save = [this] {
        ScopedTimer timer(m_recorder, &Saved::duration);
        timer->bytes = 1;
        throw std::runtime_error("disk full");
        timer->outcome = Saved::Outcome::Success;
    };

    QVERIFY_THROWS_EXCEPTION(std::runtime_error, save());

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_log->entries().size(), 1);
    QCOMPARE(m_log->entries().at(0).outcome, Saved::Outcome::Failure);
    QCOMPARE(m_log->entries().at(0).bytes, 1);
}

void tst_ScopedTimer::emitsAtAnEarlyReturn()
{
    const auto save = [this](bool isPossible) {
        ScopedTimer timer(m_recorder, &Saved::duration);
        if (!isPossible)
            return;
        timer->outcome = Saved::Outcome::Success;
    };

    save(false);
    save(true);

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_log->entries().size(), 2);
    QCOMPARE(m_log->entries().at(0).outcome, Saved::Outcome::Failure);
    QCOMPARE(m_log->entries().at(1).outcome, Saved::Outcome::Success);
}

void tst_ScopedTimer::carriesTheEventItWasGiven()
{
    {
        const ScopedTimer timer(m_recorder, &Saved::duration, savedBy(QStringLiteral("ann")));
    }

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_log->entries().at(0).user, QStringLiteral("ann"));
}

void tst_ScopedTimer::measuresAMemberThatTheEventInherits()
{
    struct SavedTwice : Saved
    {
    };
    m_recorder->registerMetric(counter<SavedTwice>(QStringLiteral("twice")));

    {
        const ScopedTimer<SavedTwice> byType(m_recorder, &SavedTwice::duration);
        const ScopedTimer byEvent(m_recorder, &SavedTwice::duration, SavedTwice());
    }

    const QList<MetricSnapshot> snapshots = m_recorder->metricSnapshots();
    QCOMPARE(snapshots.at(1).value(u"total").toInt(), 2);
    QVERIFY(m_log->entries().isEmpty());
}

void tst_ScopedTimer::emitsOnceWhenStopped()
{
    {
        ScopedTimer timer(m_recorder, &Saved::duration);
        QCOMPARE(timer.stop(), RegisterResult::Accepted);
        QCOMPARE(timer.stop(), RegisterResult::NotRunning);
    }

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_log->entries().size(), 1);
}

void tst_ScopedTimer::emitsNothingWhenCancelled()
{
    {
        ScopedTimer timer(m_recorder, &Saved::duration);
        timer.cancel();
    }

    QCOMPARE(m_recorder->statistics().registered, quint64(0));
}

void tst_ScopedTimer::keepsTheRecorder()
{
    const std::weak_ptr<Recorder> recorder = m_recorder;
    {
        const ScopedTimer timer(m_recorder, &Saved::duration);
        m_recorder.reset();
        QVERIFY(!recorder.expired());
    }
    QVERIFY(recorder.expired());
}

using Measure = std::chrono::nanoseconds (*)();

void tst_ScopedTimer::doesNothingWithoutRecorder_data()
{
    QTest::addColumn<Measure>("measure");

    QTest::newRow("shared pointer") << Measure([] {
        ScopedTimer timer(std::shared_ptr<MetricsRecorder>(), &Saved::duration);
        timer->outcome = Saved::Outcome::Success;
        return timer.elapsed();
    });
    QTest::newRow("pointer") << Measure([] {
        ScopedTimer timer(static_cast<Recorder *>(nullptr), &Saved::duration);
        timer->outcome = Saved::Outcome::Success;
        return timer.elapsed();
    });
}

void tst_ScopedTimer::doesNothingWithoutRecorder()
{
    QFETCH(const Measure, measure);

    QCOMPARE(measure(), 0ns);
}

void tst_ScopedTimer::allocatesNothing()
{
    m_recorder->registerEvent(7);
    QVERIFY(m_recorder->flush());

    const AllocationCounter counter;
    {
        ScopedTimer timer(m_recorder.get(), &Saved::duration);
        timer.cancel();
    }

    QCOMPARE(counter.count(), 0);
}

void tst_ScopedTimer::records()
{
    const std::shared_ptr<MetricsRecorder> shared = m_recorder;

    QCOMPARE(record(shared, savedBytes(1)), RegisterResult::Accepted);
    QCOMPARE(record(m_recorder.get(), savedBytes(2)), RegisterResult::Accepted);
    QCOMPARE(record(m_recorder, [] { return savedBytes(3); }), RegisterResult::Accepted);

    QVERIFY(m_recorder->flush());
    QCOMPARE(m_log->entries().size(), 3);
    QCOMPARE(m_log->entries().at(2).bytes, 3);
}

void tst_ScopedTimer::recordsNothingWithoutRecorder()
{
    QCOMPARE(record(std::shared_ptr<Recorder>(), Saved{}), RegisterResult::NotRunning);
    QCOMPARE(record(static_cast<MetricsRecorder *>(nullptr), Saved{}), RegisterResult::NotRunning);
}

void tst_ScopedTimer::makesTheEventOnlyIfThereIsARecorder()
{
    int made = 0;
    const auto make = [&made] {
        ++made;
        return Saved{};
    };

    record(std::shared_ptr<Recorder>(), make);
    QCOMPARE(made, 0);
    record(m_recorder, make);
    QCOMPARE(made, 1);
}

QTEST_GUILESS_MAIN(tst_ScopedTimer)
#include "tst_scopedtimer.moc"
