#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Qt 6.4.2, QtCore: a model changes many values and then tells of each row. Each announcement is right, and
# together they say everything; still a sorted QSortFilterProxyModel above is not sorted in the end. It
# looks for the new place of the row that it is told of by a binary search among the others, and those
# that it was not told of yet are out of order. Told at once, as one range, or of each row before the next
# one changes, it sorts them all.
#
# One would guess that the end is the same however a model groups what it tells.
#
# Seen: Debian 12, libqt6core6 6.4.2+dfsg-10.

# shellcheck source=findings/lib/qtqml.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/qtqml.sh"

compile sorting << 'CPP'
#include <QCoreApplication>
#include <QSortFilterProxyModel>
#include <QStringListModel>

#include <cstdio>
#include <random>

// Tells what changed when it is asked to.
class Numbers : public QAbstractListModel
{
public:
    enum Told { LaterRowByRow, LaterAtOnce, RowByRow };

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(sizeof(m_numbers) / sizeof(*m_numbers));
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? m_numbers[index.row()] : QVariant();
    }
    void change(Told told)
    {
        for (int row = 0; row < rowCount(); ++row) {
            m_numbers[row] = int(m_random() % 1000);
            if (told == RowByRow)
                tell(row, row);
        }
        if (told == LaterAtOnce)
            tell(0, rowCount() - 1);
        for (int row = 0; told == LaterRowByRow && row < rowCount(); ++row)
            tell(row, row);
    }

private:
    void tell(int first, int last) { emit dataChanged(index(first), index(last)); }

    int m_numbers[50] = {};
    std::mt19937 m_random;
};

static int unsortedOf100(Numbers::Told told)
{
    Numbers numbers;
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&numbers);
    proxy.sort(0);
    int unsorted = 0;
    for (int i = 0; i < 100; ++i) {
        numbers.change(told);
        bool isSorted = true;
        for (int row = 1; row < proxy.rowCount(); ++row)
            isSorted &= proxy.index(row - 1, 0).data().toInt() <= proxy.index(row, 0).data().toInt();
        unsorted += isSorted ? 0 : 1;
    }
    return unsorted;
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    std::printf("later, row by row: %d of 100 unsorted\n", unsortedOf100(Numbers::LaterRowByRow));
    std::printf("later, at once: %d of 100 unsorted\n", unsortedOf100(Numbers::LaterAtOnce));
    std::printf("row by row: %d of 100 unsorted\n", unsortedOf100(Numbers::RowByRow));
}
CPP

expect sorting << 'OUTPUT'
later, row by row: 100 of 100 unsorted
later, at once: 0 of 100 unsorted
row by row: 0 of 100 unsorted
OUTPUT
