// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>

using namespace Recorders;
using namespace std::chrono_literals;

namespace {

constexpr int recorderCount = 40;
constexpr int othersTold = 16; // of those that nobody has read
constexpr int last = recorderCount - 1;

QString rowPath(const QModelIndex &index, int row)
{
    const QString above = index.parent().isValid()
            ? rowPath(index.parent(), index.parent().row()) + u'/'
            : QString();
    return above + QString::number(row);
}

// Forty recorders of two numbers, of which all change in each update. What is announced is named by
// the numbers of the rows: to ask for names would be to read. What is not displayed does not count.
struct Fixture
{
    template <typename Model>
    static Fixture of()
    {
        Fixture fixture;
        fixture.subject = Testing::subjectOf<Model>(*fixture.source);
        fixture.update();
        return fixture;
    }

    void update()
    {
        ++value;
        for (int i = 0; i < recorderCount; ++i)
            source->setRecorder(QString::number(i), { metric() });
        subject.update();
    }

    MetricSnapshot metric() const
    {
        return MetricSnapshot(QStringLiteral("m"))
                .setState(state)
                .add(QStringLiteral("a"), value, unit)
                .add(QStringLiteral("b"), value);
    }

    QStringList announcedBy(const std::function<void()> &change) const
    {
        QSignalSpy spy(subject.model.get(), &QAbstractItemModel::dataChanged);
        change();
        QStringList paths;
        for (const QList<QVariant> &arguments : std::as_const(spy)) {
            if (!arguments.at(2).value<QList<int>>().contains(Qt::DisplayRole))
                continue;
            const auto from = arguments.at(0).toModelIndex();
            const int to = arguments.at(1).toModelIndex().row();
            for (int row = from.row(); row <= to; ++row)
                paths += rowPath(from, row);
        }
        return paths;
    }
    QStringList announced()
    {
        return announcedBy([this] { update(); });
    }

    // What is announced as two counters of the last recorder change, and all others are busy.
    QStringList count(int a, int b)
    {
        ++value;
        const auto change = [&] {
            for (int i = 0; i < last; ++i)
                source->setMetric(QString::number(i), metric());
            RecorderSnapshot recorder;
            recorder.entityId = QString::number(last);
            recorder.resets = resets;
            recorder.metrics = { MetricSnapshot(QStringLiteral("m"))
                                         .add(QStringLiteral("a"), a, {}, MetricKind::Counter)
                                         .add(QStringLiteral("b"), b, {}, MetricKind::Counter) };
            source->setRecorder(recorder);
            subject.update();
        };
        source->advance(600ms);
        return announcedBy(change);
    }

    QModelIndex at(std::initializer_list<int> rows) const
    {
        QModelIndex index;
        for (const int row : rows)
            index = subject.model->index(row, 0, index);
        return index;
    }

    std::unique_ptr<FakeSnapshotSource> source = std::make_unique<FakeSnapshotSource>();
    Testing::Subject subject{};
    qint64 value = 0;
    quint64 resets = 0;
    MetricState state = MetricState::Active;
    Unit unit{};
};

} // namespace

// Which changes models announce: of what somebody has read.
class tst_Announcements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void tellsOfTheFirstOfOthers();
    void tellsEachTimeOfWhatIsRead();
    void tellsOnceOfWhatIsNotReadAgain();
    void tellsAgainAfterALook_data();
    void tellsAgainAfterALook();
    void tellsOfRolesThatWereNotTold();
    void tellsOfRatesOfOtherRows();
    void tellsOfDimensionsWithTheirMetric();
    void tellsOfEverythingOnlyWhatIsRead();
    void takesAFilterForAReader_data();
    void takesAFilterForAReader();

    void tellsOfTableRowsThatAreRead();
    void tellsOfTheFirstTableRows();
    void tellsOfRatesOfOtherTableRows();
};

void tst_Announcements::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_Announcements::tellsOfTheFirstOfOthers()
{
    Fixture f = Fixture::of<SnapshotModel>();
    for (int row = 0; row < recorderCount; ++row)
        f.at({ row, 0, 1 });

    for (int i = 0; i < 3; ++i) {
        const QStringList announced = f.announced();
        QCOMPARE(announced.size(), othersTold);
        QCOMPARE(announced.last(), QString::number(othersTold - 1));
    }
}

void tst_Announcements::tellsEachTimeOfWhatIsRead()
{
    Fixture f = Fixture::of<SnapshotModel>();

    for (int i = 0; i < 3; ++i) {
        f.at({ last }).data();
        f.at({ last, 0 }).data();
        const QStringList announced = f.announced();
        QCOMPARE(announced.size(), othersTold + 2);
        QVERIFY(announced.contains(QStringLiteral("39")));
        QVERIFY(announced.contains(QStringLiteral("39/0")));
    }
}

void tst_Announcements::tellsOnceOfWhatIsNotReadAgain()
{
    Fixture f = Fixture::of<SnapshotModel>();
    f.at({ last }).data();
    f.at({ last, 0 }).data();

    QCOMPARE(f.announced().size(), othersTold + 2);
    QCOMPARE(f.announced().size(), othersTold);
}

void tst_Announcements::tellsAgainAfterALook_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<bool>("isReading");

    QTest::newRow("displayed") << int(Qt::DisplayRole) << true;
    QTest::newRow("tool tip") << int(Qt::ToolTipRole) << true;
    QTest::newRow("spoken") << int(Qt::AccessibleTextRole) << true;
    QTest::newRow("value") << int(SnapshotModel::ValueRole) << true;
    QTest::newRow("rate as text") << int(SnapshotModel::RateTextRole) << true;
    QTest::newRow("font") << int(Qt::FontRole) << false;
    QTest::newRow("icon") << int(Qt::DecorationRole) << false;
    QTest::newRow("alignment") << int(Qt::TextAlignmentRole) << false;
    QTest::newRow("size") << int(Qt::SizeHintRole) << false;
}

