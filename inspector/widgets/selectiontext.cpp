// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/selectiontext.h"

#include <recorders/model/formattedvalue.h>
#include <recorders/model/snapshotmodel.h>

#include <QCoreApplication>
#include <QItemSelectionModel>
#include <QStringList>

#include <algorithm>
#include <compare>
#include <vector>

namespace Recorders::Internal {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Recorders::InspectorWindow", text);
}

// The rows from the root to an index.
std::vector<int> path(QModelIndex index)
{
    std::vector<int> rows;
    for (; index.isValid(); index = index.parent())
        rows.insert(rows.begin(), index.row());
    return rows;
}

QString cell(QString text)
{
    for (QChar &c : text) {
        if (c == u'\t' || c == u'\n' || c == u'\r')
            c = u' ';
    }
    return text;
}

QString line(const QModelIndex &index)
{
    const bool isText =
            index.data(SnapshotModel::IsMessageRole).toBool() || !index.parent().isValid();
    const QString value = isText ? index.data(SnapshotModel::TextRole).toString()
                                 : FormattedValue::exact(index.data(SnapshotModel::ValueRole));
    const QVariant rate = index.data(SnapshotModel::RateRole);
    const QStringList cells{ cell(index.data(SnapshotModel::EntityIdRole).toString()),
                             cell(index.data(SnapshotModel::MetricRole).toString()),
                             cell(index.data(SnapshotModel::DimensionRole).toString()),
                             cell(value),
                             isText ? QString() : index.data(SnapshotModel::UnitRole).toString(),
                             rate.isValid() ? FormattedValue::exact(rate) : QString() };
    return cells.join(u'\t');
}

} // namespace

QString selectionText(const QItemSelectionModel &selection)
{
    std::vector<std::pair<std::vector<int>, QModelIndex>> rows;
    const QModelIndexList selected = selection.selectedRows();
    for (const QModelIndex &index : selected)
        rows.emplace_back(path(index), index);
    std::sort(rows.begin(), rows.end(),
              [](const auto &a, const auto &b) { return a.first < b.first; });

    const QStringList titles{ tr("Recorder"), tr("Metric"), tr("Dimension"),
                              tr("Value"),    tr("Unit"),   tr("Rate per second") };
    QString text = titles.join(u'\t') + u'\n';
    for (const auto &row : rows)
        text += line(row.second) + u'\n';
    return text;
}

} // namespace Recorders::Internal
