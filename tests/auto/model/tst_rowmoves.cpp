// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "model/rowmoves_p.h"

#include "shared/seed.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <numeric>
#include <vector>

using namespace Recorders::Internal;

namespace {

using Rows = std::vector<int>;

// As a view does it: takes the rows away and puts them elsewhere.
Rows moved(Rows rows, const std::vector<RowMove> &moves)
{
    for (const auto &[first, last, destination] : moves) {
        const Rows taken(rows.begin() + first, rows.begin() + last + 1);
        rows.erase(rows.begin() + first, rows.begin() + last + 1);
        const int place = destination > last ? destination - int(taken.size()) : destination;
        rows.insert(rows.begin() + place, taken.begin(), taken.end());
    }
    return rows;
}

// What QAbstractItemModel::beginMoveRows() refuses.
bool areReal(const std::vector<RowMove> &moves)
{
    return std::all_of(moves.cbegin(), moves.cend(), [](const RowMove &move) {
        return move.destination < move.first || move.destination > move.last + 1;
    });
}

int movedRows(const std::vector<RowMove> &moves)
{
    return std::accumulate(moves.cbegin(), moves.cend(), 0, [](int sum, const RowMove &move) {
        return sum + move.last - move.first + 1;
    });
}

// By comparing each with each.
int longestAscending(const Rows &rows)
{
    std::vector<int> lengths(rows.size(), 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (rows[j] < rows[i])
                lengths[i] = std::max(lengths[i], lengths[j] + 1);
        }
    }
    return lengths.empty() ? 0 : *std::max_element(lengths.cbegin(), lengths.cend());
}

} // namespace

Q_DECLARE_METATYPE(Rows)

class tst_RowMoves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void movesAsFewAsPossible_data();
    void movesAsFewAsPossible();
    void sortsAnyOrder();
};

void tst_RowMoves::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void tst_RowMoves::movesAsFewAsPossible_data()
{
    QTest::addColumn<Rows>("newPlaces");
    QTest::addColumn<int>("moves");

    QTest::newRow("no rows") << Rows{} << 0;
    QTest::newRow("one row") << Rows{ 0 } << 0;
    QTest::newRow("rows in order") << Rows{ 0, 1, 2, 3 } << 0;
    QTest::newRow("two rows") << Rows{ 1, 0 } << 1;
    QTest::newRow("the last to the top") << Rows{ 1, 2, 3, 4, 0 } << 1;
    QTest::newRow("the first to the bottom") << Rows{ 4, 0, 1, 2, 3 } << 1;
    QTest::newRow("one up") << Rows{ 0, 2, 3, 1, 4 } << 1;
    QTest::newRow("one down") << Rows{ 0, 3, 1, 2, 4 } << 1;
    QTest::newRow("two adjacent rows up") << Rows{ 0, 3, 4, 5, 1, 2 } << 1;
    QTest::newRow("two adjacent rows down") << Rows{ 4, 5, 0, 1, 2, 3 } << 1;
    QTest::newRow("two scattered rows to the same place") << Rows{ 0, 3, 1, 4, 2, 5, 6 } << 2;
    QTest::newRow("two rows change places") << Rows{ 0, 4, 2, 3, 1, 5 } << 2;
    QTest::newRow("all in the other direction") << Rows{ 4, 3, 2, 1, 0 } << 4;
}

void tst_RowMoves::movesAsFewAsPossible()
{
    QFETCH(const Rows, newPlaces);
    QFETCH(const int, moves);

    const std::vector<RowMove> result = rowMoves(newPlaces);

    const Rows rows = moved(newPlaces, result);
    QVERIFY(std::is_sorted(rows.cbegin(), rows.cend()));
    QVERIFY(areReal(result));
    QCOMPARE(int(result.size()), moves);
}

void tst_RowMoves::sortsAnyOrder()
{
    auto random = Testing::seededGenerator("sortsAnyOrder");

    for (int round = 0; round < Testing::scaled(2000); ++round) {
        Rows newPlaces(random() % 40);
        std::iota(newPlaces.begin(), newPlaces.end(), 0);
        const auto shuffled =
                newPlaces.begin() + std::ptrdiff_t(random() % 41) % (std::ssize(newPlaces) + 1);
        std::shuffle(newPlaces.begin(), shuffled, random);
        if (random() % 2)
            std::rotate(newPlaces.begin(), shuffled, newPlaces.end());

        const std::vector<RowMove> moves = rowMoves(newPlaces);

        const Rows rows = moved(newPlaces, moves);
        QVERIFY(std::is_sorted(rows.cbegin(), rows.cend()));
        QVERIFY(areReal(moves));
        QCOMPARE(movedRows(moves), int(newPlaces.size()) - longestAscending(newPlaces));
    }
}

QTEST_APPLESS_MAIN(tst_RowMoves)

#include "tst_rowmoves.moc"
