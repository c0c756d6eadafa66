// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/snapshotlistsource.h>
#include <recorders/model/recordersnapshotmodel.h>
#include <recorders/model/snapshotmodel.h>

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTest>

#include <functional>
#include <limits>

using namespace Recorders;
using namespace std::chrono_literals;

// Which roles there are, and which of them a change is said to concern.
class tst_SnapshotRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void haveNamesForQml();
    void saysWhenAMetricChangedLast();
    void saysWhenARecorderChangedLast();
    void saysWhenAMetricCame();
    void saysTheFiguresOfAMetric();

    void saysRatesInWords();
    void saysExactNumbersToScripts_data();
    void saysExactNumbersToScripts();

    void announcesOnlyWhatChanged_data();
    void announcesOnlyWhatChanged();
    void announcesDimensionsInOneRange();
    void announcesTheRatesThatAreGoneWithTheEnd();
    void announcesTheRatesThatAreGoneWithTheRecorder();
    void announcesTextsThatHaveAnotherPrefix();
};

namespace {

const QString here = QStringLiteral("here");
const QString trafficName = QStringLiteral("traffic");
using Roles = QSet<int>;

MetricSnapshot traffic(qint64 in, qint64 out = 0, const Unit &unit = Unit::bytes())
{
    return MetricSnapshot(trafficName)
            .add(QStringLiteral("in"), in, unit, MetricKind::Counter)
            .add(QStringLiteral("out"), out, unit, MetricKind::Counter);
}

// QML has another role for what JavaScript might round.
int named(const QByteArray &name)
{
    static const QHash<int, QByteArray> names = SnapshotModel().roleNames();
    return names.key(name);
}

const Roles rateRoles{ Qt::DisplayRole, SnapshotModel::RateRole, SnapshotModel::RateTextRole };
const Roles ownValueRoles = rateRoles
        | Roles{
              Qt::ToolTipRole,         Qt::AccessibleTextRole,       SnapshotModel::ValueRole,
              SnapshotModel::TextRole, SnapshotModel::ExactTextRole, SnapshotModel::LastChangedRole,
              named("value")
          };
const Roles valueRoles = ownValueRoles
        | Roles{ SnapshotModel::CountRole,
                 SnapshotModel::MinimumRole,
                 SnapshotModel::MeanRole,
                 SnapshotModel::MaximumRole,
                 SnapshotModel::P50Role,
                 SnapshotModel::P90Role,
                 SnapshotModel::P99Role,
                 SnapshotModel::P999Role,
                 named("count"),
                 named("minimum"),
                 named("mean"),
                 named("maximum"),
                 named("p50"),
                 named("p90"),
                 named("p99"),
                 named("p999") };
const Roles countRoles = ownValueRoles
        | Roles{ SnapshotModel::PendingRole, SnapshotModel::DroppedRole, named("pending"),
                 named("dropped") };
const Roles stateRoles{ SnapshotModel::StateRole, SnapshotModel::ErrorTextRole,
                        SnapshotModel::IsMessageRole, SnapshotModel::RemovedRole };
const Roles meaningRoles{ SnapshotModel::UnitRole, SnapshotModel::KindRole,
                          SnapshotModel::DescriptionRole };

// A tree of which somebody looks at all rows.
struct Tree
{
    Tree()
    {
        source.setTime(1h);
        source.setRecorder(here, { traffic(1) });
        model.setPaused(true);
        model.setSource(&source);
        update();
        model.index(0, 0, metric());
    }

    void update()
    {
        QSignalSpy updated(&model, &SnapshotModel::updated);
        model.refresh();
        QVERIFY(updated.wait());
    }

    QModelIndex recorder() const { return model.index(0, 0); }
    QModelIndex metric() const { return model.index(0, 0, recorder()); }
    QModelIndex dimension(int row) const { return model.index(row, 0, metric()); }
    QDateTime lastChanged(const QModelIndex &index) const
    {
        return index.data(SnapshotModel::LastChangedRole).toDateTime();
    }

    SnapshotListSource source;
    SnapshotModel model;
};

// What was announced of rows below a parent; duplicates are joined.
Roles announced(const QSignalSpy &spy, const QModelIndex &parent)
{
    Roles roles;
    for (const QList<QVariant> &arguments : spy) {
        const auto list = arguments.at(2).value<QList<int>>();
        if (arguments.at(0).toModelIndex().parent() == parent)
            roles.unite(Roles(list.cbegin(), list.cend()));
    }
    return roles;
}

// So that what changes next does so at another time.
void waitForTheNextMillisecond()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QTRY_VERIFY(QDateTime::currentMSecsSinceEpoch() > now);
}

} // namespace

