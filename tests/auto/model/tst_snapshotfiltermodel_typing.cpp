// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/qtry.h"

#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

#include <memory>

using namespace Recorders;
using namespace std::chrono_literals;

// Searches are answered, however much changes meanwhile.
class tst_SnapshotFilterModelTyping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void answersWhileEverythingChanges_data();
    void answersWhileEverythingChanges();
    void restsBetweenSearches();
};

namespace {

constexpr int recorders = 1000;

MetricSnapshot bytesOf(qint64 total)
{
    return MetricSnapshot(QStringLiteral("bytes"))
            .add(QStringLiteral("total"), total, Unit::bytes(), MetricKind::Counter);
}

// Recorders that all count, at each refresh of a model.
class BusySource : public SnapshotListSource
{
public:
    BusySource()
    {
        QObject::connect(&m_timer, &QTimer::timeout, this, &BusySource::countEverywhere);
        countEverywhere();
    }

    void start() { m_timer.start(20ms); }
    int rounds() const { return m_rounds; }
    void countEverywhere()
    {
        ++m_rounds;
        for (int i = 0; i < recorders; ++i)
            setMetric(QStringLiteral("connection-%1").arg(i), bytesOf(m_rounds * (i + 1)));
    }

private:
    QTimer m_timer;
    int m_rounds = 0;
};

template <typename Model>
std::unique_ptr<QAbstractItemModel> modelOf(BusySource *source)
{
    auto model = std::make_unique<Model>();
    model->setRefreshInterval(20);
    model->setSource(source);
    return model;
}

using MakeModel = std::unique_ptr<QAbstractItemModel> (*)(BusySource *);

} // namespace

Q_DECLARE_METATYPE(MakeModel)

void tst_SnapshotFilterModelTyping::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotFilterModelTyping::answersWhileEverythingChanges_data()
{
    QTest::addColumn<MakeModel>("makeModel");
    QTest::addColumn<int>("sortColumn");
    const MakeModel tree = modelOf<SnapshotModel>;
    const MakeModel table = modelOf<SnapshotTableModel>;
    QTest::newRow("tree") << tree << -1;
    QTest::newRow("tree, sorted by rate") << tree << int(SnapshotModel::RateColumn);
    QTest::newRow("table") << table << -1;
    QTest::newRow("table, sorted by value") << table << int(SnapshotTableModel::ValueColumn);
}

void tst_SnapshotFilterModelTyping::answersWhileEverythingChanges()
{
    QFETCH(const MakeModel, makeModel);
    QFETCH(const int, sortColumn);
    BusySource source;
    const auto model = makeModel(&source);
    SnapshotFilterModel filter;
    filter.setSourceModel(model.get());
    filter.sort(sortColumn);
    QTRY_COMPARE(filter.rowCount(), recorders);
    source.start();

    const QString typed = QStringLiteral("connection-99");
    for (qsizetype length = 1; length <= typed.size(); ++length) {
        filter.setFilterText(typed.first(length));
        const int round = source.rounds();
        QTRY_VERIFY(source.rounds() > round);
    }

    QTRY_COMPARE(filter.rowCount(), 11); // 99, 990 to 999
    const int round = source.rounds();
    QTRY_VERIFY(source.rounds() > round + 1); // it goes on
    QCOMPARE(filter.rowCount(), 11);
    filter.setFilterText({});
    QTRY_COMPARE(filter.rowCount(), recorders);
}

// The thread that searches is kept from it until rows have changed that are to be looked for again:
// what it found is told before.
void tst_SnapshotFilterModelTyping::restsBetweenSearches()
{
    BusySource source;
    SnapshotTableModel table;
    table.setRefreshInterval(20);
    table.setSource(&source);
    SnapshotFilterModel filter;
    filter.setSourceModel(&table);
    filter.sort(SnapshotTableModel::ValueColumn);
    QTRY_COMPARE(filter.rowCount(), recorders);
    QTRY_VERIFY(!filter.isBusy());
    QSemaphore gate;
    const int threads = QThreadPool::globalInstance()->maxThreadCount();
    for (int i = 0; i < threads; ++i)
        QThreadPool::globalInstance()->start([&gate] { gate.acquire(); });
    source.start();
    filter.setFilterText(QStringLiteral("connection-99"));
    const int round = source.rounds();
    QTRY_VERIFY(source.rounds() > round + 20); // longer than changes are put off

    QSignalSpy rests(&filter, &SnapshotFilterModel::busyChanged);
    bool wasBusyWithResult = false;
    connect(&filter, &SnapshotFilterModel::hitCountChanged, this, [&] {
        QMetaObject::invokeMethod(
                &filter, [&] { wasBusyWithResult = filter.isBusy(); }, Qt::QueuedConnection);
    });
    gate.release(threads);

    QTRY_COMPARE(filter.rowCount(), 11);
    QTRY_VERIFY(!rests.isEmpty());
    QCOMPARE(rests.first().first().toBool(), false);
    QVERIFY(!wasBusyWithResult);
}

QTEST_GUILESS_MAIN(tst_SnapshotFilterModelTyping)

#include "tst_snapshotfiltermodel_typing.moc"
