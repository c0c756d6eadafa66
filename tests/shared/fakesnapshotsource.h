// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotlistsource.h>

#include <QFutureInterface>
#include <QList>

#include <optional>
#include <utility>

// A source that a test writes, and that answers when it is let. Its clock stands still but for
// advance(). For one thread.
class FakeSnapshotSource : public Recorders::SnapshotListSource
{
public:
    using SnapshotRequest = Recorders::SnapshotRequest;
    using SnapshotUpdate = Recorders::SnapshotUpdate;

    explicit FakeSnapshotSource(const QString &name = QStringLiteral("fake"))
        : SnapshotListSource(name)
    {
        setTime(std::chrono::hours(1));
    }
    ~FakeSnapshotSource() override { cancelHeld(); }

    void hold() { m_isHolding = true; } // until release()
    void release()
    {
        m_isHolding = false;
        for (Question &question : std::exchange(m_held, {})) {
            const QFuture<SnapshotUpdate> answered = answer(question.request);
            if (answered.isCanceled())
                question.promise.cancel();
            else
                question.promise.reportResult(answered.result());
            question.promise.reportFinished();
        }
    }
    void setComplete(bool complete) { m_isComplete = complete; } // says everything each time
    void setTellsLosses(bool tells) { m_tellsLosses = tells; } // of recorders that are gone
    void setTellsLastValues(bool tells) { m_tellsLastValues = tells; } // likewise

    void setStall(std::optional<Recorders::SourceStall> stall) { m_stall = std::move(stall); }

    int requestCount() const { return m_requestCount; }
    SnapshotRequest lastRequest() const { return m_lastRequest; }
    qsizetype heldCount() const { return m_held.size(); }

    QFuture<SnapshotUpdate> changesSince(const SnapshotRequest &request) override
    {
        ++m_requestCount;
        m_lastRequest = request;
        if (!m_isHolding)
            return answer(request);
        m_held.append({ request, QFutureInterface<SnapshotUpdate>() });
        m_held.last().promise.reportStarted();
        return m_held.last().promise.future();
    }

    std::optional<Recorders::SourceStall> stall() const override { return m_stall; }

private:
    struct Question
    {
        SnapshotRequest request;
        QFutureInterface<SnapshotUpdate> promise;
    };

    QFuture<SnapshotUpdate> answer(SnapshotRequest request)
    {
        if (m_isComplete)
            request.since = 0;
        QFuture<SnapshotUpdate> answered = SnapshotListSource::changesSince(request);
        if ((m_tellsLosses && m_tellsLastValues) || answered.isCanceled())
            return answered;
        SnapshotUpdate update = answered.result();
        if (!m_tellsLosses)
            update.removedStatistics.reset();
        if (!m_tellsLastValues)
            update.removedSnapshots.clear();
        QFutureInterface<SnapshotUpdate> promise;
        promise.reportStarted();
        promise.reportFinished(&update);
        return promise.future();
    }

    void cancelHeld()
    {
        for (Question &question : m_held) {
            question.promise.cancel();
            question.promise.reportFinished();
        }
    }

    QList<Question> m_held;
    SnapshotRequest m_lastRequest;
    int m_requestCount = 0;
    std::optional<Recorders::SourceStall> m_stall;
    bool m_isHolding = false;
    bool m_isComplete = false;
    bool m_tellsLosses = true;
    bool m_tellsLastValues = true;
};
