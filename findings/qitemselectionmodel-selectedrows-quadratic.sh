#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Recorders Authors
# SPDX-License-Identifier: MIT
#
# Qt 6.4.2, QtCore: QItemSelectionModel::selectedRows() looks through all ranges of the selection for each
# row that it returns. Of every second of 16 000 rows, which is what remains selected when the others came
# in between, it takes 1.5 s; selectedIndexes(), which returns the same indexes where there is one column,
# takes less than 1 ms. In a table that is live, it is asked whenever the selection changes.
#
# One would guess that it takes as long as there are rows selected, and that the shorter list is not the
# slower one.
#
# Seen: Debian 12, libqt6core6 6.4.2+dfsg-10.

# shellcheck source=findings/lib/qtqml.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/qtqml.sh"

compile selection << 'CPP'
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QItemSelectionModel>
#include <QStringListModel>

#include <cstdio>

static double millisecondsFor(int selected, bool asRows)
{
    QStringListModel rows(QStringList(2 * selected, QStringLiteral("row")));
    QItemSelection everySecond;
    for (int row = 0; row < rows.rowCount(); row += 2)
        everySecond.append(QItemSelectionRange(rows.index(row)));
    QItemSelectionModel selection(&rows);
    selection.select(everySecond, QItemSelectionModel::ClearAndSelect);

    QElapsedTimer timer;
    timer.start();
    const QModelIndexList found = asRows ? selection.selectedRows() : selection.selectedIndexes();
    const double milliseconds = double(timer.nsecsElapsed()) / 1e6;
    if (found.size() != selected)
        std::printf("found %d of %d\n", int(found.size()), selected);
    return milliseconds;
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const auto yesOrNo = [](bool yes) {
        return yes ? "yes" : "no";
    };
    const double rowsOf2000 = millisecondsFor(2000, true);
    const double rowsOf8000 = millisecondsFor(8000, true);
    std::printf("four times as many take more than eight times as long: %s\n",
                yesOrNo(rowsOf8000 > 8 * rowsOf2000));
    std::printf("8000 as rows take more than 100 times as long as indexes: %s\n",
                yesOrNo(rowsOf8000 > 100 * millisecondsFor(8000, false)));
}
CPP

expect selection << 'OUTPUT'
four times as many take more than eight times as long: yes
8000 as rows take more than 100 times as long as indexes: yes
OUTPUT
