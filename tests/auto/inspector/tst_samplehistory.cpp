// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/decimation_p.h"
#include "plot/samplehistory_p.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>

using namespace Recorders::Internal;
using namespace std::chrono_literals;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

// What decimate() says, found in the simplest way: sample by sample, column by column.
std::vector<PlotLine> naiveDecimation(const SampleHistory &history, std::chrono::nanoseconds begin,
                                      std::chrono::nanoseconds end,
                                      std::chrono::nanoseconds perColumn)
{
    qsizetype from = 0;
    qsizetype to = history.size() - 1;
    while (from + 1 < history.size() && history.at(from + 1).time < begin)
        ++from;
    while (to > 0 && history.at(to - 1).time > end)
        --to;
    std::vector<std::vector<Sample>> runs(1);
    for (qsizetype i = from; i <= to; ++i) {
        if (history.at(i).isGap())
            runs.emplace_back();
        else
            runs.back().push_back(history.at(i));
    }
    std::vector<PlotLine> lines;
    for (const auto &run : runs) {
        std::map<qint64, std::vector<Sample>> columns;
        for (const Sample &sample : run)
            columns[sample.time / perColumn].push_back(sample);
        PlotLine line;
        for (const auto &[number, samples] : columns) {
            PlotColumn column{ samples.front().time, samples.front().value, samples.front().value,
                               samples.front().value, samples.back().value };
            for (const Sample &sample : samples) {
                column.min = std::min(column.min, sample.value);
                column.max = std::max(column.max, sample.value);
            }
            line.push_back(column);
        }
        if (!line.empty())
            lines.push_back(line);
    }
    return lines;
}

} // namespace

class tst_SampleHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // the ring
    void keepsTheNewestWhenFull();
    void takesNoMoreMemoryThanItsCapacity();
    void keepsTheNewestWhenItShrinks();
    void goesOnWhenItMayGrow();
    void needsTwoSamplesForAValueThatStays();
    void neverGoesBackInTime();
    void findsTheNearest_data();
    void findsTheNearest();

    void knowsHowFastItGrew_data();
    void knowsHowFastItGrew();

    // decimation
    void equalsANaiveDecimation_data();
    void equalsANaiveDecimation();
    void keepsSinglePeaks();
    void breaksTheLineAtGaps_data();
    void breaksTheLineAtGaps();
    void drawsOneSample();
    void drawsNothingOfNothing();
    void reachesBeyondBothEdges();
};

void tst_SampleHistory::keepsTheNewestWhenFull()
{
    SampleHistory history(100);

    for (int i = 0; i < 250; ++i)
        history.append(i * 1s, i);

    QCOMPARE(history.size(), 100);
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(history.at(i).value, 150 + i);
        QCOMPARE(history.at(i).time, (150 + i) * 1s);
    }
}

void tst_SampleHistory::takesNoMoreMemoryThanItsCapacity()
{
    constexpr qsizetype capacity = 1000; // no power of two
    SampleHistory history(capacity);

    for (int i = 0; i < 3000; ++i) {
        history.append(i * 1ms, i);
        QVERIFY(history.bytes() <= capacity * qsizetype(sizeof(Sample)));
    }
}

void tst_SampleHistory::keepsTheNewestWhenItShrinks()
{
    SampleHistory history(100);
    for (int i = 0; i < 150; ++i)
        history.append(i * 1ms, i);

    history.setCapacity(10);

    QCOMPARE(history.size(), 10);
    QCOMPARE(history.first().value, 140);
    QCOMPARE(history.last().value, 149);
    QCOMPARE(history.bytes(), 10 * qsizetype(sizeof(Sample)));
}

void tst_SampleHistory::goesOnWhenItMayGrow()
{
    SampleHistory history(10);
    for (int i = 0; i < 15; ++i)
        history.append(i * 1ms, i);

    history.setCapacity(12);
    for (int i = 15; i < 20; ++i)
        history.append(i * 1ms, i);

    QCOMPARE(history.size(), 12);
    QCOMPARE(history.first().value, 8);
    QCOMPARE(history.last().value, 19);
}

void tst_SampleHistory::needsTwoSamplesForAValueThatStays()
{
    SampleHistory history(100);
    history.append(0s, 1);

    for (int i = 1; i <= 1000; ++i)
        history.append(i * 1s, 5);

    QCOMPARE(history.size(), 3);
    QCOMPARE(history.at(1).time, 1s);
    QCOMPARE(history.last().time, 1000s);
    history.append(1001s, 6);
    QCOMPARE(history.size(), 4);
}

void tst_SampleHistory::neverGoesBackInTime()
{
    SampleHistory history;
    history.append(10s, 1);

    history.append(9s, 2);

    QCOMPARE(history.last().time, 10s);
    QCOMPARE(history.last().value, 2);
}

void tst_SampleHistory::findsTheNearest_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("nearest");
    QTest::addRow("before all") << -5 << 0;
    QTest::addRow("on a sample") << 10 << 1;
    QTest::addRow("closer to the one before") << 14 << 1;
    QTest::addRow("closer to the one after") << 16 << 2;
    QTest::addRow("after all") << 100 << 2;
}

void tst_SampleHistory::findsTheNearest()
{
    QFETCH(const int, seconds);
    QFETCH(const int, nearest);
    SampleHistory history(3);
    for (int i = -2; i < 3; ++i) // goes round
        history.append(i * 10s, i);

    QCOMPARE(history.nearest(seconds * 1s), nearest);
}

