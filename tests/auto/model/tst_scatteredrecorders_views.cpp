// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/model/snapshotfiltermodel.h>
#include <recorders/model/snapshotmodel.h>
#include <recorders/model/snapshottablemodel.h>

#include "scatteredfixture.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QTableView>
#include <QTest>
#include <QTreeView>

using namespace Recorders;
using namespace Testing;

namespace {

enum class Filtering { None, All, Sorted };

// A model, perhaps filtered, in a view whose rows of one recorder are selected and current.
template <typename View, typename Model>
struct Shown
{
    explicit Shown(Filtering filtering)
        : subject(subjectOf<Model>(source))
    {
        addStaying(source);
        subject.update();
        filter.setMovesRows(false);
        filter.setSourceModel(subject.model.get());
        if (filtering == Filtering::Sorted)
            filter.sort(0, Qt::DescendingOrder);
        settle();
        view.setModel(filtering == Filtering::None ? subject.model.get() : &filter);
        view.resize(400, 300);
        view.show();
    }
    void settle() const { QTRY_VERIFY(!filter.isBusy()); }
    void update()
    {
        subject.update();
        filter.setHoldOrder(true);
        filter.setHoldOrder(false); // looks at what came
        settle();
        QCoreApplication::processEvents(); // the view's layout
    }
    QModelIndex find(const QString &name) const
    {
        for (int row = 0; row < view.model()->rowCount(); ++row) {
            if (const QModelIndex index = view.model()->index(row, 0); nameOf(index) == name)
                return index;
        }
        return {};
    }
    void select(const QString &name)
    {
        view.selectionModel()->select(find(name),
                                      QItemSelectionModel::Select | QItemSelectionModel::Rows);
        view.selectionModel()->setCurrentIndex(find(name), QItemSelectionModel::NoUpdate);
    }
    QStringList selected() const
    {
        QStringList names;
        for (const QModelIndex &index : view.selectionModel()->selectedRows())
            names += nameOf(index);
        names.sort();
        return names;
    }

    FakeSnapshotSource source;
    Subject subject;
    SnapshotFilterModel filter;
    View view;
    QAbstractItemModelTester tester{ subject.model.get(), testerMode };
};

} // namespace

Q_DECLARE_METATYPE(Filtering)

// What views keep while many recorders come or go between others in one update.
class tst_ScatteredRecorders_Views : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void treesKeepWhatIsExpandedAndSelected_data() { addFilterings(); }
    void treesKeepWhatIsExpandedAndSelected();
    void tablesKeepWhatIsSelected_data() { addFilterings(); }
    void tablesKeepWhatIsSelected();

    void goToTheNextRowIfTheCurrentOneGoes_data() { addFilterings(); }
    void goToTheNextRowIfTheCurrentOneGoes();

private:
    static void addFilterings();
};

void tst_ScatteredRecorders_Views::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_ScatteredRecorders_Views::addFilterings()
{
    QTest::addColumn<Filtering>("filtering");

    QTest::newRow("without a filter") << Filtering::None;
    QTest::newRow("through a filter that shows all") << Filtering::All;
    QTest::newRow("through a filter that sorts") << Filtering::Sorted;
}

void tst_ScatteredRecorders_Views::treesKeepWhatIsExpandedAndSelected()
{
    QFETCH(const Filtering, filtering);
    Shown<QTreeView, SnapshotModel> shown(filtering);
    const QStringList selected{ stayingId(17), stayingId(33) };
    for (const QString &id : selected) {
        shown.view.expand(shown.find(id));
        shown.select(id);
    }

    addOthers(shown.source);
    shown.update();
    QCOMPARE(shown.selected(), selected);
    shown.view.expand(shown.find(otherId(20)));
    removeOthers(shown.source);
    shown.update();

    QCOMPARE(shown.selected(), selected);
    QCOMPARE(nameOf(shown.view.currentIndex()), selected.last());
    for (int pair = 0; pair < pairs; ++pair) {
        const QString id = stayingId(pair);
        QCOMPARE(shown.view.isExpanded(shown.find(id)), selected.contains(id));
    }
    const QModelIndex expanded = shown.find(selected.last());
    QCOMPARE(shown.view.indexBelow(expanded).parent(), expanded);
}

void tst_ScatteredRecorders_Views::tablesKeepWhatIsSelected()
{
    QFETCH(const Filtering, filtering);
    Shown<QTableView, SnapshotTableModel> shown(filtering);
    const QString kept = stayingId(17) + QStringLiteral("/x/value");
    shown.select(kept);
    shown.view.setRowHeight(shown.find(kept).row(), 99);

    addOthers(shown.source);
    shown.update();
    QCOMPARE(shown.selected(), QStringList{ kept });
    removeOthers(shown.source);
    shown.update();

    QCOMPARE(shown.selected(), QStringList{ kept });
    QCOMPARE(nameOf(shown.view.currentIndex()), kept);
    QCOMPARE(shown.view.rowHeight(shown.find(kept).row()), 99);
}

// The one below or above, as if it had gone alone.
void tst_ScatteredRecorders_Views::goToTheNextRowIfTheCurrentOneGoes()
{
    QFETCH(const Filtering, filtering);
    Shown<QTreeView, SnapshotModel> shown(filtering);
    addOthers(shown.source);
    shown.update();
    const QModelIndex current = shown.find(otherId(pairs / 2));
    const QStringList next{ nameOf(current.siblingAtRow(current.row() - 1)),
                            nameOf(current.siblingAtRow(current.row() + 1)) };
    shown.view.setCurrentIndex(current);

    removeOthers(shown.source);
    shown.update();

    const QString name = nameOf(shown.view.currentIndex());
    QVERIFY2(next.contains(name), qPrintable(name));
}

QTEST_MAIN(tst_ScatteredRecorders_Views)

#include "tst_scatteredrecorders_views.moc"
