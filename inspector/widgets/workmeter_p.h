// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <chrono>
#include <functional>

namespace Recorders::Internal {

// How much of its thread's time the inspector takes: to apply updates and to paint. What is not in
// it: layouts, and what a search does when its rows are there.
class WorkMeter : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<std::chrono::nanoseconds()>;

    explicit WorkMeter(QObject *parent = nullptr);
    explicit WorkMeter(Clock clock, QObject *parent = nullptr);

    void watchPainting(QWidget *widget); // and all that is in it, now and later
    template <typename Model>
    void watchUpdates(const Model *model)
    {
        connect(model, &Model::aboutToUpdate, this, &WorkMeter::begin);
        connect(model, &Model::updated, this, &WorkMeter::end);
    }

    void begin(); // may be nested
    void end();
    std::chrono::nanoseconds total() const { return m_total; }

    std::chrono::nanoseconds now() const { return m_clock(); }
    void measure(); // from the last time to now
    double share() const { return m_share; } // that was measured last, of 1

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const Clock m_clock;
    std::chrono::nanoseconds m_total{};
    std::chrono::nanoseconds m_begin{};
    int m_depth = 0;
    bool m_isPainting = false;
    std::chrono::nanoseconds m_measuredAt; // the last time
    std::chrono::nanoseconds m_measuredTotal{};
    double m_share = 0;
};

} // namespace Recorders::Internal