void tst_SampleHistory::knowsHowFastItGrew_data()
{
    QTest::addColumn<QList<double>>("values"); // ten a second
    QTest::addColumn<double>("expected");
    QTest::addRow("nothing") << QList<double>{} << gap;
    QTest::addRow("too short to tell") << QList<double>{ 1, 2, 3 } << gap;
    QTest::addRow("half a second") << QList<double>{ 0, 1, 2, 3, 4, 5 } << 10.0;
    QTest::addRow("longer than the window")
            << QList<double>{ -90, -50, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } << 10.0;
    QTest::addRow("constant") << QList<double>(30, 7) << 0.0;
    QTest::addRow("a step after a while") << (QList<double>(30, 7) << 12) << 5.0;
    QTest::addRow("restarted") << QList<double>{ 0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3 } << gap;
    QTest::addRow("a gap") << QList<double>{ 0, 1, 2, 3, gap, 5, 6, 7, 8, 9, 10 } << gap;
}

void tst_SampleHistory::knowsHowFastItGrew()
{
    QFETCH(const QList<double>, values);
    QFETCH(const double, expected);
    SampleHistory history;
    for (qsizetype i = 0; i < values.size(); ++i)
        history.append(i * 100ms, values[i]);

    QCOMPARE(history.growthPerSecond(1s), expected);
}

void tst_SampleHistory::equalsANaiveDecimation_data()
{
    QTest::addColumn<int>("samples");
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("gapEvery");
    QTest::addRow("many to a column") << 5000 << 100 << 0;
    QTest::addRow("about one to a column") << 300 << 300 << 0;
    QTest::addRow("few in many columns") << 20 << 1000 << 0;
    QTest::addRow("one column") << 500 << 1 << 0;
    QTest::addRow("gaps here and there") << 3000 << 100 << 97;
    QTest::addRow("every other one a gap") << 300 << 20 << 2;
    QTest::addRow("more than the ring holds") << 9000 << 200 << 50;
}

void tst_SampleHistory::equalsANaiveDecimation()
{
    QFETCH(const int, samples);
    QFETCH(const int, columns);
    QFETCH(const int, gapEvery);
    QRandomGenerator random(7);
    SampleHistory history(6000);
    for (int i = 0; i < samples; ++i) {
        const bool isGap = gapEvery > 0 && i % gapEvery == 0;
        history.append(i * 100ms + random.bounded(90) * 1ms,
                       isGap ? gap : random.generateDouble() * 200 - 100);
    }
    const auto length = history.last().time - history.first().time;
    const auto begin = history.first().time + length / 5;
    const auto end = history.last().time - length / 7;

    const auto lines = decimate(history, begin, end, (end - begin) / columns);

    QVERIFY(lines == naiveDecimation(history, begin, end, (end - begin) / columns));
}

void tst_SampleHistory::keepsSinglePeaks()
{
    SampleHistory history;
    for (int i = 0; i < 10'000; ++i)
        history.append(i * 1ms, i == 4321 ? 1000 : i % 2);

    const auto lines = decimate(history, 0s, 10s, 1s);

    QCOMPARE(lines.size(), 1U);
    QCOMPARE(lines.front().size(), 10U);
    QCOMPARE(lines.front()[4].max, 1000);
    QCOMPARE(lines.front()[5].max, 1);
}

void tst_SampleHistory::breaksTheLineAtGaps_data()
{
    QTest::addColumn<double>("value");
    QTest::addRow("not a number") << gap;
    QTest::addRow("infinity") << std::numeric_limits<double>::infinity();
    QTest::addRow("minus infinity") << -std::numeric_limits<double>::infinity();
}

void tst_SampleHistory::breaksTheLineAtGaps()
{
    QFETCH(const double, value);
    SampleHistory history;
    history.append(1s, 1);
    history.append(2s, value);
    history.append(3s, 3);
    history.breakLine();
    history.append(4s, 4);

    const auto lines = decimate(history, 0s, 10s, 1ms);

    QCOMPARE(lines.size(), 3U);
    for (const PlotLine &line : lines)
        QCOMPARE(line.size(), 1U);
}

void tst_SampleHistory::drawsOneSample()
{
    SampleHistory history;
    history.append(1s, -3);

    const auto lines = decimate(history, 0s, 10s, 1s);

    QCOMPARE(lines.size(), 1U);
    QVERIFY(lines.front() == PlotLine({ { 1s, -3, -3, -3, -3 } }));
}

void tst_SampleHistory::drawsNothingOfNothing()
{
    SampleHistory history;
    history.breakLine();

    QVERIFY(history.isEmpty());
    QVERIFY(decimate(history, 0s, 10s, 1s).empty());
}

void tst_SampleHistory::reachesBeyondBothEdges()
{
    SampleHistory history;
    for (int i = 0; i < 10; ++i)
        history.append(i * 10s, i);

    const auto lines = decimate(history, 32s, 58s, 1s);

    QCOMPARE(lines.size(), 1U);
    QCOMPARE(lines.front().front().time, 30s);
    QCOMPARE(lines.front().back().time, 60s);
}

QTEST_APPLESS_MAIN(tst_SampleHistory)
#include "tst_samplehistory.moc"