void tst_Announcements::tellsAgainAfterALook()
{
    QFETCH(const int, role);
    QFETCH(const bool, isReading);
    Fixture f = Fixture::of<SnapshotModel>();
    f.at({ last }).data();
    f.update();
    f.update();

    f.at({ last }).data(role);

    QCOMPARE(f.announced().contains(QStringLiteral("39")), isReading);
}

void tst_Announcements::tellsOfRolesThatWereNotTold()
{
    Fixture f = Fixture::of<SnapshotModel>();
    f.at({ last, 0 }).data();
    const QString metric = QStringLiteral("39/0");

    QVERIFY(f.announced().contains(metric));
    f.state = MetricState::Quarantined;
    QVERIFY(f.announced().contains(metric));
    f.state = MetricState::Active;
    QVERIFY(!f.announced().contains(metric));
    f.unit = Unit::bytes();
    QVERIFY(f.announced().contains(metric));
    f.unit = Unit::seconds();
    QVERIFY(!f.announced().contains(metric));
    f.subject.model->setProperty(
            "mark",
            QVariant::fromValue(static_cast<SnapshotModel *>(f.subject.model.get())->newMark()));
    QVERIFY(!f.announced().contains(metric)); // the mark was told
}

// One of two comes to rest; then both have no rate any more, as they are reset.
void tst_Announcements::tellsOfRatesOfOtherRows()
{
    Fixture f = Fixture::of<SnapshotModel>();
    f.count(1, 1);
    f.count(1, 2);
    f.count(1, 2);
    f.at({ last, 0, 1 }).data();

    const QStringList announced = f.count(1, 2);
    QVERIFY(!announced.contains(QStringLiteral("39/0/0")));
    QVERIFY(announced.contains(QStringLiteral("39/0/1")));
    ++f.resets;
    QVERIFY(f.count(1, 2).contains(QStringLiteral("39/0/0")));
}

void tst_Announcements::tellsOfDimensionsWithTheirMetric()
{
    Fixture f = Fixture::of<SnapshotModel>();

    f.at({ last, 0, 1 }).data();

    const QStringList announced = f.announced();
    for (const auto *path : { "39/0", "39/0/0", "39/0/1" })
        QVERIFY(announced.contains(QLatin1String(path)));
    QVERIFY(!f.announced().contains(QStringLiteral("39/0/1")));
}

void tst_Announcements::tellsOfEverythingOnlyWhatIsRead()
{
    Fixture f = Fixture::of<SnapshotModel>();
    for (int row = 0; row < recorderCount; ++row)
        f.at({ row, 0 });
    f.at({ last, 0, 1 }).data();
    const auto change = [&](BytePrefix prefix) {
        return f.announcedBy(
                [&] { f.subject.model->setProperty("bytePrefix", QVariant::fromValue(prefix)); });
    };

    const QStringList announced = change(BytePrefix::Decimal);
    QCOMPARE(announced.size(), recorderCount + othersTold + 3);
    QVERIFY(announced.contains(QStringLiteral("39/0/1")));
    QCOMPARE(change(BytePrefix::Binary).size(), recorderCount + othersTold);
}

void tst_Announcements::takesAFilterForAReader_data()
{
    QTest::addColumn<int>("column");

    QTest::newRow("of the source") << int(SnapshotModel::ValueColumn);
    QTest::newRow("of its own") << int(SnapshotModel::ColumnCount);
}

void tst_Announcements::takesAFilterForAReader()
{
    QFETCH(const int, column);
    Fixture f = Fixture::of<SnapshotModel>();
    SnapshotFilterModel filter;
    filter.setSourceModel(f.subject.model.get());
    filter.setExtraColumns({ SnapshotModel::LastChangedRole });
    const QModelIndex metric = filter.index(0, column, filter.index(last, 0));
    QSignalSpy changed(&filter, &QAbstractItemModel::dataChanged);
    const auto isTold = [&] {
        changed.clear();
        f.update();
        return std::any_of(changed.cbegin(), changed.cend(), [&](const auto &arguments) {
            return arguments.at(0).toModelIndex() == metric.siblingAtColumn(0);
        });
    };

    QVERIFY(!isTold());
    metric.data();
    QVERIFY(isTold());
    QVERIFY(!isTold());
}

void tst_Announcements::tellsOfTableRowsThatAreRead()
{
    Fixture f = Fixture::of<SnapshotTableModel>();
    const QString row = QString::number(2 * last);

    for (int i = 0; i < 3; ++i) {
        f.at({ 2 * last + 1 }).data();
        QVERIFY(f.announced().contains(row));
    }
    QVERIFY(!f.announced().contains(row));
}

void tst_Announcements::tellsOfTheFirstTableRows()
{
    Fixture f = Fixture::of<SnapshotTableModel>();

    QCOMPARE(f.announced().size(), 2 * othersTold);
    QCOMPARE(f.announced().size(), 2 * othersTold);
}

void tst_Announcements::tellsOfRatesOfOtherTableRows()
{
    Fixture f = Fixture::of<SnapshotTableModel>();
    f.count(1, 1);
    f.count(1, 2);
    f.count(1, 2);
    f.at({ 2 * last + 1 }).data();

    const QStringList announced = f.count(1, 2);
    QVERIFY(!announced.contains(QStringLiteral("78")));
    QVERIFY(announced.contains(QStringLiteral("79")));
    ++f.resets;
    QVERIFY(f.count(1, 2).contains(QStringLiteral("78")));
}

QTEST_GUILESS_MAIN(tst_Announcements)

#include "tst_announcements.moc"
