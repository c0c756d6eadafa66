// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/snapshot/metricsnapshotdata_p.h"

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
    The dimensions that a metric has rows for: those of its snapshot, but while rows come and go. Then those
    that were there before have the values that they had, until it is told that these change, and
    there are the new ones that were told already. However many come, nothing is copied for that.
*/
class NodeDimensions
{
public:
    explicit NodeDimensions(const MetricSnapshot &snapshot)
        : m_snapshot(SnapshotAccess::squeezed(snapshot))
    {
    }

    const MetricSnapshot &snapshot() const { return m_snapshot; } // as of the last set()
    const MetricSnapshotData &data() const { return SnapshotAccess::data(m_snapshot); } // its

    int size() const { return m_passage ? m_passage->size() : data().size(); }
    bool isEmpty() const { return size() == 0; }
    DimensionView at(int row) const { return m_passage ? m_passage->at(row) : data().at(row); }
    int indexOf(QStringView name) const; // -1: there is none

    // Where it was before rows came, -1 if it is one of these.
    int placeOf(int row) const { return m_passage ? m_passage->placeOf(row) : row; }

    void remove(DimensionRows rows); // while none come
    // These rows of what will be. Each time behind the ones before.
    void insert(DimensionRows rows, const QList<Dimension> &coming);
    void set(const MetricSnapshot &snapshot); // all that come have come

private:
    struct Added
    {
        DimensionRows rows;
        int countUntil; // of added rows, with these
    };
    struct Passage
    {
        int addedCount() const { return added.empty() ? 0 : added.back().countUntil; }
        int size() const { return int(known.size()) + addedCount(); }
        DimensionView at(int row) const
        {
            const int place = placeOf(row);
            return place < 0 ? coming.at(row) : known.at(place);
        }
        int placeOf(int row) const;

        QList<Dimension> known; // that have not gone
        QList<Dimension> coming{}; // those that are there already as well
        std::vector<Added> added{}; // in the order of the rows
    };
    Passage &passage();

    MetricSnapshot m_snapshot;
    std::unique_ptr<Passage> m_passage; // null: no rows come or go
};

} // namespace Recorders::Internal
