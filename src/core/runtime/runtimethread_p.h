// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "core/dispatch/dispatcher_p.h"

#include <QThread>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace Recorders {
class Recorder;
}

namespace Recorders::Internal {

/*
    The thread of a runtime. QThread::quit() overtakes events that are queued already, and nothing
    that is posted late is delivered; so the recorders are stopped and drained after exec() has
    returned, by direct calls.
*/
class RuntimeThread final : public QThread
{
public:
    // Deletes the thread object once the thread has ended. A thread that is stuck in a metric is
    // not waited for: it is kept, with all that it may still use, and deleted later.
    struct Retire
    {
        void operator()(RuntimeThread *thread) const;
    };
    using Pointer = std::unique_ptr<RuntimeThread, Retire>;

    static constexpr std::chrono::milliseconds exitGrace{ 500 };

    static Pointer create(const QString &name, std::chrono::milliseconds drainInterval);

    const std::shared_ptr<Dispatcher> &dispatcher() const noexcept { return m_dispatcher; }

    bool launch(std::chrono::milliseconds timeout); // false: the thread does not run
    bool finishWithin(Clock::duration timeout); // asks it to end; false: not yet
    // For a process that exits, which destroys what Qt needs for a thread: one that has not ended
    // by then is stranded.
    void endBeforeExit(Clock::time_point deadline);
    void keepUntilEnd(std::vector<std::shared_ptr<Recorder>> recorders) noexcept;

protected:
    void run() override;

private:
    enum class Phase { New, Running, Ended };

    explicit RuntimeThread(std::chrono::milliseconds drainInterval);
    bool waitFor(Phase phase, Clock::duration timeout);
    void reach(Phase phase);

    const std::shared_ptr<Dispatcher> m_dispatcher;
    std::vector<std::shared_ptr<Recorder>> m_kept;
    std::mutex m_mutex;
    std::condition_variable m_phaseChanged;
    Phase m_phase = Phase::New; // guarded by m_mutex
};

} // namespace Recorders::Internal
