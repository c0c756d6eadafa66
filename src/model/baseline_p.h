// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsnapshot.h>
#include <recorders/model/snapshotmark.h>

#include <QDateTime>
#include <QHash>
#include <QString>

#include <mutex>
#include <span>
#include <vector>

namespace Recorders::Internal {

class SnapshotStore;

/*
    All that a store had at one moment. It never changes, so that models and threads can share it.

    Making one is done between two updates and has to be short: it copies pointers. The index of
    the entity ids is made when somebody asks for the first.
*/
class Baseline
{
public:
    struct Recorder
    {
        quint64 generation = 0;
        bool isKnown = true; // else its metrics were not up to date, and are not there
        std::span<const MetricSnapshot> metrics; // in natural order of their names

        const MetricSnapshot *find(const QString &metric) const; // null: it was not there
    };

    static SnapshotMark markOf(const SnapshotStore &store, const QString &name);
    static SnapshotMark markOf(std::shared_ptr<const Baseline> baseline, const QString &name)
    {
        return { std::move(baseline), name };
    }
    static const Baseline *of(const SnapshotMark &mark) { return mark.d.get(); }

    // Of another run: then generations mean nothing.
    explicit Baseline(QDateTime time);
    void add(const QString &entityId, const QList<MetricSnapshot> &metrics);

    const QDateTime &time() const { return m_time; }
    bool isOfAnotherRun() const { return m_isOfAnotherRun; }
    qsizetype recorderCount() const { return qsizetype(m_recorders.size()); }
    const QString &entityIdAt(qsizetype index) const { return m_recorders[size_t(index)].entityId; }
    bool isKnownAt(qsizetype index) const { return m_recorders[size_t(index)].isKnown; }
    std::span<const MetricSnapshot> metricsAt(qsizetype index) const;
    bool find(const QString &entityId, Recorder &found) const;

private:
    explicit Baseline(const SnapshotStore &store);

    struct Entry
    {
        QString entityId;
        quint64 generation;
        size_t metricsEnd; // its metrics are from the end of those of the entry before
        bool isKnown = true;
    };

    const QDateTime m_time;
    const bool m_isOfAnotherRun = false;
    std::vector<Entry> m_recorders;
    std::vector<MetricSnapshot> m_metrics;
    mutable std::once_flag m_isIndexed;
    mutable QHash<QString, size_t> m_byId;
};

} // namespace Recorders::Internal
