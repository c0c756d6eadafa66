// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "shared/modeloutline.h"

#include <QAbstractItemModel>
#include <QList>
#include <QObject>
#include <QStringList>

namespace Testing {

// The rows of a model as a view has them that is told of rows that come, go and move, and of
// nothing else. It compares them with those of the model at each signal.
class RowMirror
{
public:
    explicit RowMirror(const QAbstractItemModel *model)
        : m_model(model)
    {
        readBelow(m_top, {});
        using Parent = const QModelIndex &;
        connect(&QAbstractItemModel::rowsInserted, [this](Parent parent, int first, int last) {
            insert(rowAt(parent).below, parent, first, last);
            compare("rows that came");
        });
        connect(&QAbstractItemModel::rowsRemoved, [this](Parent parent, int first, int last) {
            rowAt(parent).below.remove(first, last - first + 1);
            compare("rows that went");
        });
        connect(&QAbstractItemModel::rowsMoved,
                [this](Parent parent, int first, int last, Parent, int destination) {
                    move(rowAt(parent).below, first, last, destination);
                    compare("rows that moved");
                });
        connect(&QAbstractItemModel::layoutChanged, [this] { note("a new layout"); });
        connect(&QAbstractItemModel::modelReset, [this] { note("a reset"); });
    }

    QString error() const { return m_error; } // what came first; empty: nothing
    int moves() const { return m_moves; }

private:
    struct Row
    {
        QString name;
        QList<Row> below;
    };

    template <typename Signal, typename Slot>
    void connect(Signal signal, Slot slot)
    {
        QObject::connect(m_model, signal, &m_context, slot);
    }

    void readBelow(Row &row, const QModelIndex &index) const
    {
        insert(row.below, index, 0, m_model->rowCount(index) - 1);
    }

    void insert(QList<Row> &rows, const QModelIndex &parent, int first, int last) const
    {
        for (int i = first; i <= last; ++i) {
            const QModelIndex index = m_model->index(i, 0, parent);
            Row row{ nameOf(index), {} };
            readBelow(row, index);
            rows.insert(i, row);
        }
    }

    void move(QList<Row> &rows, int first, int last, int destination)
    {
        const QList<Row> moved = rows.sliced(first, last - first + 1);
        rows.remove(first, moved.size());
        const int place = destination > last ? destination - int(moved.size()) : destination;
        for (int i = 0; i < moved.size(); ++i)
            rows.insert(place + i, moved.at(i));
        ++m_moves;
    }

    Row &rowAt(const QModelIndex &index)
    {
        return index.isValid() ? rowAt(index.parent()).below[index.row()] : m_top;
    }

    static QStringList namesBelow(const Row &row)
    {
        QStringList names;
        for (const Row &below : row.below) {
            names += below.name;
            names += namesBelow(below);
        }
        return names;
    }

    void compare(const char *what)
    {
        if (namesBelow(m_top) != outline(*m_model))
            note(what);
    }

    void note(const char *what)
    {
        if (m_error.isEmpty())
            m_error = QLatin1String(what);
    }

    const QAbstractItemModel *const m_model;
    Row m_top;
    QString m_error;
    int m_moves = 0;
    QObject m_context;
};

} // namespace Testing
