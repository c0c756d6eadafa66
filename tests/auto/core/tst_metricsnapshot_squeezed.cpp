// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsnapshot.h>

#include <QSemaphore>
#include <QTest>

#include <functional>
#include <thread>
#include <vector>

using namespace Recorders;

// What takes less memory is the same in all that can be asked of it.
class tst_MetricSnapshotSqueezed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void staysEqual_data();
    void staysEqual();
    void bearsEveryChange_data();
    void bearsEveryChange();
    void isToldFromOthersByAll_data();
    void isToldFromOthersByAll();
    void tellsAttributesApart();
    void keepsNoForeignTypes();
    void squeezesInManyThreads();
};

namespace {

MetricSnapshot snapshotOf(int dimensions)
{
    MetricSnapshot snapshot(QStringLiteral("connection.bytes"));
    for (int i = 0; i < dimensions; ++i)
        snapshot.add(QStringLiteral("port %1").arg(i), qint64(i), Unit::bytes(),
                     MetricKind::Counter);
    return snapshot;
}

MetricSnapshot squeezed(MetricSnapshot snapshot)
{
    snapshot.squeeze();
    return snapshot;
}

Dimension partOf(const QString &name, const QVariant &value)
{
    return { name,
             value,
             Unit::milliseconds(),
             MetricKind::Gauge,
             { { QStringLiteral("outcome"), name } } };
}

Distribution distribution()
{
    Distribution distribution;
    distribution.record(1.5);
    return distribution;
}

using Change = std::function<void(MetricSnapshot &)>;

void addChanges()
{
    QTest::addColumn<Change>("change");
    QTest::newRow("nothing") << Change([](MetricSnapshot &) {});
    QTest::newRow("another dimension")
            << Change([](auto &metric) { metric.add(QStringLiteral("late"), 1.5); });
    QTest::newRow("a dimension with attributes")
            << Change([](auto &metric) { metric.add(partOf(QStringLiteral("late"), 3)); });
    QTest::newRow("another value")
            << Change([](auto &metric) { metric.add(QStringLiteral("port 1"), 99); });
    QTest::newRow("a description")
            << Change([](auto &metric) { metric.setDescription(QStringLiteral("of a line")); });
    QTest::newRow("a state") << Change([](auto &metric) {
        metric.setState(MetricState::Quarantined, QStringLiteral("it threw"));
    });
    QTest::newRow("a distribution")
            << Change([](auto &metric) { metric.addDistribution(distribution()); });
}

} // namespace

void tst_MetricSnapshotSqueezed::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_MetricSnapshotSqueezed::staysEqual_data()
{
    QTest::addColumn<MetricSnapshot>("snapshot");
    QTest::newRow("without a name") << MetricSnapshot();
    QTest::newRow("without dimensions") << snapshotOf(0);
    QTest::newRow("one dimension") << snapshotOf(1);
    QTest::newRow("some dimensions") << snapshotOf(3);
    QTest::newRow("many dimensions") << snapshotOf(32);
    QTest::newRow("too many dimensions") << snapshotOf(33);
    QTest::newRow("a value that is not there yet")
            << snapshotOf(1).add(QStringLiteral("peer"), QVariant());
    QTest::newRow("texts and lists")
            << snapshotOf(1)
                       .add(QStringLiteral("peer"), QStringLiteral("10.0.0.1"))
                       .add(QStringLiteral("tries"), QVariantList{ 1, QStringLiteral("two") });
    QTest::newRow("attributes") << snapshotOf(2)
                                           .add(partOf(QStringLiteral("Success"), 2.5))
                                           .add(partOf(QStringLiteral("Failure"), 7));
    QTest::newRow("described") << snapshotOf(1).setDescription(QStringLiteral("of a line"));
    QTest::newRow("quarantined") << snapshotOf(2).setState(MetricState::Quarantined,
                                                           QStringLiteral("it threw"));
    QTest::newRow("with distributions")
            << snapshotOf(1)
                       .addDistribution(distribution(), Unit::milliseconds())
                       .addDistribution(distribution(), {}, QStringLiteral("Failure"));
}

void tst_MetricSnapshotSqueezed::staysEqual()
{
    QFETCH(const MetricSnapshot, snapshot);

    const MetricSnapshot small = squeezed(snapshot);

    QVERIFY(small == snapshot);
    QVERIFY(snapshot == small);
    QCOMPARE(small.name(), snapshot.name());
    QCOMPARE(small.description(), snapshot.description());
    QCOMPARE(small.state(), snapshot.state());
    QCOMPARE(small.errorString(), snapshot.errorString());
    QVERIFY(small.dimensions() == snapshot.dimensions());
    QVERIFY(small.distributions() == snapshot.distributions());
    QCOMPARE(small.toJson(), snapshot.toJson());
    const QList<Dimension> dimensions = snapshot.dimensions();
    for (const Dimension &dimension : dimensions) {
        QCOMPARE(small.value(dimension.name), dimension.value);
        QVERIFY(small.dimension(dimension.name) == dimension);
    }
    QVERIFY(!small.contains(u"unknown"));
    QVERIFY(!small.value(u"unknown").isValid());
}

