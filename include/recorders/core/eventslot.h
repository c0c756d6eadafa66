// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/eventlane.h>
#include <recorders/core/eventrecord.h>
#include <recorders/core/eventtype.h>
#include <recorders/core/namespace.h>
#include <recorders/recorders_export.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace Recorders::Internal {

class RecorderCore;
using RecordLane = EventLane<LaneTraits>;
extern template RECORDERS_EXPORT EventLane<LaneTraits> *EventLane<LaneTraits>::withdraw() noexcept;
using RecordGate = EventGate<LaneTraits>;
using RecordEntry = LaneEntry<LaneTraits>;

// One place in the event queue. A null type: not published yet.
struct alignas(64) EventSlot
{
    alignas(eventStorageAlignment) std::byte storage[eventStorageSize];
    std::atomic<const EventType *> type = nullptr;
    std::uint8_t lane = 0; // that the next events are in; 0: none
};
static_assert(sizeof(EventSlot) == 64, "one cache line per event");

struct Claim
{
    EventSlot *slot; // null: the event was counted, and result tells as what
    RegisterResult result;
};

// After a claim with a slot nothing may fail, and the slot must be published. The first function is
// what it takes almost always; if it returns null, nothing happened, and the second one gives the reason.
[[nodiscard]] RECORDERS_EXPORT EventSlot *tryClaimSlot(RecorderCore &core) noexcept;
[[nodiscard]] RECORDERS_EXPORT Claim claimSlotSlowly(RecorderCore &core) noexcept;
[[nodiscard]] inline Claim claimSlot(RecorderCore &core) noexcept
{
    EventSlot *const slot = tryClaimSlot(core);
    return slot ? Claim{ slot, RegisterResult::Accepted } : claimSlotSlowly(core);
}
RECORDERS_EXPORT RegisterResult rejectEvent(RecorderCore &core) noexcept;

// For who has the queue to itself: what tryEnter() of the gate missed. Null: nothing happened, and a
// slot is to be claimed instead.
[[nodiscard]] RECORDERS_EXPORT RecordLane *reenterLane(RecorderCore &core,
                                                       std::size_t size) noexcept;
[[nodiscard]] inline RecordEntry enterLaneSlowly(const RecordGate &gate, RecorderCore &core,
                                                 std::size_t size) noexcept
{
    return gate.laneOfThisThread() ? RecordEntry(reenterLane(core, size)) : RecordEntry();
}

// Where an event goes that was admitted, if it fits into a slot.
struct EventPlace
{
    std::byte *payload = nullptr; // null: the event was counted, and result tells as what
    EventSlot *slot = nullptr; // null: it is in a record
    RecordEntry entry;
    RegisterResult result = RegisterResult::Accepted;
};

// Both of the above, and then the publication, for who keeps the event to itself. A compiler that has
// to give away its address writes it in parts, and moves it on as a whole, for which processors wait.
[[nodiscard]] RECORDERS_EXPORT EventPlace reservePlace(RecorderCore &core, std::size_t size,
                                                       std::size_t alignment) noexcept;
RECORDERS_EXPORT void publishEvent(const EventPlace &place, const EventType &type, std::size_t size,
                                   std::size_t alignment) noexcept;

} // namespace Recorders::Internal
