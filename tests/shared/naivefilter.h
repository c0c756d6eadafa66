// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/modeloutline.h"

#include <recorders/core/namespace.h>

#include <QMetaEnum>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace Testing {

// What a SnapshotFilterModel is to show of a tree or a table, worked out row by row from what the
// model says, as simply as can be.
class NaiveFilter
{
public:
    NaiveFilter(const QString &text, int sortColumn, Qt::SortOrder order)
        : m_terms(text.split(u' ', Qt::SkipEmptyParts))
        , m_column(sortColumn)
        , m_order(order)
    {
    }

    QStringList outline(const QAbstractItemModel &model, const QModelIndex &parent = {}) const
    {
        QStringList names;
        for (const QModelIndex &index : wantedRows(model, parent)) {
            names += nameOf(index);
            names += outline(model, index);
        }
        return names;
    }

    int hits(const QAbstractItemModel &model, const QModelIndex &parent = {}) const
    {
        int count = 0;
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            count += fits(index) ? 1 : hits(model, index);
        }
        return count;
    }

private:
    using SnapshotModel = Recorders::SnapshotModel;

    QModelIndexList wantedRows(const QAbstractItemModel &model, const QModelIndex &parent) const
    {
        QModelIndexList rows;
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            if (fits(index) || hits(model, index) > 0)
                rows += index;
        }
        // Dimensions stay as they are.
        if (m_column >= 0 && !parent.parent().isValid()) {
            std::stable_sort(rows.begin(), rows.end(),
                             [this](const auto &a, const auto &b) { return isBefore(a, b); });
        }
        return rows;
    }

    bool fits(const QModelIndex &index) const
    {
        return std::all_of(m_terms.cbegin(), m_terms.cend(), [&index](const QString &term) {
            for (QModelIndex i = index; i.isValid(); i = i.parent()) {
                if (meets(i, term))
                    return true;
            }
            return false;
        });
    }

    static bool meets(const QModelIndex &index, const QString &term)
    {
        const auto after = [&term](int length) {
            return term.sliced(length);
        };
        const bool isRecorder = index.data(SnapshotModel::MetricRole).toString().isEmpty();
        const bool isMetric =
                !isRecorder && index.data(SnapshotModel::DimensionRole).toString().isEmpty();
        if (term.startsWith(u'<') || term.startsWith(u'>'))
            return !isRecorder && !isMetric && isInRange(index, term);
        if (term.startsWith(QLatin1String("kind:")))
            return !isRecorder && !isMetric
                    && keyOf(index.data(SnapshotModel::KindRole).value<Recorders::MetricKind>())
                               .startsWith(after(5), Qt::CaseInsensitive);
        if (term.startsWith(QLatin1String("unit:")))
            return !isRecorder && !isMetric
                    && index.data(SnapshotModel::UnitRole).toString() == after(5);
        if (term.startsWith(QLatin1String("state:"))) {
            const QVariant state = index.data(SnapshotModel::StateRole);
            const QString key = isRecorder ? keyOf(state.value<Recorders::RecorderState>())
                                           : keyOf(state.value<Recorders::MetricState>());
            return key.startsWith(after(6), Qt::CaseInsensitive);
        }
        return std::any_of(std::begin(textRoles), std::end(textRoles), [&](int role) {
            const QString text = index.data(role).toString();
            if (!term.startsWith(u'/'))
                return text.contains(term, Qt::CaseInsensitive);
            return QRegularExpression(term.sliced(1).chopped(1)).match(text).hasMatch();
        });
    }

    // ">=5" or "<=2KiB": of any value, or of one in bytes.
    static bool isInRange(const QModelIndex &index, QString term)
    {
        const bool isOfBytes = term.endsWith(QLatin1String("KiB"));
        term.chop(isOfBytes ? 3 : 0);
        if (isOfBytes && index.data(SnapshotModel::UnitRole).toString() != QLatin1String("By"))
            return false;
        const double bound = term.sliced(2).toDouble() * (isOfBytes ? 1024 : 1);
        const double value = index.data(SnapshotModel::ValueRole).toDouble();
        return term.startsWith(QLatin1String("<=")) ? value <= bound : value >= bound;
    }

    template <typename Enum>
    static QString keyOf(Enum value)
    {
        return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
    }

    // Numbers in their order, those without one last. Names are unique, and sorted already.
    bool isBefore(const QModelIndex &a, const QModelIndex &b) const
    {
        if (m_column == SnapshotModel::NameColumn)
            return m_order == Qt::AscendingOrder ? a.row() < b.row() : a.row() > b.row();
        const std::optional<double> left = numberOf(a);
        const std::optional<double> right = numberOf(b);
        if (!left || !right)
            return left && !right;
        return m_order == Qt::AscendingOrder ? *left < *right : *left > *right;
    }

    std::optional<double> numberOf(const QModelIndex &index) const
    {
        const QString title = index.model()->headerData(m_column, Qt::Horizontal).toString();
        const int role = title == QLatin1String("Value") ? SnapshotModel::ValueRole
                                                         : SnapshotModel::RateRole;
        const QVariant value = index.data(role);
        return value.isValid() ? std::optional(value.toDouble()) : std::nullopt;
    }

    static constexpr int textRoles[] = { SnapshotModel::EntityIdRole, SnapshotModel::MetricRole,
                                         SnapshotModel::DimensionRole,
                                         SnapshotModel::DescriptionRole };

    const QStringList m_terms;
    const int m_column;
    const Qt::SortOrder m_order;
};

} // namespace Testing
