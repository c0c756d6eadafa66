// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/thresholdwatch_p.h"

#include "shared/fakesnapshotsource.h"

#include <recorders/model/snapshotmodel.h>

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Recorders::Internal;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

MetricSnapshot load(double value)
{
    return MetricSnapshot(u"load"_s).add(u"value"_s, value, Unit(), MetricKind::Gauge);
}

MetricSnapshot bytes(int total)
{
    return MetricSnapshot(u"bytes"_s).add(u"total"_s, total, Unit::bytes(), MetricKind::Counter);
}

Threshold above(double high, const QString &recorder = {})
{
    Threshold threshold;
    threshold.recorder = recorder;
    threshold.metric = u"load"_s;
    threshold.dimension = u"value"_s;
    threshold.high = high;
    return threshold;
}

class Subject
{
public:
    Subject()
    {
        source.setRecorder(u"a"_s, { load(1) });
        source.setRecorder(u"b"_s, { load(1), bytes(0) });
        model.setPaused(true);
        model.setSource(&source);
        update();
    }

    void update()
    {
        QSignalSpy updated(&model, &SnapshotModel::updated);
        model.refresh();
        QTRY_VERIFY(!updated.isEmpty());
    }

    void setLoad(const QString &recorder, double value)
    {
        source.setMetric(recorder, load(value));
        update();
    }

    QString alertOf(const QString &recorder) const
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, 0).data().toString() == recorder)
                return watch.alertText(model.index(0, 0, model.index(row, 0)));
        }
        return {};
    }

    FakeSnapshotSource source;
    SnapshotModel model;
    ThresholdWatch watch{ &model };
    QSignalSpy crossed{ &watch, &ThresholdWatch::crossed };
};

} // namespace

class tst_ThresholdWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void tellsOfAValueThatCrosses();
    void crossesOnceWhileItWavers();
    void crossesAgainAfterItWasBack();
    void watchesOneRecorderOnly();
    void watchesAllRecorders();
    void watchesRates();
    void watchesNoTextThatReadsLikeANumber();
    void watchesBothEndsOfARange();
    void tellsOfWhatIsBeyondAtOnce();
    void tellsOfRecordersThatCome();
    void forgetsWhatGoes();
    void forgetsWhatIsKeptThoughItIsGone();
    void forgetsThresholdsThatAreTaken();
    void keepsOthersAsTheyAre();
    void mayBeChangedWhenItTells();
    void survivesAFile_data();
    void survivesAFile();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
};

void tst_ThresholdWatch::init()
{
    QTest::failOnWarning(QRegularExpression(u".?"_s));
}

void tst_ThresholdWatch::tellsOfAValueThatCrosses()
{
    Subject subject;
    subject.watch.setThresholds({ above(10, u"a"_s) });
    QCOMPARE(subject.crossed.size(), 0);

    subject.setLoad(u"a"_s, 11);

    QCOMPARE(subject.crossed.size(), 1);
    QCOMPARE(subject.crossed.first()[0].value<Threshold>(), above(10, u"a"_s));
    QCOMPARE(subject.crossed.first()[1].toString(), u"a"_s);
    QCOMPARE(subject.crossed.first()[2].toDouble(), 11);
    QCOMPARE(subject.alertOf(u"a"_s), u"above 10"_s);
    QCOMPARE(subject.watch.alertText(subject.model.index(0, 0)), u"1 alert"_s);
}

void tst_ThresholdWatch::crossesOnceWhileItWavers()
{
    Subject subject;
    subject.watch.setThresholds({ above(100, u"a"_s) });

    for (const double value : { 101., 99., 102., 96., 101. })
        subject.setLoad(u"a"_s, value);

    QCOMPARE(subject.crossed.size(), 1);
    QVERIFY(!subject.alertOf(u"a"_s).isEmpty());
}

