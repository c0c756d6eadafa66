// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/recorder.h>
#include <recorders/metrics/standardmetrics.h>

#include <QDateTime>
#include <QTest>

#include <limits>

using namespace Recorders;

class tst_DynamicEvent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void isAnEventLikeAnyOther();
    void isCountedByItsType();
    void isToldApartByATextOfIt_data();
    void isToldApartByATextOfIt();
    void isMeasuredByANumberOfIt_data();
    void isMeasuredByANumberOfIt();
    void isInvalidWithoutThatNumber_data();
    void isInvalidWithoutThatNumber();
    void addsUpWithEventsOfCpp();
};

namespace {

DynamicEvent clicked(const QVariant &value = {})
{
    return { QStringLiteral("ui.clicked"), { { QStringLiteral("field"), value } } };
}

MetricSnapshot snapshotAfter(std::unique_ptr<Metric> metric, const DynamicEvent &event)
{
    metric->handleEvent(MetricEvent(event));
    return metric->snapshot();
}

} // namespace

void tst_DynamicEvent::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_DynamicEvent::isAnEventLikeAnyOther()
{
    const MetricEvent event(clicked(7));

    QCOMPARE(event.type(), QLatin1StringView("recorders.dynamic"));
    QVERIFY(event.is<DynamicEvent>());
    QCOMPARE(event.as<DynamicEvent>()->type, QStringLiteral("ui.clicked"));
    QCOMPARE(event.as<DynamicEvent>()->payload.value(QStringLiteral("field")), QVariant(7));
}

void tst_DynamicEvent::isCountedByItsType()
{
    Recorder recorder(QStringLiteral("ui"));
    recorder.registerMetric(
            counter<DynamicEvent>(QStringLiteral("clicks"))
                    .when(eventOfType(QStringLiteral("ui.clicked")))
                    .by(QStringLiteral("button"), textField(QStringLiteral("field"))));

    recorder.registerEvent(clicked(QStringLiteral("Save")));
    recorder.registerEvent(clicked(QStringLiteral("Save")));
    recorder.registerEvent(clicked(QStringLiteral("Close")));
    recorder.registerEvent(DynamicEvent{ QStringLiteral("ui.opened"), {} });

    const MetricSnapshot clicks = recorder.metricSnapshots().constFirst();
    QCOMPARE(clicks.value(u"total"), QVariant(3));
    QCOMPARE(clicks.value(u"Save_total"), QVariant(2));
    QCOMPARE(clicks.value(u"Close_total"), QVariant(1));
}

void tst_DynamicEvent::isToldApartByATextOfIt_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("part");

    QTest::newRow("a text") << QVariant(QStringLiteral("Save")) << QStringLiteral("Save");
    QTest::newRow("a number") << QVariant(12) << QStringLiteral("12");
    QTest::newRow("yes or no") << QVariant(true) << QStringLiteral("true");
    QTest::newRow("not there") << QVariant() << QStringLiteral("(none)");
    QTest::newRow("null") << QVariant::fromValue(nullptr) << QStringLiteral("(none)");
}

void tst_DynamicEvent::isToldApartByATextOfIt()
{
    QFETCH(const QVariant, value);
    QFETCH(const QString, part);

    const MetricSnapshot snapshot = snapshotAfter(
            counter<DynamicEvent>(QStringLiteral("clicks")).by(textField(QStringLiteral("field"))),
            clicked(value));

    QCOMPARE(snapshot.value(QString(part + u"_total")), QVariant(1));
}

void tst_DynamicEvent::isMeasuredByANumberOfIt_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("total");

    constexpr qint64 most = std::numeric_limits<qint64>::max();
    QTest::newRow("a whole number") << QVariant(3) << QVariant(qlonglong(3));
    QTest::newRow("64 bits") << QVariant(most) << QVariant(most);
    QTest::newRow("unsigned") << QVariant(4000000000U) << QVariant(qlonglong(4000000000));
    QTest::newRow("beyond 64 bits")
            << QVariant(std::numeric_limits<quint64>::max()) << QVariant(most);
    QTest::newRow("a real number") << QVariant(0.5) << QVariant(0.5);
    QTest::newRow("yes or no") << QVariant(true) << QVariant(qlonglong(1));
}

void tst_DynamicEvent::isMeasuredByANumberOfIt()
{
    QFETCH(const QVariant, value);
    QFETCH(const QVariant, total);

    const MetricSnapshot snapshot = snapshotAfter(
            counter<DynamicEvent>(QStringLiteral("sum")).of(numberField(QStringLiteral("field"))),
            clicked(value));

    QCOMPARE(snapshot.value(u"total"), total);
    QVERIFY(!snapshot.contains(u"invalid"));
}

void tst_DynamicEvent::isInvalidWithoutThatNumber_data()
{
    QTest::addColumn<QVariant>("value");

    QTest::newRow("not there") << QVariant();
    QTest::newRow("a text") << QVariant(QStringLiteral("3"));
    QTest::newRow("a list") << QVariant(QVariantList{ 3 });
    QTest::newRow("a date") << QVariant(QDateTime::currentDateTime());
    QTest::newRow("not a number") << QVariant(std::numeric_limits<double>::quiet_NaN());
}

void tst_DynamicEvent::isInvalidWithoutThatNumber()
{
    QFETCH(const QVariant, value);

    const MetricSnapshot snapshot = snapshotAfter(
            counter<DynamicEvent>(QStringLiteral("sum")).of(numberField(QStringLiteral("field"))),
            clicked(value));

    QCOMPARE(snapshot.value(u"total"), QVariant(0));
    QCOMPARE(snapshot.value(u"invalid"), QVariant(1));
}

void tst_DynamicEvent::addsUpWithEventsOfCpp()
{
    struct Saved
    {
        qint64 bytes = 0;
    };
    const std::unique_ptr<Metric> metric =
            counter<Saved>(QStringLiteral("bytes"))
                    .of(&Saved::bytes)
                    .andOf<DynamicEvent>(numberField(QStringLiteral("field")));

    metric->handleEvent(MetricEvent(Saved{ 40 }));
    metric->handleEvent(MetricEvent(clicked(2)));

    QCOMPARE(metric->snapshot().value(u"total"), QVariant(42));
}

QTEST_GUILESS_MAIN(tst_DynamicEvent)
#include "tst_dynamicevent.moc"
