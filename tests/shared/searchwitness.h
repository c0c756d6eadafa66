// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/model/snapshotfiltermodel.h>

#include <QSignalSpy>
#include <QTest>

#include <functional>

namespace Testing {

// A filter that sorts by itself, beside one that is not to. Two searches of it take two times of
// those that changes are put off: the timer of any other filter in this thread, which the first
// change would have started, was due before, and its search has begun.
class SearchWitness
{
public:
    SearchWitness(QAbstractItemModel *source, int column)
    {
        m_filter.setSourceModel(source);
        m_filter.sort(column);
    }

    // False if a change of a value that is sorted by, the first or the second, led to no search.
    [[nodiscard]] bool searchesAfter(const std::function<void()> &first,
                                     const std::function<void()> &second)
    {
        return QTest::qWaitFor([this] { return !m_filter.isBusy(); }) && searchesAfter(first)
                && searchesAfter(second);
    }

private:
    bool searchesAfter(const std::function<void()> &change)
    {
        const QSignalSpy busy(&m_filter, &Recorders::SnapshotFilterModel::busyChanged);
        change();
        return QTest::qWaitFor([&busy] { return busy.count() >= 2; });
    }

    Recorders::SnapshotFilterModel m_filter;
};

} // namespace Testing
