// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "valuerows.h"

#include <recorders/model/formattedvalue.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>
#include <QtQml>

#include <utility>

namespace Benchmarks {

using namespace Recorders;

namespace {

QByteArray bindings(Bound bound)
{
    switch (bound) {
    case Bound::Text:
        return "property string shown: live.text\n";
    case Bound::CountedText:
        return "property string shown: evaluations.counted(live.text)\n";
    case Bound::TextValueAndRate:
        break;
    }
    return "property string shown: live.text\n"
           "property var shownValue: live.value\n"
           "property real shownRate: live.rate\n"
           "property string shownRateText: live.rateText\n";
}

const QByteArray metricValue = "required property SnapshotSource source\n"
                               "required property string entityId\n"
                               "required property string metric\n"
                               "property MetricValue live: MetricValue {\n"
                               "    source: row.source\n"
                               "    entityId: row.entityId\n"
                               "    metric: row.metric\n"
                               "    refreshInterval: 1\n"
                               "}\n";
const QByteArray plainValue = "property PlainValue live: PlainValue { }\n";

void runEventLoop(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, Qt::PreciseTimer, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

BoundRows::BoundRows(const QByteArray &properties, Bound bound)
    : m_component(&m_engine)
{
    qmlRegisterType<PlainValue>("Benchmarks", 1, 0, "PlainValue");
    m_component.setData("import QtQml\n"
                        "import Benchmarks\n"
                        "import Recorders\n"
                        "QtObject {\n"
                        "id: row\n"
                        "required property QtObject evaluations\n"
                                + properties + bindings(bound) + "}\n",
                        QUrl(QStringLiteral("row.qml")));
    if (!m_component.isReady())
        qFatal("%s", qUtf8Printable(m_component.errorString()));
}

void BoundRows::add(const QVariantMap &required)
{
    QVariantMap all = required;
    all.insert(QStringLiteral("evaluations"), QVariant::fromValue<QObject *>(&m_evaluations));
    m_rows.emplace_back(m_component.createWithInitialProperties(all));
}

MetricRows::MetricRows(int count, Bound bound, int others)
    : m_source(count + others)
    , m_rows(metricValue, bound)
{
    m_clock.follow();
    for (int i = 0; i < count; ++i) {
        m_rows.add({ { QStringLiteral("source"), QVariant::fromValue<SnapshotSource *>(&m_source) },
                     { QStringLiteral("entityId"), ValueSource::entityIdOf(i) },
                     { QStringLiteral("metric"), ValueSource::nameOf(i) } });
    }
    while (m_rows.shownAt(count - 1).isEmpty())
        QCoreApplication::processEvents();
}

double MetricRows::update(int changed)
{
    const QString before = m_rows.shownAt(0);
    m_source.change(changed);
    m_source.takeAnswerTime();
    while (!m_source.hasAnswered())
        QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents();
    const auto end = m_clock.time();
    if (m_rows.shownAt(0) == before)
        qFatal("The rows do not show what has changed.");
    return milliseconds(end - m_source.takeAnswerTime());
}

MetricRows::Idling MetricRows::idle(std::chrono::milliseconds time)
{
    const int evaluated = m_rows.evaluations();
    const int looked = m_source.lookCount();
    const auto begin = m_clock.time();
    runEventLoop(time);
    const double took = milliseconds(m_clock.time() - begin) * 1000;
    return { double(m_rows.evaluations() - evaluated),
             took / std::max(m_source.lookCount() - looked, 1) };
}

PlainRows::PlainRows(int count, Bound bound)
    : m_rows(plainValue, bound)
    , m_values(std::size_t(count))
{
    m_clock.follow();
    for (int i = 0; i < count; ++i) {
        m_rows.add({});
        m_shown.push_back(m_rows.at(i)->property("live").value<PlainValue *>());
    }
}

double PlainRows::update(int changed)
{
    const int step = int(m_shown.size()) / changed;
    std::vector<std::pair<PlainValue *, PlainValue::Reading>> readings;
    for (int i = 0; i < changed; ++i)
        readings.emplace_back(m_shown[std::size_t(i * step)], nextReading(i * step));
    const auto begin = m_clock.time();
    for (const auto &[shown, reading] : readings)
        shown->show(reading);
    return milliseconds(m_clock.time() - begin);
}

// As those of a ValueSource.
PlainValue::Reading PlainRows::nextReading(int row)
{
    qint64 &value = m_values[std::size_t(row)];
    const qint64 before = value;
    value += 1 + value / 20 + qint64(m_random() % 100'000);
    const double rate = double(value - before) * 10;
    return { value, FormattedValue(value, Unit::bytes()).text(), rate,
             FormattedValue::rate(rate, Unit::bytes()).text() };
}

} // namespace Benchmarks
