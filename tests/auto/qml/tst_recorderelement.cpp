// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "recorderfixture.h"

#include <recorders/metrics/standardmetrics.h>
#include <recorders/qml/registerqmltypes.h>

#include <QScopeGuard>
#include <QTest>

#include <algorithm>

using namespace Recorders;
using namespace Testing;

// The element Recorder of QML.
class tst_RecorderElement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // events
    void registersEvents();
    void registersEventsOfJavaScriptFiles();
    void refusesABlankName();
    void saysEachReasonOnce();
    void saysWhatBecameOfAnEvent();
    void showsSnapshotsAndStatistics();
    void bindsStateAndCounts();
    void looksAtCountsOnlyForWhoBoundThem();
    void tellsOfCountsThatWereReadMeanwhile();
};

namespace {

// The timers of this thread that have fired since it was made.
class WakeUps : public QObject
{
public:
    WakeUps() { QCoreApplication::instance()->installEventFilter(this); }

    int countOf(const QObject *object) const // of it, and of what belongs to it
    {
        return static_cast<int>(
                std::count_if(m_owners.cbegin(), m_owners.cend(),
                              [object](const QObject *owner) { return owner == object; }));
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Timer) {
            for (const QObject *owner = watched; owner; owner = owner->parent())
                m_owners.append(owner);
        }
        return false;
    }

private:
    QList<const QObject *> m_owners;
};

} // namespace

void tst_RecorderElement::initTestCase()
{
    registerQmlTypes();
}

void tst_RecorderElement::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_RecorderElement::registersEvents()
{
    RecorderFixture fixture;
    const auto recorder = fixture.createRecorder();
    recorder->registerMetric(
            counter<DynamicEvent>(QStringLiteral("clicks"))
                    .when(eventOfType(QStringLiteral("ui.button.clicked")))
                    .by(QStringLiteral("button"), textField(QStringLiteral("button"))));
    QmlScene scene(element, fixture.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));

    const QVariant result = call(scene, QStringLiteral("'ui.button.clicked', { button: 'Save' }"));

    QCOMPARE(result, resultOf(RegisterResult::Accepted));
    QCOMPARE(valueOf(recorder->metricSnapshots(), QStringLiteral("clicks"), u"Save_total"), 1);
}

void tst_RecorderElement::registersEventsOfJavaScriptFiles()
{
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(R"(
        Recorder {
            id: recorder
            entityId: "ui"
            property var clicked: (function() {
                return recorder.registerEvent("clicked") === Recorders.RegisterResult.Accepted
            })
        })",
                   fixture.asRequired());

    QCOMPARE(scene.evaluate(QStringLiteral("clicked()")), QVariant(true));
    QCOMPARE(fixture.events().size(), 1);
}

void tst_RecorderElement::refusesABlankName()
{
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());
    ignore(QStringLiteral("registerEvent: the type of the event is blank"));

    QCOMPARE(call(scene, QStringLiteral("' '")), resultOf(RegisterResult::Rejected));
    QVERIFY(fixture.events().isEmpty());
}

void tst_RecorderElement::saysEachReasonOnce()
{
    RecorderFixture fixture;
    fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());
    ignore(QStringLiteral("field \"bad\" is a function; it is left out"));

    for (int i = 0; i < 3; ++i)
        call(scene, QStringLiteral("'event', { bad: () => 1 }"));

    QCOMPARE(fixture.events().size(), 3);
}

void tst_RecorderElement::saysWhatBecameOfAnEvent()
{
    RecorderFixture fixture;
    const auto gate = std::make_shared<Gate>();
    RecorderOptions options;
    options.queueMaxSize = 1;
    const auto recorder = fixture.createRecorder(options);
    recorder->registerMetric(heldMetric(gate));
    QmlScene scene(element, fixture.asRequired());

    const QVariant first = call(scene, QStringLiteral("'first'"));
    const QVariant second = call(scene, QStringLiteral("'second'"));
    gate->open();

    QCOMPARE(first, resultOf(RegisterResult::Accepted));
    QCOMPARE(second, resultOf(RegisterResult::Dropped));
}

void tst_RecorderElement::showsSnapshotsAndStatistics()
{
    RecorderFixture fixture;
    const auto recorder = fixture.createRecorder();
    QmlScene scene(element, fixture.asRequired());
    call(scene, QStringLiteral("'event'"));
    recorder->flush();

    QCOMPARE(scene.evaluate(QStringLiteral("statistics().accepted")).toInt(), 1);
    QVERIFY(!recorder->metricSnapshots().isEmpty());
    recorder->stop().waitForFinished(); // which publishes them
    QCOMPARE(scene.evaluate(QStringLiteral("latestSnapshots()[0].value('total')")).toInt(), 1);
}

void tst_RecorderElement::bindsStateAndCounts()
{
    RecorderFixture fixture;
    QmlScene scene(R"(
        Recorder {
            entityId: "ui"
            property string shown: `${state === Recorders.RecorderState.Running} ${pending} ${dropped}`
        })",
                   fixture.asRequired());
    QVERIFY2(scene.root(), qPrintable(scene.errors()));
    QCOMPARE(scene.value("shown"), QVariant(QStringLiteral("false 0 0")));
    const auto gate = std::make_shared<Gate>();
    const auto opened = qScopeGuard([gate] { gate->open(); });
    RecorderOptions options;
    options.queueMaxSize = 2;
    const auto recorder = fixture.createRecorder(options);
    recorder->registerMetric(heldMetric(gate));
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("true 0 0")));

    for (int i = 0; i < 5; ++i)
        call(scene, QStringLiteral("'event'"));
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("true 2 3")));

    gate->open();
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("true 0 3")));

    fixture.runtime.removeRecorder(uiId);
    QTRY_COMPARE(scene.value("shown"), QVariant(QStringLiteral("false 0 3")));
    QCOMPARE(scene.evaluate(QStringLiteral("state === Recorders.RecorderState.Stopped")),
             QVariant(true));
}

void tst_RecorderElement::looksAtCountsOnlyForWhoBoundThem()
{
    RecorderFixture fixture;
    fixture.createRecorder();
    const QmlScene idle(element, fixture.asRequired());
    const QmlScene bound(R"(Recorder { entityId: "ui"; property int shown: pending })",
                         fixture.asRequired());
    QCoreApplication::processEvents(); // what an element does once, it has done
    const WakeUps wakeUps;

    QTRY_VERIFY(wakeUps.countOf(bound.root()) >= 3);

    QCOMPARE(wakeUps.countOf(idle.root()), 0);
}

void tst_RecorderElement::tellsOfCountsThatWereReadMeanwhile()
{
    RecorderFixture fixture;
    const auto gate = std::make_shared<Gate>();
    const auto opened = qScopeGuard([gate] { gate->open(); });
    RecorderOptions options;
    options.queueMaxSize = 1;
    const auto recorder = fixture.createRecorder(options);
    recorder->registerMetric(heldMetric(gate));
    QmlScene scene(R"(Recorder { entityId: "ui"; property int shown: dropped })",
                   fixture.asRequired());

    for (int i = 0; i < 4; ++i)
        call(scene, QStringLiteral("'event'"));
    scene.evaluate(QStringLiteral("dropped")); // before it has begun to look

    QTRY_COMPARE(scene.value("shown"), QVariant(3));
}

QTEST_GUILESS_MAIN(tst_RecorderElement)
#include "tst_recorderelement.moc"