void tst_ThresholdWatch::crossesAgainAfterItWasBack()
{
    Subject subject;
    subject.watch.setThresholds({ above(100, u"a"_s) });

    subject.setLoad(u"a"_s, 101);
    subject.setLoad(u"a"_s, 90);
    QVERIFY(subject.alertOf(u"a"_s).isEmpty());
    QCOMPARE(subject.watch.alertCount(), 0);
    subject.setLoad(u"a"_s, 101);

    QCOMPARE(subject.crossed.size(), 2);
}

void tst_ThresholdWatch::watchesOneRecorderOnly()
{
    Subject subject;
    subject.watch.setThresholds({ above(10, u"a"_s) });

    subject.setLoad(u"b"_s, 11);

    QCOMPARE(subject.crossed.size(), 0);
}

void tst_ThresholdWatch::watchesAllRecorders()
{
    Subject subject;
    subject.watch.setThresholds({ above(10) });

    subject.setLoad(u"a"_s, 11);
    subject.setLoad(u"b"_s, 12);

    QCOMPARE(subject.crossed.size(), 2);
    QCOMPARE(subject.watch.alertCount(), 2);
}

void tst_ThresholdWatch::watchesNoTextThatReadsLikeANumber()
{
    Subject subject;
    subject.watch.setThresholds({ above(10) });

    subject.source.setMetric(u"a"_s, MetricSnapshot(u"load"_s).add(u"value"_s, u"15"_s));
    subject.update();

    QCOMPARE(subject.crossed.size(), 0);
}

void tst_ThresholdWatch::watchesRates()
{
    Subject subject;
    Threshold threshold;
    threshold.metric = u"bytes"_s;
    threshold.dimension = u"total"_s;
    threshold.unit = Unit::bytes().code();
    threshold.figure = Threshold::Figure::Rate;
    threshold.high = 500;
    subject.watch.setThresholds({ threshold });

    subject.source.advance(1s);
    subject.source.setMetric(u"b"_s, bytes(400));
    subject.update();
    QCOMPARE(subject.crossed.size(), 0);
    subject.source.advance(1s);
    subject.source.setMetric(u"b"_s, bytes(400 + 2000));
    subject.update();
    QCOMPARE(subject.crossed.size(), 1);

    subject.source.advance(10s); // nothing grows any more
    subject.source.setRecorder(u"c"_s, {});
    subject.update();
    QCOMPARE(subject.watch.alertCount(), 0);
}

void tst_ThresholdWatch::watchesBothEndsOfARange()
{
    Subject subject;
    Threshold threshold = above(20, u"a"_s);
    threshold.bound = Threshold::Bound::Outside;
    threshold.low = 10;
    subject.setLoad(u"a"_s, 15);
    subject.watch.setThresholds({ threshold });
    QCOMPARE(subject.crossed.size(), 0);

    subject.setLoad(u"a"_s, 9);
    QCOMPARE(subject.crossed.size(), 1);
    subject.setLoad(u"a"_s, 15);
    subject.setLoad(u"a"_s, 21);

    QCOMPARE(subject.crossed.size(), 2);
}

void tst_ThresholdWatch::tellsOfWhatIsBeyondAtOnce()
{
    Subject subject;

    subject.watch.setThresholds({ above(0.5, u"a"_s) });

    QCOMPARE(subject.crossed.size(), 1);
}

void tst_ThresholdWatch::tellsOfRecordersThatCome()
{
    Subject subject;
    subject.watch.setThresholds({ above(10) });

    subject.source.setRecorder(u"c"_s, { load(11) });
    subject.update();
    QCOMPARE(subject.crossed.size(), 1);
    subject.setLoad(u"c"_s, 1);
    subject.setLoad(u"c"_s, 12);

    QCOMPARE(subject.crossed.size(), 2);
}

