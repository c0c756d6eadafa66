// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "widgets/recordercomparison_p.h"

#include <utility>

namespace Recorders::Internal {

namespace {

using namespace std::chrono_literals;

// People compare more slowly than they watch.
constexpr std::chrono::milliseconds interval = 250ms;

} // namespace

RecorderComparison::RecorderComparison(QObject *parent)
    : QObject(parent)
    , m_subscription(nullptr)
    , m_ranking(new RecorderRanking)
{
    m_thread.setObjectName(QStringLiteral("recorders.comparison"));
    m_ranking->moveToThread(&m_thread);
    m_subscription.setInterval(interval);
    connect(&m_thread, &QThread::finished, m_ranking, &QObject::deleteLater);
    connect(m_ranking, &RecorderRanking::ranked, this, [this](const Ranking &ranking) {
        if (ranking.round == m_round && m_isActive)
            Q_EMIT ranked(ranking);
    });
    connect(&m_subscription, &SnapshotSubscription::updated, this,
            [this](const SnapshotUpdate &update) {
                post([update](RecorderRanking *ranking) { ranking->apply(update); });
            });
    connect(&m_subscription, &SnapshotSubscription::unchanged, this,
            [this] { post([](RecorderRanking *ranking) { ranking->pass(); }); });
    pause();
}

RecorderComparison::~RecorderComparison()
{
    if (!m_thread.isRunning()) {
        delete m_ranking;
        return;
    }
    m_thread.quit();
    m_thread.wait();
}

void RecorderComparison::setSource(SnapshotSource *source)
{
    m_source = source;
    begin();
}

void RecorderComparison::setValue(const ComparedValue &value)
{
    if (std::exchange(m_value, value) != value)
        begin();
}

void RecorderComparison::setOrder(RankingOrder order)
{
    post([order](RecorderRanking *ranking) { ranking->setOrder(order); });
}

void RecorderComparison::setHeld(bool held)
{
    post([held](RecorderRanking *ranking) { ranking->setHeld(held); });
}

// What it knew while it was active is old when it is so again.
void RecorderComparison::setActive(bool active)
{
    if (std::exchange(m_isActive, active) == active)
        return;
    if (active && !m_thread.isRunning())
        m_thread.start(QThread::LowPriority);
    begin();
}

void RecorderComparison::refresh()
{
    if (m_isActive)
        m_subscription.refresh();
}

void RecorderComparison::setPaused(bool paused)
{
    m_isPaused = paused;
    pause();
}

void RecorderComparison::begin()
{
    ++m_round;
    post([round = m_round, value = m_value](RecorderRanking *ranking) {
        ranking->begin(round, value);
    });
    m_subscription.setSource(nullptr);
    const bool isNeeded = m_isActive && !m_value.metric.isEmpty();
    m_subscription.setSource(isNeeded ? m_source.data() : nullptr);
    pause();
    if (isNeeded && m_isPaused)
        m_subscription.refresh();
}

void RecorderComparison::pause()
{
    m_subscription.setPaused(m_isPaused || !m_isActive);
}

// The ranking waits for its thread, if that has not begun.
template <typename Call>
void RecorderComparison::post(Call call)
{
    QMetaObject::invokeMethod(
            m_ranking, [call, ranking = m_ranking] { call(ranking); }, Qt::QueuedConnection);
}

} // namespace Recorders::Internal
