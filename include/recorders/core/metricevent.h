// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/eventtype.h>
#include <recorders/recorders_export.h>

#include <QLatin1StringView>
#include <QMetaType>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace Recorders {

namespace Internal {
class EventAccess;
}

// One event of any type. A copy of an event whose payload cannot be copied is null.
class RECORDERS_EXPORT MetricEvent
{
    Q_GADGET

public:
    // Null: no type, no payload.
    // NOLINTNEXTLINE(modernize-use-equals-default): MetricEvent() would clear the storage
    MetricEvent() noexcept { }
    template <typename T,
              std::enable_if_t<!std::is_same_v<std::decay_t<T>, MetricEvent>, bool> = true>
    explicit MetricEvent(T &&payload);
    MetricEvent(const MetricEvent &other);
    MetricEvent(MetricEvent &&other) noexcept;
    MetricEvent &operator=(const MetricEvent &other);
    MetricEvent &operator=(MetricEvent &&other) noexcept;
    ~MetricEvent();

    bool isNull() const noexcept { return !m_type; }
    QLatin1StringView type() const noexcept; // empty if null

    template <typename T>
    const T *as() const noexcept; // null if the payload is not a T
    template <typename T>
    bool is() const noexcept;

private:
    friend class Internal::EventAccess;

    void reset() noexcept;

    alignas(Internal::eventStorageAlignment) std::byte m_storage[Internal::eventStorageSize];
    const Internal::EventType *m_type = nullptr;
    const void *m_payload = nullptr; // in m_storage, in a box that m_storage points to, or borrowed
    bool m_isBorrowed = false; // a view of a slot of the queue, for the time of one call
};

template <typename T, std::enable_if_t<!std::is_same_v<std::decay_t<T>, MetricEvent>, bool>>
// NOLINTNEXTLINE(bugprone-forwarding-reference-overload): it does not see the constraint here
MetricEvent::MetricEvent(T &&payload)
{
    using Event = std::decay_t<T>;
    Internal::EventOperations<Event>::construct(m_storage, std::forward<T>(payload));
    m_type = &Internal::eventTypeOf<Event>;
    m_payload = Internal::EventOperations<Event>::payload(m_storage);
}

template <typename T>
const T *MetricEvent::as() const noexcept
{
    return is<T>() ? static_cast<const T *>(m_payload) : nullptr;
}

template <typename T>
bool MetricEvent::is() const noexcept
{
    return Internal::isSameType(m_type, &Internal::eventTypeOf<T>);
}

} // namespace Recorders
