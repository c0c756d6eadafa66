// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/eventrecord.h>
#include <recorders/core/metric.h>
#include <recorders/core/metricevent.h>

#include <cstddef>

namespace Recorders::Internal {

// What the recorder may do with events and metrics, and nobody else.
class EventAccess
{
public:
    // A view of a payload that lives in the queue, for the time of one dispatch.
    static void borrow(MetricEvent &event, const EventType *type, const void *payload) noexcept
    {
        event.m_type = type;
        event.m_payload = payload;
        event.m_isBorrowed = true;
    }

    // Moves the payload of an event into a slot, and leaves the event null.
    static const EventType *moveInto(std::byte *storage, MetricEvent &event) noexcept
    {
        const EventType *type = event.m_type;
        type->relocate(storage, event.m_storage);
        event.m_type = nullptr;
        event.m_payload = nullptr;
        return type;
    }

    // Likewise into a record of a lane, which has to be as large as that.
    static std::size_t recordSize(const MetricEvent &event) noexcept
    {
        const EventType &type = *event.m_type;
        return type.isBoxed ? EventRecord::boxedSize()
                            : EventRecord::size(type.size, type.alignment);
    }
    static void moveIntoRecord(std::byte *record, MetricEvent &event) noexcept
    {
        const EventType *const type = event.m_type;
        const std::size_t alignment = type->isBoxed ? alignof(void *) : type->alignment;
        EventRecord::name(record, *type, type->isBoxed);
        moveInto(EventRecord::payload(record, alignment), event);
    }

    static const EventType *type(const MetricEvent &event) noexcept { return event.m_type; }

    static bool accepts(const Metric &metric, const EventType &type)
    {
        return metric.acceptsType(type);
    }

    static Error configurationError(const Metric &metric) { return metric.configurationError(); }
    static bool changesWithTime(const Metric &metric) { return metric.changesWithTime(); }
    static void passTime(Metric &metric) { metric.timePassed(Metric::handlingTime()); }
};

} // namespace Recorders::Internal
