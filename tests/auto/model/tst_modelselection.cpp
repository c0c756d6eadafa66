// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "shared/anymodel.h"
#include "shared/fakesnapshotsource.h"
#include "shared/seed.h"

#include <recorders/model/snapshotfiltermodel.h>

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Recorders;
using namespace Testing;

// What is selected and current while other recorders go.
class tst_ModelSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void staysWhileOthersGo_data() { addViewedModels(); }
    void staysWhileOthersGo();
    void losesOnlyWhatGoes_data() { addViewedModels(); }
    void losesOnlyWhatGoes();
    void staysWhenAnUpdateThatReplacesItIsCut_data() { addViewedModels(); }
    void staysWhenAnUpdateThatReplacesItIsCut();

private:
    static void addViewedModels();
};

namespace {

enum class Filtering { None, Sorted };
constexpr int recorderCount = 24;
const QString selectedId = QStringLiteral("conn-7");
const QString otherSelectedId = QStringLiteral("conn-15");

QString idOf(int number)
{
    return QStringLiteral("conn-%1").arg(number);
}

MetricSnapshot metric(const QString &name, qint64 value)
{
    return MetricSnapshot(name).add(QStringLiteral("x"), value).add(QStringLiteral("y"), -value);
}

// "conn-7/bytes/x": what a row is, wherever it is.
QString keyOf(const QModelIndex &index)
{
    return index.data(SnapshotModel::EntityIdRole).toString() + u'/'
            + index.data(SnapshotModel::MetricRole).toString() + u'/'
            + index.data(SnapshotModel::DimensionRole).toString();
}

template <typename Visit>
void visitRows(const QAbstractItemModel &model, const QModelIndex &parent, const Visit &visit)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        visit(index);
        visitRows(model, index, visit);
    }
}

// A model of some recorders, in which the rows of two are selected and one is current.
class ViewedModel
{
public:
    ViewedModel(const MakeModel &makeModel, Filtering filtering)
        : m_any(makeModel())
        , m_selection(filtering == Filtering::None ? m_any.model.get() : &m_filter)
        , m_tester(m_selection.model(), QAbstractItemModelTester::FailureReportingMode::QtTest)
    {
        if (filtering == Filtering::Sorted) {
            m_filter.setSourceModel(m_any.model.get());
            m_filter.setFilterText(QStringLiteral("conn"));
            m_filter.sort(0, Qt::DescendingOrder);
        }
        for (int i = 0; i < recorderCount; ++i)
            add(idOf(i));
        m_any.model->setProperty("paused", true);
        m_any.setSource(&source);
    }

    void add(const QString &id)
    {
        source.setRecorder(id,
                           { metric(QStringLiteral("bytes"), id.size()),
                             metric(QStringLiteral("requests"), 2) });
    }
    bool update()
    {
        QSignalSpy updated(m_any.model.get(), SIGNAL(updated()));
        QMetaObject::invokeMethod(m_any.model.get(), "refresh");
        if (!updated.wait())
            return false;
        m_filter.setFilterText(m_filter.filterText() + u' '); // looks at rows that came at once
        return QTest::qWaitFor([this] { return shownIds() == source.recorderIds(); });
    }

    void selectRows()
    {
        visitRows(*m_selection.model(), {}, [this](const QModelIndex &index) {
            const QString id = index.data(SnapshotModel::EntityIdRole).toString();
            if (id != selectedId && id != otherSelectedId)
                return;
            m_selection.select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
            m_selection.setCurrentIndex(index, QItemSelectionModel::NoUpdate); // the last one
        });
    }
    QStringList selected() const
    {
        QStringList keys;
        for (const QModelIndex &index : m_selection.selectedRows())
            keys.append(keyOf(index));
        keys.sort();
        return keys;
    }
    QString current() const { return keyOf(m_selection.currentIndex()); }