void tst_SnapshotRoles::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_SnapshotRoles::haveNamesForQml()
{
    const QHash<int, QByteArray> names = SnapshotModel().roleNames();
    const auto roles = QMetaEnum::fromType<SnapshotModel::Role>();

    for (int i = 0; i < roles.keyCount(); ++i) {
        QByteArray name = roles.key(i);
        name.chop(int(qstrlen("Role")));
        name[0] = char(std::tolower(name[0]));
        QCOMPARE(names.keys(name).size(), 1);
    }
    QCOMPARE(RecorderSnapshotModel().roleNames(), names);
}

void tst_SnapshotRoles::saysWhenAMetricChangedLast()
{
    Tree tree;
    tree.source.setMetric(here, MetricSnapshot(QStringLiteral("unchanged")));
    tree.update();
    const QDateTime before = tree.lastChanged(tree.metric());
    const QPersistentModelIndex other = tree.model.index(1, 0, tree.recorder());
    const QDateTime otherBefore = tree.lastChanged(other);
    waitForTheNextMillisecond();

    tree.source.setMetric(here, traffic(2));
    const QDateTime earliest = QDateTime::currentDateTime();
    tree.update();

    const QDateTime changed = tree.lastChanged(tree.metric());
    QVERIFY(changed > before);
    QVERIFY(changed >= earliest && changed <= QDateTime::currentDateTime());
    QCOMPARE(tree.lastChanged(tree.dimension(0)), changed);
    QCOMPARE(tree.lastChanged(tree.dimension(1)), changed);
    QCOMPARE(tree.lastChanged(other), otherBefore);
}

void tst_SnapshotRoles::saysWhenARecorderChangedLast()
{
    Tree tree;
    const QDateTime before = tree.lastChanged(tree.recorder());
    const QDateTime metricBefore = tree.lastChanged(tree.metric());
    waitForTheNextMillisecond();

    tree.source.setRecorderState(here, RecorderState::Stopped);
    tree.update();

    QVERIFY(tree.lastChanged(tree.recorder()) > before);
    QCOMPARE(tree.lastChanged(tree.metric()), metricBefore);
}

void tst_SnapshotRoles::saysWhenAMetricCame()
{
    const QDateTime before = QDateTime::currentDateTime();

    const Tree tree;

    QVERIFY(tree.lastChanged(tree.metric()) >= before);
    QVERIFY(tree.lastChanged(tree.metric()) <= QDateTime::currentDateTime());
    QCOMPARE(tree.lastChanged(tree.recorder()), tree.lastChanged(tree.metric()));
}

void tst_SnapshotRoles::saysTheFiguresOfAMetric()
{
    Tree tree;
    MetricSnapshot figures(QStringLiteral("figures"));
    figures.add(QStringLiteral("p50"), 5).add(QStringLiteral("p90"), 9);
    figures.add(QStringLiteral("p99.9"), 99.9);
    figures.add(QStringLiteral("p99"), 99).add(QStringLiteral("count"), 3);
    figures.add(QStringLiteral("min"), 1).add(QStringLiteral("mean"), 2.5);
    tree.source.setMetric(here, figures.add(QStringLiteral("max"), 100));
    tree.update();
    const QModelIndex metric = tree.model.index(0, 0, tree.recorder());
    QCOMPARE(metric.data().toString(), QStringLiteral("figures"));

    for (const QModelIndex &index : { metric, tree.model.index(0, 0, metric) }) {
        QCOMPARE(index.data(SnapshotModel::CountRole).toInt(), 3);
        QCOMPARE(index.data(SnapshotModel::MinimumRole).toInt(), 1);
        QCOMPARE(index.data(SnapshotModel::MeanRole).toDouble(), 2.5);
        QCOMPARE(index.data(SnapshotModel::MaximumRole).toInt(), 100);
        QCOMPARE(index.data(SnapshotModel::P50Role).toInt(), 5);
        QCOMPARE(index.data(SnapshotModel::P90Role).toInt(), 9);
        QCOMPARE(index.data(SnapshotModel::P99Role).toInt(), 99);
        QCOMPARE(index.data(SnapshotModel::P999Role).toDouble(), 99.9);
    }
    QVERIFY(!tree.model.index(1, 0, metric).data(SnapshotModel::CountRole).isValid());
    QVERIFY(!tree.model.index(1, 0, tree.recorder()).data(SnapshotModel::CountRole).isValid());
    QVERIFY(!tree.recorder().data(SnapshotModel::CountRole).isValid());
}

