// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "modelsubject.h"
#include "shared/fakesnapshotsource.h"
#include "shared/modeloutline.h"

#include <QAbstractItemModel>
#include <QList>
#include <QPersistentModelIndex>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <random>

// What the tests of recorders have in common that come or go between others.
namespace Testing {

inline constexpr int pairs = 40; // of one that stays and another, in many more ranges than are told

inline QString stayingId(int pair)
{
    return QStringLiteral("conn-%1").arg(2 * pair);
}

inline QString otherId(int pair)
{
    return QStringLiteral("conn-%1").arg(2 * pair + 1);
}

// With as many rows as no two adjacent ones have.
inline void addRecorder(FakeSnapshotSource &source, const QString &id)
{
    const int number = id.sliced(id.indexOf(u'-') + 1).toInt();
    Recorders::MetricSnapshot y = Testing::number("y", number * 37 % 100);
    for (int i = 0; i < number % 3; ++i)
        y.add(QString::number(i), i);
    source.setRecorder(id, { Testing::number("x", number % 7), y });
}

inline void addStaying(FakeSnapshotSource &source)
{
    for (int pair = 0; pair < pairs; ++pair)
        addRecorder(source, stayingId(pair));
}

inline void addOthers(FakeSnapshotSource &source, int count = pairs)
{
    for (int pair = 0; pair < count; ++pair)
        addRecorder(source, otherId(pair));
}

inline void removeOthers(FakeSnapshotSource &source, int count = pairs)
{
    for (int pair = 0; pair < count; ++pair)
        source.removeRecorder(otherId(pair));
}

// Most of those that stay otherwise, or of the others: who is there goes, who is not comes.
inline void exchangeSome(FakeSnapshotSource &source, std::mt19937_64 &random)
{
    const QStringList there = source.recorderIds();
    const auto idOf = random() % 2 ? stayingId : otherId;
    for (int pair = 0; pair < pairs; ++pair) {
        const QString id = idOf(pair);
        if (random() % 8 == 0)
            continue;
        if (there.contains(id))
            source.removeRecorder(id);
        else
            addRecorder(source, id);
    }
}

// All rows, with their names.
class KeptRows
{
public:
    explicit KeptRows(const QAbstractItemModel &model) { add(model, {}); }

    bool followTheirRows() const // as far as they are there
    {
        return std::all_of(m_rows.cbegin(), m_rows.cend(), [](const Row &row) {
            return !row.index.isValid() || nameOf(row.index) == row.name;
        });
    }
    QString stray() const // that has become another row; empty: none
    {
        for (const Row &row : m_rows) {
            if (row.index.isValid() && nameOf(row.index) != row.name)
                return row.name + QLatin1String(" is ") + nameOf(row.index);
        }
        return {};
    }
    QStringList names() const // of those that are there
    {
        QStringList names;
        for (const Row &row : m_rows) {
            if (row.index.isValid())
                names += row.name;
        }
        return names;
    }

private:
    struct Row
    {
        QPersistentModelIndex index;
        QString name;
    };

    void add(const QAbstractItemModel &model, const QModelIndex &parent)
    {
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            m_rows.append({ index, nameOf(index) });
            add(model, index);
        }
    }

    QList<Row> m_rows;
};

} // namespace Testing