    FakeSnapshotSource source;

private:
    QStringList shownIds() const
    {
        QStringList ids;
        visitRows(*m_selection.model(), {}, [&ids](const QModelIndex &index) {
            ids.append(index.data(SnapshotModel::EntityIdRole).toString());
        });
        ids.removeDuplicates();
        ids.sort();
        return ids;
    }

    AnyModel m_any;
    SnapshotFilterModel m_filter;
    QItemSelectionModel m_selection;
    QAbstractItemModelTester m_tester;
};

} // namespace

void tst_ModelSelection::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void tst_ModelSelection::addViewedModels()
{
    QTest::addColumn<MakeModel>("makeModel");
    QTest::addColumn<Filtering>("filtering");

    const MakeModel tree = [] {
        return new SnapshotModel;
    };
    const MakeModel table = [] {
        return new SnapshotTableModel;
    };
    QTest::newRow("tree") << tree << Filtering::None;
    QTest::newRow("table") << table << Filtering::None;
    QTest::newRow("tree, filtered and sorted") << tree << Filtering::Sorted;
    QTest::newRow("table, filtered and sorted") << table << Filtering::Sorted;
}

void tst_ModelSelection::staysWhileOthersGo()
{
    QFETCH(const MakeModel, makeModel);
    QFETCH(const Filtering, filtering);
    ViewedModel viewed(makeModel, filtering);
    QVERIFY(viewed.update());
    viewed.selectRows();
    const QStringList selected = viewed.selected();
    const QString current = viewed.current();
    QVERIFY(selected.size() >= 8); // two metrics of two dimensions, of each of the two
    auto random = seededGenerator("staysWhileOthersGo");

    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < recorderCount; ++i) {
            const QString id = idOf(i);
            if (id == selectedId || id == otherSelectedId)
                continue;
            if (random() % 2)
                viewed.source.removeRecorder(id);
            else if (random() % 2)
                viewed.add(id);
        }
        QVERIFY(viewed.update());
        QCOMPARE(viewed.selected(), selected);
        QCOMPARE(viewed.current(), current);
    }
}

void tst_ModelSelection::losesOnlyWhatGoes()
{
    QFETCH(const MakeModel, makeModel);
    QFETCH(const Filtering, filtering);
    ViewedModel viewed(makeModel, filtering);
    QVERIFY(viewed.update());
    viewed.selectRows();
    const QStringList kept = viewed.selected().filter(otherSelectedId + u'/');
    QVERIFY(kept.size() >= 4);

    for (const QString &id : { idOf(6), selectedId, idOf(8), idOf(14), idOf(16) })
        viewed.source.removeRecorder(id);
    QVERIFY(viewed.update());

    QCOMPARE(viewed.selected(), kept);
}

// Its removal is told in the first part, with the recorder that has the id now.
void tst_ModelSelection::staysWhenAnUpdateThatReplacesItIsCut()
{
    QFETCH(const MakeModel, makeModel);
    QFETCH(const Filtering, filtering);
    ViewedModel viewed(makeModel, filtering);
    QVERIFY(viewed.update());
    viewed.selectRows();
    const QStringList selected = viewed.selected();
    const QString current = viewed.current();
    viewed.source.setMaxUpdateSize(2);

    viewed.source.removeRecorder(selectedId);
    for (int i = 0; i < recorderCount; ++i)
        viewed.add(idOf(i));
    viewed.source.removeRecorder(otherSelectedId);
    viewed.add(otherSelectedId);
    const int requestsBefore = viewed.source.requestCount();
    QVERIFY(viewed.update());

    constexpr int parts = recorderCount / 2; // or more
    QTRY_VERIFY(viewed.source.requestCount() >= requestsBefore + parts);
    QCOMPARE(viewed.selected(), selected);
    QCOMPARE(viewed.current(), current);
}

QTEST_GUILESS_MAIN(tst_ModelSelection)
#include "tst_modelselection.moc"
