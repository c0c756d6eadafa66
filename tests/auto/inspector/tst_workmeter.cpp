// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/workmeter_p.h"

#include "shared/fakesnapshotsource.h"

#include <recorders/model/snapshotmodel.h>

#include <QLabel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace std::chrono_literals;

namespace {

// Painting it takes 3 ms of the clock.
class SlowWidget : public QWidget
{
public:
    SlowWidget(std::chrono::nanoseconds *clock, QWidget *parent)
        : QWidget(parent)
        , m_clock(clock)
    {
    }

    int paintCount() const { return m_paintCount; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        *m_clock += 3ms;
        ++m_paintCount;
    }

private:
    std::chrono::nanoseconds *const m_clock;
    int m_paintCount = 0;
};

} // namespace

class tst_WorkMeter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void measuresFromBeginToEnd();
    void countsWhatIsNestedOnce();
    void tellsTheShareOfThePeriod();
    void measuresPainting();
    void measuresUpdatesWithWhatTheyCause();

private:
    std::chrono::nanoseconds m_now = 1h;
    std::function<std::chrono::nanoseconds()> m_clock = [this] {
        return m_now;
    };
};

void tst_WorkMeter::init()
{
    // The offscreen platform says "This plugin does not support ..." of every window.
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
}

void tst_WorkMeter::measuresFromBeginToEnd()
{
    WorkMeter meter(m_clock);

    m_now += 5ms;
    meter.begin();
    m_now += 7ms;
    meter.end();
    m_now += 5ms;

    QCOMPARE(meter.total(), 7ms);
}

void tst_WorkMeter::countsWhatIsNestedOnce()
{
    WorkMeter meter(m_clock);

    meter.begin();
    m_now += 1ms;
    meter.begin();
    m_now += 1ms;
    meter.end();
    m_now += 1ms;
    meter.end();
    meter.end(); // of something that began before it was watched

    QCOMPARE(meter.total(), 3ms);
}

void tst_WorkMeter::tellsTheShareOfThePeriod()
{
    WorkMeter meter(m_clock);
    meter.begin();
    m_now += 250ms;
    meter.end();
    m_now += 750ms;

    meter.measure();
    QCOMPARE(meter.share(), 0.25);

    m_now += 1s;
    meter.measure();
    QCOMPARE(meter.share(), 0);
}

void tst_WorkMeter::measuresPainting()
{
    QWidget window;
    SlowWidget before(&m_now, &window);
    before.resize(10, 10);
    WorkMeter meter(m_clock);
    meter.watchPainting(&window);
    SlowWidget later(&m_now, &window);
    later.setGeometry(20, 20, 10, 10);

    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QTRY_VERIFY(before.paintCount() > 0 && later.paintCount() > 0);

    QCOMPARE(meter.total(), (before.paintCount() + later.paintCount()) * 3ms);
}

void tst_WorkMeter::measuresUpdatesWithWhatTheyCause()
{
    FakeSnapshotSource source;
    source.setRecorder(QStringLiteral("a"), {});
    SnapshotModel model;
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this] { m_now += 2ms; });
    connect(&model, &SnapshotModel::updated, this, [this] { m_now += 4ms; });
    WorkMeter meter(m_clock);
    meter.watchUpdates(&model);
    QSignalSpy updated(&model, &SnapshotModel::updated);

    model.setSource(&source);
    QTRY_VERIFY(!updated.isEmpty());

    QCOMPARE(meter.total(), 6ms);
}

QTEST_MAIN(tst_WorkMeter)
#include "tst_workmeter.moc"