void tst_SnapshotRoles::saysRatesInWords()
{
    Tree tree;
    QCOMPARE(tree.dimension(0).data(SnapshotModel::RateTextRole).toString(),
             QStringLiteral("0 /s"));
    tree.source.advance(1s);
    tree.source.setMetric(here, traffic(2049));
    tree.update();

    QCOMPARE(tree.dimension(0).data(SnapshotModel::RateRole).toDouble(), 2048.);
    QCOMPARE(tree.dimension(0).data(SnapshotModel::RateTextRole).toString(),
             QStringLiteral("2.00 KiB/s"));
}

void tst_SnapshotRoles::saysExactNumbersToScripts_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QVariant>("shown");

    const qint64 greatest = (1LL << 53) - 1; // that JavaScript tells from the next one
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const auto text = [](const char *digits) {
        return QVariant(QString::fromLatin1(digits));
    };
    QTest::newRow("small") << QVariant(7) << QVariant(7.);
    QTest::newRow("unsigned") << QVariant(quint64(7)) << QVariant(7.);
    QTest::newRow("float") << QVariant(0.5F) << QVariant(0.5);
    QTest::newRow("not a number") << QVariant(nan) << QVariant(nan);
    QTest::newRow("as great as can be") << QVariant(greatest) << QVariant(9007199254740991.);
    QTest::newRow("as small as can be") << QVariant(-greatest) << QVariant(-9007199254740991.);
    QTest::newRow("greater") << QVariant(greatest + 1) << text("9007199254740992");
    QTest::newRow("greater and odd") << QVariant(greatest + 2) << text("9007199254740993");
    QTest::newRow("smaller") << QVariant(-greatest - 1) << text("-9007199254740992");
    QTest::newRow("the least there is")
            << QVariant(std::numeric_limits<qint64>::min()) << text("-9223372036854775808");
    QTest::newRow("the most there is")
            << QVariant(std::numeric_limits<quint64>::max()) << text("18446744073709551615");
    QTest::newRow("text") << text("007") << text("007");
    QTest::newRow("bool") << QVariant(true) << QVariant(true);
}

// In C++ ValueRole has what the metric said; by name, scripts get what they can have.
void tst_SnapshotRoles::saysExactNumbersToScripts()
{
    QFETCH(const QVariant, value);
    QFETCH(const QVariant, shown);
    Tree tree;
    tree.source.setMetric(here, MetricSnapshot(trafficName).add(QStringLiteral("max"), value));
    tree.update();
    const QModelIndex index = tree.dimension(0);

    QCOMPARE(index.data(SnapshotModel::ValueRole).typeId(), value.typeId());
    QVERIFY(!index.data(std::numeric_limits<int>::max()).isValid()); // is no role
    for (const char *role : { "value", "maximum" }) {
        QCOMPARE(index.data(named(role)).typeId(), shown.typeId());
        QCOMPARE(index.data(named(role)).toString(), shown.toString());
    }
}

using Change = std::function<void(SnapshotListSource &)>;

void tst_SnapshotRoles::announcesOnlyWhatChanged_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<Roles>("ofRecorder");
    QTest::addColumn<Roles>("ofMetric");

    QTest::newRow("value") << Change([](auto &s) { s.setMetric(here, traffic(2)); }) << countRoles
                           << valueRoles;
    QTest::newRow("unit") << Change([](auto &s) {
        s.setMetric(here, traffic(1, 0, Unit::milliseconds()));
    }) << countRoles << (valueRoles | meaningRoles);
    QTest::newRow("description") << Change([](auto &s) {
        s.setMetric(here, traffic(1).setDescription(QStringLiteral("bytes")));
    }) << countRoles << (valueRoles | meaningRoles);
    QTest::newRow("metric's state") << Change([](auto &s) {
        s.setMetric(here, traffic(1).setState(MetricState::Quarantined));
    }) << countRoles << (valueRoles | stateRoles);
    QTest::newRow("metric's error") << Change([](auto &s) {
        s.setMetric(here, traffic(1).setState(MetricState::Active, QStringLiteral("no disk")));
    }) << countRoles << (valueRoles | stateRoles);
    QTest::newRow("statistics") << Change([](auto &s) { s.setStatistics(here, {}); }) << countRoles
                                << Roles();
    QTest::newRow("recorder's state")
            << Change([](auto &s) { s.setRecorderState(here, RecorderState::Stopped); })
            << (countRoles | stateRoles) << Roles();
    QTest::newRow("nothing") << Change([](auto &) {}) << Roles() << Roles();
}

