// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <QFutureInterface>
#include <QHash>
#include <QList>
#include <QMap>

#include <chrono>
#include <utility>

// A source that a test writes: it says what was put into it, when it is let. Its clock stands
// still but for advance(). For one thread.
class FakeSnapshotSource : public Recorders::SnapshotSource
{
public:
    using MetricSnapshot = Recorders::MetricSnapshot;
    using RecorderSnapshot = Recorders::RecorderSnapshot;
    using SnapshotUpdate = Recorders::SnapshotUpdate;

    explicit FakeSnapshotSource(QObject *parent = nullptr)
        : SnapshotSource(parent)
    {
    }
    ~FakeSnapshotSource() override { cancelHeld(); }

    // The script. Each step is a new version.
    void setRecorder(const QString &id, const QList<MetricSnapshot> &metrics)
    {
        Entry &entry = touch(id);
        entry.snapshot.metrics = metrics;
        entry.isComplete = true;
    }
    void setMetric(const QString &id, const MetricSnapshot &metric)
    {
        QList<MetricSnapshot> &metrics = touch(id).snapshot.metrics;
        for (MetricSnapshot &other : metrics) {
            if (other.name() == metric.name()) {
                other = metric;
                return;
            }
        }
        metrics.append(metric);
    }
    void removeMetric(const QString &id, const QString &name)
    {
        Entry &entry = touch(id);
        entry.snapshot.metrics.removeIf([&name](const auto &m) { return m.name() == name; });
        entry.isComplete = true;
    }
    void setStatistics(const QString &id, const Recorders::RecorderStatistics &statistics)
    {
        touch(id).snapshot.statistics = statistics;
    }
    void setRecorderState(const QString &id, Recorders::RecorderState state,
                          const Recorders::Error &error = {})
    {
        Entry &entry = touch(id);
        entry.snapshot.state = state;
        entry.snapshot.error = error;
    }
    void removeRecorder(const QString &id)
    {
        m_entries.remove(id);
        m_removed.insert(id, ++m_version);
    }
    void setState(Recorders::RuntimeState state)
    {
        m_state = state;
        Q_EMIT stateChanged(state);
    }
    void setName(const QString &name) { m_name = name; }
    void advance(std::chrono::nanoseconds time) { m_time += time; }

    // How it answers.
    void hold() { m_isHolding = true; } // until release()
    void release()
    {
        m_isHolding = false;
        const auto held = std::exchange(m_held, {});
        for (Question question : held)
            answer(question);
    }
    void cancelHeld()
    {
        for (Question &question : m_held) {
            question.promise.cancel();
            question.promise.reportFinished();
        }
        m_held.clear();
    }
    void setRefusing(bool refusing) { m_isRefusing = refusing; } // cancels every question
    void setPageSize(qsizetype recorders) { m_pageSize = recorders; } // hasMore beyond it
    void setComplete(bool complete) { m_isComplete = complete; } // says everything each time

    int requestCount() const { return m_requestCount; }
    qsizetype heldCount() const { return m_held.size(); }
    QStringList recorderIds() const { return m_entries.keys(); }
    QList<MetricSnapshot> metrics(const QString &id) const
    {
        return m_entries.value(id).snapshot.metrics;
    }

    QString name() const override { return m_name; }
    Recorders::RuntimeState state() const override { return m_state; }
    quint64 version() const override { return m_version; }
    QFuture<SnapshotUpdate> changesSince(quint64 version) override
    {
        ++m_requestCount;
        Question question{ version, QFutureInterface<SnapshotUpdate>() };
        question.promise.reportStarted();
        const QFuture<SnapshotUpdate> future = question.promise.future();
        m_held.append(question);
        if (m_isRefusing)
            cancelHeld();
        else if (!m_isHolding)
            release();
        return future;
    }

private:
    struct Entry
    {
        RecorderSnapshot snapshot;
        quint64 version = 0;
        bool isComplete = true;
    };
    struct Question
    {
        quint64 version = 0;
        QFutureInterface<SnapshotUpdate> promise;
    };

    Entry &touch(const QString &id)
    {
        Entry &entry = m_entries[id];
        if (entry.version == 0) {
            entry.snapshot.entityId = id;
            entry.snapshot.generation = ++m_generation;
            entry.snapshot.state = Recorders::RecorderState::Running;
        }
        entry.version = ++m_version;
        return entry;
    }

    // Oldest change first, so that a page that is full ends at a version to go on from.
    SnapshotUpdate changes(quint64 since) const
    {
        SnapshotUpdate update;
        update.time = m_time;
        update.isComplete = since == 0 || m_isComplete;
        update.version = m_version;
        for (auto it = m_removed.cbegin(); it != m_removed.cend(); ++it) {
            if (it.value() > since)
                update.removed.append(it.key());
        }
        QMap<quint64, const Entry *> changed;
        for (const Entry &entry : m_entries) {
            if (entry.version > since || m_isComplete)
                changed.insert(entry.version, &entry);
        }
        for (auto it = changed.cbegin(); it != changed.cend(); ++it) {
            if (update.recorders.size() == m_pageSize) {
                update.hasMore = true;
                update.version = it.key() - 1;
                break;
            }
            update.recorders.append(it.value()->snapshot);
            update.recorders.last().isComplete = it.value()->isComplete;
        }
        return update;
    }

    void answer(Question &question) const
    {
        question.promise.reportResult(changes(question.version));
        question.promise.reportFinished();
    }

    QString m_name = QStringLiteral("fake");
    Recorders::RuntimeState m_state = Recorders::RuntimeState::Running;
    QMap<QString, Entry> m_entries;
    QHash<QString, quint64> m_removed;
    QList<Question> m_held;
    std::chrono::nanoseconds m_time = std::chrono::hours(1);
    quint64 m_version = 1;
    quint64 m_generation = 0;
    qsizetype m_pageSize = -1;
    int m_requestCount = 0;
    bool m_isHolding = false;
    bool m_isRefusing = false;
    bool m_isComplete = false;
};
