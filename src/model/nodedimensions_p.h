// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>

#include <QList>
#include <QStringView>

#include <memory>
#include <vector>

namespace Recorders::Internal {

// Rows of dimensions, the last one included.
struct DimensionRows
{
    int first;
    int last;

    int count() const { return last - first + 1; }
};

/*
    The dimensions that a metric has rows for: those of its snapshot, but while rows come. Then those
    that were there before have the values that they had, until it is told that these change, and
    there are the new ones that were told already. However many come, nothing is copied for that.
*/
class NodeDimensions
{
public:
    explicit NodeDimensions(const QList<Dimension> &dimensions)
        : m_known(dimensions)
    {
    }

    int size() const { return int(m_known.size()) + (m_coming ? m_coming->count() : 0); }
    bool isEmpty() const { return size() == 0; }
    const Dimension &at(int row) const
    {
        const int place = placeOf(row);
        return place < 0 ? m_coming->all.at(row) : m_known.at(place);
    }
    int indexOf(QStringView name) const; // -1: there is none

    // Where it was before rows came, -1 if it is one of these.
    int placeOf(int row) const { return m_coming ? m_coming->placeOf(row) : row; }

    void remove(DimensionRows rows); // while none come
    // These rows of what will be. Each time behind the ones before.
    void insert(DimensionRows rows, const QList<Dimension> &coming);
    void set(const QList<Dimension> &dimensions); // all that come have come

private:
    struct Added
    {
        DimensionRows rows;
        int countUntil; // of added rows, with these
    };
    struct Coming
    {
        int count() const { return added.empty() ? 0 : added.back().countUntil; }
        int placeOf(int row) const;

        QList<Dimension> all; // those that are there already as well
        std::vector<Added> added{}; // in the order of the rows
    };

    QList<Dimension> m_known;
    std::unique_ptr<Coming> m_coming; // null: nothing comes
};

} // namespace Recorders::Internal
