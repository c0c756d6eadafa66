// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/testmetrics.h"

#include <recorders/core/metric.h>
#include <recorders/core/recorder.h>

#include <QTest>

using namespace Recorders;
using namespace Testing;

namespace {

// Notes which of its overloads was called.
class TickTockMetric : public TypedMetric<Tick, Tock>
{
public:
    explicit TickTockMetric(QStringList *calls)
        : TypedMetric(QStringLiteral("ticktock"))
        , m_calls(calls)
    {
    }

    bool handle(const Tick &tick) override
    {
        m_calls->append(QStringLiteral("tick %1").arg(tick.value));
        return true;
    }
    bool handle(const Tock &tock) override
    {
        m_calls->append(QStringLiteral("tock %1").arg(tock.value));
        return false;
    }
    MetricSnapshot snapshot() const override { return MetricSnapshot(name()); }

private:
    QStringList *const m_calls;
};

// Notes what it is sent, wanted or not.
class ListeningTickMetric : public TickMetric
{
public:
    explicit ListeningTickMetric(QStringList *sent)
        : m_sent(sent)
    {
    }

    bool handleEvent(const MetricEvent &event) override
    {
        m_sent->append(event.type());
        return TickMetric::handleEvent(event);
    }

private:
    QStringList *const m_sent;
};

} // namespace

class tst_Metric : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void keepsItsName();

    // TypedMetric by itself
    void handlesItsType();
    void handlesEachOfItsTypes();
    void leavesOtherTypesAlone();

    // in a recorder
    void isSentItsTypesOnly();
    void isSentEveryTypeWhenUntyped();
};

void tst_Metric::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_Metric::keepsItsName()
{
    const TickMetric metric(QStringLiteral("saves"));

    QCOMPARE(metric.name(), QStringLiteral("saves"));
}

void tst_Metric::handlesItsType()
{
    TickMetric metric;

    const bool hasChanged = metric.handleEvent(MetricEvent(Tick{ 42 }));

    QVERIFY(hasChanged);
    QCOMPARE(metric.snapshot().value(u"sum").toInt(), 42);
}

void tst_Metric::handlesEachOfItsTypes()
{
    QStringList calls;
    TickTockMetric metric(&calls);

    const bool tickChanged = metric.handleEvent(MetricEvent(Tick{ 1 }));
    const bool tockChanged = metric.handleEvent(MetricEvent(Tock{ 2 }));

    QCOMPARE(calls, QStringList({ QStringLiteral("tick 1"), QStringLiteral("tock 2") }));
    QVERIFY(tickChanged);
    QVERIFY(!tockChanged);
}

void tst_Metric::leavesOtherTypesAlone()
{
    TickMetric metric;

    const bool hasChanged = metric.handleEvent(MetricEvent(Tock{ 42 }));

    QVERIFY(!hasChanged);
    QCOMPARE(metric.snapshot().value(u"total").toInt(), 0);
}

void tst_Metric::isSentItsTypesOnly()
{
    QStringList sent;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<ListeningTickMetric>(&sent));

    recorder.registerEvent(Tock{});
    recorder.registerEvent(Tick{});
    recorder.registerEvent(7);
    QVERIFY(recorder.flush());

    QCOMPARE(sent, QStringList{ QStringLiteral("test.tick") });
}

void tst_Metric::isSentEveryTypeWhenUntyped()
{
    QStringList sent;
    Recorder recorder(QStringLiteral("clock"));
    recorder.registerMetric(std::make_unique<ActingMetric>(
            QStringLiteral("all"),
            [&sent](const MetricEvent &event) { sent.append(event.type()); }));

    recorder.registerEvent(Tock{});
    recorder.registerEvent(Tick{});
    QVERIFY(recorder.flush());

    QCOMPARE(sent, QStringList({ QStringLiteral("test.tock"), QStringLiteral("test.tick") }));
}

QTEST_GUILESS_MAIN(tst_Metric)
#include "tst_metric.moc"