void tst_SnapshotRoles::announcesOnlyWhatChanged()
{
    QFETCH(const Change, change);
    QFETCH(const Roles, ofRecorder);
    QFETCH(const Roles, ofMetric);
    Tree tree;
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);

    change(tree.source);
    tree.update();

    QCOMPARE(announced(changed, {}), ofRecorder);
    QCOMPARE(announced(changed, tree.recorder()), ofMetric);
    QCOMPARE(announced(changed, tree.metric()), ofMetric);
}

void tst_SnapshotRoles::announcesDimensionsInOneRange()
{
    Tree tree;
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);

    tree.source.setMetric(here, traffic(2, 3));
    tree.update();

    QCOMPARE(changed.count(), 3); // recorder, metric, dimensions
    QCOMPARE(changed.at(2).at(0).toModelIndex(), tree.dimension(0));
    QCOMPARE(changed.at(2).at(1).toModelIndex().row(), 1);
}

void tst_SnapshotRoles::announcesTheRatesThatAreGoneWithTheEnd()
{
    Tree tree;
    tree.source.advance(100ms);
    tree.source.setMetric(here, traffic(1000));
    tree.update();
    QVERIFY(tree.dimension(0).data(SnapshotModel::RateRole).toDouble() > 0);
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);

    tree.source.setEnded(true);
    tree.model.refresh();
    QTRY_VERIFY(tree.model.isEnded());

    QVERIFY(!tree.dimension(0).data(SnapshotModel::RateRole).isValid());
    QCOMPARE(announced(changed, {}), countRoles | stateRoles);
    QCOMPARE(announced(changed, tree.recorder()), rateRoles);
    QCOMPARE(announced(changed, tree.metric()), rateRoles);
}

void tst_SnapshotRoles::announcesTextsThatHaveAnotherPrefix()
{
    const Roles textRoles{ Qt::DisplayRole, Qt::AccessibleTextRole, SnapshotModel::TextRole,
                           SnapshotModel::DeltaTextRole, SnapshotModel::RateTextRole };
    Tree tree;
    tree.source.setMetric(here, traffic(2'000'000));
    tree.update();
    QCOMPARE(tree.dimension(0).data(SnapshotModel::TextRole), QStringLiteral("1.91 MiB"));
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);
    QSignalSpy prefix(&tree.model, &SnapshotModel::bytePrefixChanged);

    tree.model.setBytePrefix(BytePrefix::Decimal);
    tree.model.setBytePrefix(BytePrefix::Decimal);

    QCOMPARE(tree.dimension(0).data(SnapshotModel::TextRole), QStringLiteral("2.00 MB"));
    QCOMPARE(tree.dimension(0).data(SnapshotModel::ValueRole).toInt(), 2'000'000);
    QCOMPARE(prefix.size(), 1);
    QCOMPARE(announced(changed, {}), textRoles);
    QCOMPARE(announced(changed, tree.recorder()), textRoles);
    QCOMPARE(announced(changed, tree.metric()), textRoles);
}

void tst_SnapshotRoles::announcesTheRatesThatAreGoneWithTheRecorder()
{
    Tree tree;
    tree.source.advance(100ms);
    tree.source.setMetric(here, traffic(1000));
    tree.update();
    QSignalSpy changed(&tree.model, &QAbstractItemModel::dataChanged);

    tree.source.removeRecorder(here);
    tree.source.setRecorder(here, { traffic(1000) });
    tree.source.advance(100ms);
    tree.update();

    QCOMPARE(tree.dimension(0).data(SnapshotModel::RateRole).toDouble(), 0);
    QCOMPARE(announced(changed, tree.metric()), rateRoles);
}

QTEST_GUILESS_MAIN(tst_SnapshotRoles)
#include "tst_snapshotroles.moc"
