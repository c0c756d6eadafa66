// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/eventslot.h>
#include <recorders/core/metric.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/core/namespace.h>
#include <recorders/recorders_export.h>

#include <QList>
#include <QStringList>

#include <memory>

namespace Recorders {

// What a component that is measured needs to know of its recorder.
class RECORDERS_EXPORT MetricsRecorder
{
public:
    virtual ~MetricsRecorder();

    template <typename Event>
    RegisterResult registerEvent(Event &&event) noexcept; // any thread

    bool registerMetric(std::unique_ptr<Metric> metric, Error *error = nullptr); // any thread
    bool removeMetric(const QString &name); // any thread
    QStringList metricNames() const; // any thread, in the order of registration
    QList<MetricSnapshot> metricSnapshots(Error *error = nullptr) const; // any thread

protected:
    explicit MetricsRecorder(std::shared_ptr<Internal::RecorderCore> core);

    RegisterResult registerErasedEvent(const MetricEvent &event) noexcept;

    const std::shared_ptr<Internal::RecorderCore> m_core;

private:
    Internal::RecordGate &m_gate; // of the core's queue

    Q_DISABLE_COPY_MOVE(MetricsRecorder)

    template <typename Event, typename Source>
    RegisterResult store(Source &&event) noexcept;
    RegisterResult storeErased(MetricEvent &event) noexcept;
};

template <typename Event>
RegisterResult MetricsRecorder::registerEvent(Event &&event) noexcept
{
    using Payload = std::decay_t<Event>;
    if constexpr (std::is_same_v<Event, MetricEvent>) { // an rvalue
        return storeErased(event);
    } else if constexpr (std::is_same_v<Payload, MetricEvent>) {
        return registerErasedEvent(event);
    } else {
        static_assert(std::is_nothrow_move_constructible_v<Payload>,
                      "An event must be movable without throwing");
        return store<Payload>(std::forward<Event>(event));
    }
}

template <typename Event, typename Source>
RegisterResult MetricsRecorder::store(Source &&event) noexcept
{
    constexpr bool canFail = !std::is_nothrow_constructible_v<Event, Source &&>;
    if constexpr (Internal::isRecordedInPlace<Event> && !canFail) {
        constexpr std::size_t size = Internal::EventRecord::sizeOf<Event>();
        if (Internal::RecordLane *const lane = Internal::enterLane(m_gate, *m_core, size)) {
            Internal::EventRecord::write<Event>(lane->record(), std::forward<Source>(event));
            lane->publish(size);
            return RegisterResult::Accepted;
        }
    }
    if constexpr (Internal::isStoredInPlace<Event> && !canFail) {
        const Internal::Claim claim = Internal::claimSlot(*m_core);
        if (claim.slot) {
            ::new (claim.slot->storage) Event(std::forward<Source>(event));
            claim.slot->type.store(&Internal::eventTypeOf<Event>, std::memory_order_release);
        }
        return claim.result;
    } else {
        // What can fail, a copy or a box, happens before the event is admitted.
        QT_TRY
        {
            MetricEvent staged(std::forward<Source>(event));
            return storeErased(staged);
        }
        QT_CATCH(...)
        {
            return Internal::rejectEvent(*m_core);
        }
    }
}

} // namespace Recorders
