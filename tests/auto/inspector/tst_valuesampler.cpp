// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/valuesampler_p.h"

#include <recorders/core/snapshotlistsource.h>

#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <chrono>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

MetricSnapshot gauge(const QString &name, const QVariant &value)
{
    return MetricSnapshot(name).add(u"value"_s, value);
}

ValueKey key(const QString &metric, const QString &entityId = u"a"_s)
{
    return { entityId, metric, {} };
}

QList<double> values(const ValueSampler::Value &value)
{
    QList<double> all;
    for (qsizetype i = 0; i < value.history->size(); ++i)
        all.append(value.history->at(i).value);
    return all;
}

double lastOf(const ValueSampler::Value &value)
{
    return value.history->isEmpty() ? -1 : value.history->last().value;
}

} // namespace

class tst_ValueSampler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void recordsWhatChanges();
    void goesOnWhileAValueStays();
    void knowsHowFastItGrows();
    void knowsAValueThatWasChosenLater();
    void recordsADimension();
    void keepsWhatIsLookedAtNoMore();
    void forgetsTheLeastRecent();
    void needsNoMoreMemoryThanItMay();
    void breaksTheLineWhenTheMetricGoes();
    void breaksTheLineWhenTheRecorderGoes();
    void breaksTheLineWhileInactive();
    void hasNoNumbersOfWords_data();
    void hasNoNumbersOfWords();
    void givesDifferentColors();
    void keepsColors();
    void outlivesItsSource();

private:
    std::unique_ptr<SnapshotListSource> m_source;
    std::unique_ptr<ValueSampler> m_sampler;
};

void tst_ValueSampler::init()
{
    m_source = std::make_unique<SnapshotListSource>();
    m_sampler = std::make_unique<ValueSampler>();
    m_sampler->setSource(m_source.get());
    m_source->setRecorder(u"a"_s, { gauge(u"x"_s, 1), gauge(u"y"_s, 10) });
}

void tst_ValueSampler::cleanup()
{
    m_sampler.reset();
    m_source.reset();
}

void tst_ValueSampler::recordsWhatChanges()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();

    QTRY_COMPARE(values(x), QList<double>({ 1 }));
    m_source->setMetric(u"a"_s, gauge(u"x"_s, 2.5));
    QTRY_COMPARE(lastOf(x), 2.5);
    m_source->setMetric(u"a"_s, gauge(u"y"_s, 11));
    m_source->setMetric(u"a"_s, gauge(u"x"_s, 3));
    QTRY_COMPARE(lastOf(x), 3);

    QVERIFY(x.history->first().time < x.history->last().time);
    QVERIFY(x.history->last().time <= m_sampler->now());
}

void tst_ValueSampler::goesOnWhileAValueStays()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();
    QTRY_COMPARE(lastOf(x), 1);
    const auto before = x.history->last().time;

    QTRY_VERIFY(x.history->last().time > before);

    QCOMPARE(lastOf(x), 1);
}

void tst_ValueSampler::knowsHowFastItGrows()
{
    std::chrono::nanoseconds now = 1h;
    ValueSampler sampler([&now] { return now; });
    m_source->setTime(now);
    sampler.setSource(m_source.get());
    const auto x = sampler.watch({ key(u"x"_s) }).first();
    QTRY_COMPARE(lastOf(x), 1);
    QVERIFY(x.rate->last().isGap()); // nothing is known yet

    now += 500ms;
    m_source->setTime(now);
    m_source->setMetric(u"a"_s, gauge(u"x"_s, 101));
    QTRY_COMPARE(lastOf(x), 101);
    QCOMPARE(lastOf({ x.rate, {}, 0 }), 200);

    now += 2s; // it stays as it is
    QTRY_COMPARE(lastOf({ x.rate, {}, 0 }), 0);
}

void tst_ValueSampler::knowsAValueThatWasChosenLater()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();
    QTRY_COMPARE(lastOf(x), 1);

    const auto y = m_sampler->watch({ key(u"y"_s) }).first();

    QTRY_COMPARE(lastOf(y), 10);
}

void tst_ValueSampler::recordsADimension()
{
    m_source->setMetric(u"a"_s, gauge(u"x"_s, 1).add(u"second"_s, 2));

    const auto second = m_sampler->watch({ { u"a"_s, u"x"_s, u"second"_s } }).first();

    QTRY_COMPARE(lastOf(second), 2);
}

void tst_ValueSampler::keepsWhatIsLookedAtNoMore()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();
    QTRY_COMPARE(lastOf(x), 1);

    m_sampler->watch({ key(u"y"_s) });
    m_source->setMetric(u"a"_s, gauge(u"x"_s, 5));

    QTRY_COMPARE(lastOf(x), 5);
    QCOMPARE(m_sampler->watch({ key(u"x"_s) }).first().history, x.history);
}

