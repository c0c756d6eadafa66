// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "widgets/recorderranking_p.h"

#include <recorders/core/snapshotsubscription.h>

#include <QObject>
#include <QPointer>
#include <QThread>

namespace Recorders::Internal {

// Compares one value of all recorders of a source: passes what changed on to a ranking in another
// thread. While it is not active it asks for nothing.
class RecorderComparison : public QObject
{
    Q_OBJECT

public:
    explicit RecorderComparison(QObject *parent = nullptr);
    ~RecorderComparison() override;

    void setSource(SnapshotSource *source); // does not take ownership
    const ComparedValue &value() const { return m_value; }
    void setValue(const ComparedValue &value); // without a metric: nothing
    void setOrder(RankingOrder order);
    void setHeld(bool held);
    void setActive(bool active);
    void refresh(); // once, while it is paused
    void setPaused(bool paused); // still tells of a value that is new, once

Q_SIGNALS:
    void ranked(const Recorders::Internal::Ranking &ranking);

private:
    void begin();
    void pause();
    template <typename Call>
    void post(Call call);

    QPointer<SnapshotSource> m_source;
    SnapshotSubscription m_subscription;
    QThread m_thread;
    RecorderRanking *const m_ranking; // lives there
    ComparedValue m_value;
    bool m_isActive = false;
    bool m_isPaused = false;
    int m_round = 0;
};

} // namespace Recorders::Internal
