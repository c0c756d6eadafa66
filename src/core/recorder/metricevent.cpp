// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricevent.h>

#include "core/recorder/eventaccess_p.h"

namespace Recorders {

/*!
    \class Recorders::MetricEvent
    \inheaderfile recorders/core/metricevent.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The MetricEvent class holds one event of any type.

    \reentrant

    An event is a value of any type that can be moved without throwing. It needs no base class and
    no registration. Its name is the static member \c eventType of its type, or what a
    specialisation of EventTraits says, or else the name of the C++ type.

    Payloads up to 48 bytes are stored in place, larger ones in a box on the heap. A MetricEvent can
    be copied if its payload can; a copy of another one is null. It is a metatype, so that a signal
    can carry it to Recorder::registerMetricEvent().

    \warning The reference that Metric::handleEvent() gets is valid for that call. Copy the event
    to keep it.
*/

/*!
    \class Recorders::EventTraits
    \inheaderfile recorders/core/eventtype.h
    \inmodule Recorders
    \since Recorders 0.1
    \brief The EventTraits struct names a type of event.

    Specialise it for a type that no member can be added to:

    \code
    template <>
    struct Recorders::EventTraits<Foo>
    {
        static constexpr char eventType[] = "foo";
    };
    \endcode

    \sa MetricEvent::type()
*/

/*!
    \fn template <class T> MetricEvent::MetricEvent(T &&payload)

    Constructs an event that holds \a payload. Throws what copying the payload throws.
*/

/*!
    Constructs a copy of \a other, which is null if the payload cannot be copied. Throws what
    copying the payload throws.
*/
MetricEvent::MetricEvent(const MetricEvent &other)
{
    if (!other.m_type || !other.m_type->copy)
        return;
    other.m_type->copy(m_storage, other.m_payload);
    m_type = other.m_type;
    m_payload = m_type->isBoxed ? *reinterpret_cast<void *const *>(m_storage) : m_storage;
}

/*!
    Moves \a other, which becomes null. A borrowed event is copied.
*/
MetricEvent::MetricEvent(MetricEvent &&other) noexcept
{
    *this = std::move(other);
}

MetricEvent &MetricEvent::operator=(const MetricEvent &other)
{
    if (this != &other)
        *this = MetricEvent(other);
    return *this;
}

MetricEvent &MetricEvent::operator=(MetricEvent &&other) noexcept
{
    if (this == &other)
        return *this;
    reset();
    if (!other.m_type)
        return *this;
    Q_ASSERT_X(!other.m_isBorrowed, "MetricEvent", "a borrowed event must not be moved from");
    m_payload = other.m_payload == other.m_storage ? m_storage : other.m_payload;
    m_type = Internal::EventAccess::moveInto(m_storage, other);
    return *this;
}

MetricEvent::~MetricEvent()
{
    reset();
}

void MetricEvent::reset() noexcept
{
    if (m_type && !m_isBorrowed)
        m_type->destroy(m_storage);
    m_type = nullptr;
    m_payload = nullptr;
    m_isBorrowed = false;
}

/*!
    \fn bool MetricEvent::isNull() const

    Returns \c true if the event has no payload.
*/

/*!
    Returns the name of the event's type, such as "document_storage.save.attempt", or an empty
    string if the event is null.
*/
QLatin1StringView MetricEvent::type() const noexcept
{
    if (!m_type)
        return {};
    return QLatin1StringView(m_type->name.data(), static_cast<qsizetype>(m_type->name.size()));
}

/*!
    \fn template <class T> const T *MetricEvent::as() const

    Returns the payload if it is a \c T, and null otherwise. It is valid as long as the event.
*/

/*!
    \fn template <class T> bool MetricEvent::is() const

    Returns \c true if the payload is a \c T.
*/

bool Internal::isSameTypeSlow(const EventType &a, const EventType &b) noexcept
{
    // The compiler's own comparison tells apart types of unnamed namespaces that look alike.
    if (a.typeInfo && b.typeInfo)
        return *a.typeInfo == *b.typeInfo;
    return a.signature == b.signature && a.name == b.name;
}

} // namespace Recorders