void tst_MetricSnapshotSqueezed::bearsEveryChange_data()
{
    addChanges();
}

void tst_MetricSnapshotSqueezed::bearsEveryChange()
{
    QFETCH(const Change, change);
    MetricSnapshot plain = snapshotOf(3);
    const MetricSnapshot small = squeezed(plain);
    MetricSnapshot changed = small;

    change(plain);
    change(changed);

    QVERIFY(changed == plain);
    QVERIFY(squeezed(changed) == plain);
    QVERIFY(small == snapshotOf(3));
}

void tst_MetricSnapshotSqueezed::isToldFromOthersByAll_data()
{
    addChanges();
    QTest::newRow("a dimension less") << Change([](auto &metric) { metric = snapshotOf(2); });
    QTest::newRow("another unit") << Change([](auto &metric) {
        metric.add(QStringLiteral("port 1"), qint64(1), Unit::seconds(), MetricKind::Counter);
    });
    QTest::newRow("another kind") << Change([](auto &metric) {
        metric.add(QStringLiteral("port 1"), qint64(1), Unit::bytes(), MetricKind::Gauge);
    });
    QTest::newRow("another type") << Change([](auto &metric) {
        metric.add(QStringLiteral("port 1"), 1, Unit::bytes(), MetricKind::Counter);
    });
}

void tst_MetricSnapshotSqueezed::isToldFromOthersByAll()
{
    QFETCH(const Change, change);
    const MetricSnapshot small = squeezed(snapshotOf(3));
    MetricSnapshot other = snapshotOf(3);
    change(other);

    const bool isSame = other == snapshotOf(3);

    QCOMPARE(small == squeezed(other), isSame);
    QCOMPARE(squeezed(other) == small, isSame);
}

// Of the same names, and more than are looked at to find one of the same kind.
void tst_MetricSnapshotSqueezed::tellsAttributesApart()
{
    std::vector<MetricSnapshot> plain;
    std::vector<MetricSnapshot> small;
    for (int i = 0; i < 100; ++i) {
        Dimension dimension = partOf(QStringLiteral("part"), 1);
        dimension.attributes.insert(QStringLiteral("number"), i % 50);
        plain.push_back(MetricSnapshot(QStringLiteral("parts")).add(dimension));
        small.push_back(squeezed(plain.back()));
    }

    for (size_t i = 0; i < small.size(); ++i) {
        QVERIFY(small[i] == plain[i]);
        QVERIFY(small[i] == small[(i + 50) % 100]);
        QVERIFY(small[i] != small[(i + 1) % 100]);
    }
}

namespace {

// As of a plugin, whose code may have gone by the time that the process ends.
struct Foreign
{
    static inline int living = 0;

    Foreign() { ++living; }
    Foreign(const Foreign &) { ++living; }
    ~Foreign() { --living; }
    Foreign &operator=(const Foreign &) = default;
    friend bool operator==(const Foreign &, const Foreign &) { return true; }
};

} // namespace

void tst_MetricSnapshotSqueezed::keepsNoForeignTypes()
{
    {
        Dimension dimension = partOf(QStringLiteral("part"), 1);
        dimension.attributes.insert(QStringLiteral("peer"), QVariant::fromValue(Foreign()));
        const auto snapshot = MetricSnapshot(QStringLiteral("peers")).add(dimension);
        const MetricSnapshot small = squeezed(snapshot);
        QVERIFY(small == snapshot);
        QCOMPARE_GT(Foreign::living, 0);
    }
    QCOMPARE(Foreign::living, 0);
}

// More kinds than are kept without a user, so that unused ones are forgotten meanwhile.
void tst_MetricSnapshotSqueezed::squeezesInManyThreads()
{
    constexpr int threads = 4;
    constexpr int rounds = 2000;
    std::vector<int> wrong(threads, 0);
    QSemaphore start;
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) {
        workers.emplace_back([&start, &wrong, i] {
            start.acquire();
            for (int round = 0; round < rounds; ++round) {
                MetricSnapshot snapshot(QStringLiteral("metric %1").arg(round / 2));
                snapshot.add(QStringLiteral("value"), round);
                wrong[size_t(i)] += squeezed(snapshot) == snapshot ? 0 : 1;
            }
        });
    }
    start.release(threads);
    for (std::thread &worker : workers)
        worker.join();

    QCOMPARE(wrong, std::vector<int>(threads, 0));
}

QTEST_APPLESS_MAIN(tst_MetricSnapshotSqueezed)

#include "tst_metricsnapshot_squeezed.moc"
