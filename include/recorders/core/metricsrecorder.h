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
    Q_ALWAYS_INLINE RegisterResult registerEvent(Event &&event) noexcept; // any thread

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
    static constexpr bool canFail = !std::is_nothrow_constructible_v<Event, Source &&>;
    template <typename Event, typename Source>
    static constexpr bool isRecorded =
            Internal::isRecordedInPlace<Event> && !canFail<Event, Source>;
    template <typename Event, typename Source>
    static constexpr bool hasSlot = Internal::isStoredInPlace<Event> && !canFail<Event, Source>;
    template <typename Event, typename Source>
    static constexpr bool isPlain =
            std::conjunction_v<std::is_trivially_copyable<Event>,
                               std::is_trivially_constructible<Event, Source>>;
    // Slowly: what is too large for a slot. A copy if it is plain: an event without an address is
    // written once, into its record.
    template <typename Event, typename Source>
    using Passed = std::conditional_t<isRecorded<Event, Source> && isPlain<Event, Source>, Event,
                                      Source &&>;

    template <typename Event, typename Source>
    Q_ALWAYS_INLINE RegisterResult store(Source &&event) noexcept;
    template <typename Event, typename Source>
    Q_NEVER_INLINE RegisterResult storeSlowly(Passed<Event, Source> event) noexcept;
    template <typename Event, typename Source>
    Q_ALWAYS_INLINE static void write(const Internal::RecordEntry &entry, Source &&event) noexcept;
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

// Almost always this is all, in a dozen loads and three stores besides the event.
template <typename Event, typename Source>
RegisterResult MetricsRecorder::store(Source &&event) noexcept
{
    if constexpr (isRecorded<Event, Source>) {
        const auto entry = m_gate.tryEnter(Internal::EventRecord::sizeOf<Event>());
        if (Q_LIKELY(entry)) {
            write<Event>(entry, std::forward<Source>(event));
            return RegisterResult::Accepted;
        }
    }
    if constexpr (hasSlot<Event, Source>) {
        const auto place = Internal::reservePlace(*m_core, sizeof(Event), alignof(Event));
        if (place.payload) {
            ::new (place.payload) Event(std::forward<Source>(event));
            Internal::publishEvent(place, Internal::eventTypeOf<Event>, sizeof(Event),
                                   alignof(Event));
        }
        return place.result;
    } else {
        return storeSlowly<Event, Source>(std::forward<Source>(event));
    }
}

template <typename Event, typename Source>
void MetricsRecorder::write(const Internal::RecordEntry &entry, Source &&event) noexcept
{
    Internal::EventRecord::write<Event>(entry.record(), std::forward<Source>(event));
    entry.publish(Internal::EventRecord::sizeOf<Event>());
}

template <typename Event, typename Source>
RegisterResult MetricsRecorder::storeSlowly(Passed<Event, Source> event) noexcept
{
    using Given = Passed<Event, Source>;
    if constexpr (isRecorded<Event, Source>) {
        constexpr std::size_t size = Internal::EventRecord::sizeOf<Event>();
        if (const auto entry = Internal::enterLaneSlowly(m_gate, *m_core, size)) {
            write<Event>(entry, std::forward<Given>(event));
            return RegisterResult::Accepted;
        }
    }
    // What can fail, a copy or a box, happens before the event is admitted.
    QT_TRY
    {
        MetricEvent staged(std::forward<Given>(event));
        return storeErased(staged);
    }
    QT_CATCH(...)
    {
        return Internal::rejectEvent(*m_core);
    }
}

} // namespace Recorders