void tst_ValueSampler::forgetsTheLeastRecent()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();

    for (int i = 0; i < ValueSampler::maxValues; ++i)
        m_sampler->watch({ key(QString::number(i)) });

    QCOMPARE(x.history.use_count(), 1);
    QCOMPARE(m_sampler->watch(QList<ValueKey>(100, key(u"y"_s))).size(), ValueSampler::maxValues);
}

void tst_ValueSampler::needsNoMoreMemoryThanItMay()
{
    const auto alone = m_sampler->watch({ key(u"x"_s) }).first();
    QCOMPARE(alone.history->capacity(), SampleHistory::defaultCapacity);
    QList<ValueKey> keys;
    for (int i = 0; i < ValueSampler::maxValues; ++i)
        keys.append(key(QString::number(i)));

    const QList<ValueSampler::Value> values = m_sampler->watch(keys);
    for (const ValueSampler::Value &value : values) {
        for (const auto &history : { value.history, value.rate }) {
            for (qsizetype i = 0; i < SampleHistory::defaultCapacity; ++i)
                history->append(std::chrono::milliseconds(i), double(i));
        }
    }

    QVERIFY(m_sampler->bytes() <= ValueSampler::maxBytes);
    QVERIFY(m_sampler->bytes() > ValueSampler::maxBytes / 2);
}

void tst_ValueSampler::breaksTheLineWhenTheMetricGoes()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();
    QTRY_COMPARE(lastOf(x), 1);

    m_source->removeMetric(u"a"_s, u"x"_s);
    QTRY_VERIFY(x.history->last().isGap());
    m_source->setMetric(u"a"_s, gauge(u"x"_s, 2));

    QTRY_COMPARE(lastOf(x), 2);
}

void tst_ValueSampler::breaksTheLineWhenTheRecorderGoes()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();
    QTRY_COMPARE(lastOf(x), 1);

    m_source->removeRecorder(u"a"_s);
    QTRY_VERIFY(x.history->last().isGap());
    m_source->setRecorder(u"a"_s, { gauge(u"x"_s, 2) });

    QTRY_COMPARE(lastOf(x), 2);
}

void tst_ValueSampler::breaksTheLineWhileInactive()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();
    QTRY_COMPARE(lastOf(x), 1);

    m_sampler->setActive(false);
    QVERIFY(x.history->last().isGap());
    m_sampler->setActive(true);

    QTRY_COMPARE(lastOf(x), 1); // although nothing has changed
}

void tst_ValueSampler::hasNoNumbersOfWords_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addRow("text") << QVariant(u"7"_s);
    QTest::addRow("boolean") << QVariant(true);
    QTest::addRow("enumerator") << QVariant::fromValue(RecorderState::Running);
    QTest::addRow("nothing") << QVariant();
}

void tst_ValueSampler::hasNoNumbersOfWords()
{
    QFETCH(const QVariant, value);
    m_source->setMetric(u"a"_s, gauge(u"x"_s, value));

    const auto x = m_sampler->watch({ key(u"x"_s) }).first();

    QTRY_VERIFY(!x.history->isEmpty());
    QVERIFY(x.history->last().isGap());
}

void tst_ValueSampler::givesDifferentColors()
{
    m_sampler->watch({ key(u"x"_s) });
    m_sampler->watch({ key(u"y"_s) }); // the same color, as it is alone

    const auto both = m_sampler->watch({ key(u"x"_s), key(u"y"_s), key(u"z"_s) });

    QCOMPARE(QSet<int>({ both[0].color, both[1].color, both[2].color }), QSet<int>({ 0, 1, 2 }));
}

void tst_ValueSampler::keepsColors()
{
    const auto first = m_sampler->watch({ key(u"x"_s), key(u"y"_s), key(u"z"_s) });

    const auto later = m_sampler->watch({ key(u"z"_s), key(u"w"_s) });

    QCOMPARE(later[0].color, first[2].color);
    QVERIFY(later[1].color != later[0].color);
}

void tst_ValueSampler::outlivesItsSource()
{
    const auto x = m_sampler->watch({ key(u"x"_s) }).first();
    QTRY_COMPARE(lastOf(x), 1);

    m_source.reset();

    QCOMPARE(m_sampler->watch({ key(u"x"_s) }).first().history, x.history);
    QCOMPARE(lastOf(x), 1);
}

QTEST_GUILESS_MAIN(tst_ValueSampler)
#include "tst_valuesampler.moc"