void tst_ThresholdWatch::forgetsWhatGoes()
{
    Subject subject;
    subject.watch.setThresholds({ above(10) });
    subject.setLoad(u"a"_s, 11);
    subject.setLoad(u"b"_s, 11);
    QCOMPARE(subject.watch.alertCount(), 2);

    subject.source.removeRecorder(u"a"_s);
    subject.update();
    QCOMPARE(subject.watch.alertCount(), 1);
    subject.source.removeMetric(u"b"_s, u"load"_s);
    subject.update();

    QCOMPARE(subject.watch.alertCount(), 0);
}

void tst_ThresholdWatch::forgetsWhatIsKeptThoughItIsGone()
{
    Subject subject;
    subject.model.setKeepRemoved(true);
    subject.watch.setThresholds({ above(10) });
    subject.setLoad(u"a"_s, 11);

    subject.source.removeRecorder(u"a"_s);
    subject.update();
    QCOMPARE(subject.model.rowCount(), 2);
    QCOMPARE(subject.watch.alertCount(), 0);

    subject.source.setRecorder(u"a"_s, { load(12) });
    subject.update();
    QCOMPARE(subject.watch.alertCount(), 1);
}

void tst_ThresholdWatch::forgetsThresholdsThatAreTaken()
{
    Subject subject;
    subject.watch.setThresholds({ above(10) });
    subject.setLoad(u"a"_s, 11);

    subject.watch.setThresholds({});

    QCOMPARE(subject.watch.alertCount(), 0);
    QVERIFY(subject.alertOf(u"a"_s).isEmpty());
}

void tst_ThresholdWatch::keepsOthersAsTheyAre()
{
    Subject subject;
    subject.watch.setThresholds({ above(10) });
    subject.setLoad(u"a"_s, 11);

    subject.watch.setThresholds({ above(10), above(1000) });

    QCOMPARE(subject.crossed.size(), 1);
    QCOMPARE(subject.watch.alertCount(), 1);
}

void tst_ThresholdWatch::mayBeChangedWhenItTells()
{
    Subject subject;
    connect(&subject.watch, &ThresholdWatch::crossed, &subject.watch,
            [&subject] { subject.watch.setThresholds({}); });
    subject.watch.setThresholds({ above(10), above(11), above(12) });

    subject.setLoad(u"a"_s, 20);

    QVERIFY(subject.watch.thresholds().isEmpty());
}

void tst_ThresholdWatch::survivesAFile_data()
{
    QTest::addColumn<Threshold>("threshold");

    Threshold range = above(2, u"say \"a\""_s);
    range.bound = Threshold::Bound::Outside;
    range.low = -0.1;
    Threshold rate = above(1 << 20);
    rate.figure = Threshold::Figure::Rate;
    rate.unit = u"By"_s;
    rate.setsMark = true;
    QTest::newRow("above, in all") << above(1);
    QTest::newRow("a range, of an odd name") << range;
    QTest::newRow("a rate") << rate;
}

void tst_ThresholdWatch::survivesAFile()
{
    QFETCH(const Threshold, threshold);

    const QByteArray written = QJsonDocument(threshold.toJson()).toJson();
    const auto read = Threshold::fromJson(QJsonDocument::fromJson(written).object());

    QVERIFY(read);
    QCOMPARE(*read, threshold);
}

void tst_ThresholdWatch::refusesWhatIsNone_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");

    QTest::newRow("no metric") << u"metric"_s << QJsonValue(QString());
    QTest::newRow("no such bound") << u"bound"_s << QJsonValue(u"beside"_s);
    QTest::newRow("no such figure") << u"figure"_s << QJsonValue(3);
    QTest::newRow("no number") << u"high"_s << QJsonValue(u"2 MiB"_s);
}

void tst_ThresholdWatch::refusesWhatIsNone()
{
    QFETCH(const QString, key);
    QFETCH(const QJsonValue, value);
    QJsonObject json = above(1).toJson();

    json[key] = value;

    QVERIFY(!Threshold::fromJson(json));
}

QTEST_GUILESS_MAIN(tst_ThresholdWatch)
#include "tst_thresholdwatch.moc"
