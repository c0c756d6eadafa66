// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace Recorders {

// Specialise this to name an event type that one cannot add a member to:
//     template <> struct Recorders::EventTraits<Foo> { static constexpr char eventType[] = "foo"; };
template <typename Event>
struct EventTraits;

namespace Internal {

// An event up to this size is stored in place; a larger one is boxed.
inline constexpr std::size_t eventStorageSize = 48;
inline constexpr std::size_t eventStorageAlignment = 16;

// What may throw when it is moved is boxed as well.
template <typename T, std::size_t size, std::size_t alignment>
// NOLINTNEXTLINE(misc-redundant-expression): of some types, in whose place it sees the template
inline constexpr bool fitsInPlace = sizeof(T) <= size
        && alignof(T) <= alignment &&std::is_nothrow_move_constructible_v<T>;

template <typename T>
inline constexpr bool isStoredInPlace = fitsInPlace<T, eventStorageSize, eventStorageAlignment>;

struct EventType
{
    std::string_view name;
    const std::type_info *typeInfo; // null without RTTI
    std::string_view signature; // unique to the C++ type, within one name space of types
    std::size_t size; // of the payload, as its alignment
    std::size_t alignment;
    bool isBoxed; // the storage holds a pointer to the payload

    void (*destroyPayload)(void *payload) noexcept; // one that is in no storage
    void (*destroy)(void *storage) noexcept;
    void (*relocate)(void *to, void *from) noexcept; // moves, then destroys the source
    void (*copy)(void *toStorage, const void *payload); // null: not copyable; may throw
};

RECORDERS_EXPORT bool isSameTypeSlow(const EventType &a, const EventType &b) noexcept;

// Two shared libraries with hidden visibility have a descriptor each for one type.
inline bool isSameType(const EventType *a, const EventType *b) noexcept
{
    return a == b || (a && b && isSameTypeSlow(*a, *b));
}

template <typename T>
constexpr std::string_view typeSignature() noexcept
{
#if defined(_MSC_VER)
    return __FUNCSIG__;
#else
    return __PRETTY_FUNCTION__;
#endif
}

// The C++ name of T as the compiler spells it.
template <typename T>
constexpr std::string_view typeName() noexcept
{
    constexpr std::string_view signature = typeSignature<T>();
#if defined(_MSC_VER)
    constexpr std::size_t begin = signature.find("typeSignature<") + 14;
    constexpr std::size_t end = signature.rfind(">(void)");
#else
    constexpr std::size_t begin = signature.find("T = ") + 4;
    constexpr std::size_t end = signature.find_first_of(";]", begin);
#endif
    return signature.substr(begin, end - begin);
}

template <typename T, typename = void>
inline constexpr bool hasEventTypeMember = false;
template <typename T>
inline constexpr bool hasEventTypeMember<T, std::void_t<decltype(T::eventType)>> = true;

template <typename T>
struct EventOperations
{
    static T *payload(void *storage) noexcept
    {
        if constexpr (isStoredInPlace<T>)
            return std::launder(static_cast<T *>(storage));
        else
            return *static_cast<T **>(storage);
    }

    template <typename... Args>
    static void construct(void *storage, Args &&...args)
    {
        if constexpr (isStoredInPlace<T>)
            ::new (storage) T(std::forward<Args>(args)...);
        else
            ::new (storage) T *(new T(std::forward<Args>(args)...));
    }

    static void destroyPayload(void *payload) noexcept { static_cast<T *>(payload)->~T(); }

    static void destroy(void *storage) noexcept
    {
        if constexpr (isStoredInPlace<T>)
            destroyPayload(storage);
        else
            delete payload(storage);
    }

    static void relocate(void *to, void *from) noexcept
    {
        if constexpr (isStoredInPlace<T>) {
            ::new (to) T(std::move(*payload(from)));
            destroy(from);
        } else {
            ::new (to) T *(payload(from));
        }
    }

    static void copy(void *toStorage, const void *payload)
    {
        if constexpr (std::is_copy_constructible_v<T>)
            construct(toStorage, *static_cast<const T *>(payload));
    }
};

} // namespace Internal

// The name of an event type is its member eventType, or else the name of the C++ type.
template <typename Event, typename = void>
struct DefaultEventTraits
{
    static constexpr std::string_view eventType = Internal::typeName<Event>();
};

template <typename Event>
struct DefaultEventTraits<Event, std::enable_if_t<Internal::hasEventTypeMember<Event>>>
{
    static constexpr std::string_view eventType = Event::eventType;
};

template <typename Event>
struct EventTraits : DefaultEventTraits<Event>
{
};

namespace Internal {

template <typename T>
inline constexpr EventType eventTypeOf = {
    std::string_view(EventTraits<T>::eventType),
#if defined(__cpp_rtti) || defined(_CPPRTTI)
    &typeid(T),
#else
    nullptr,
#endif
    typeSignature<T>(),
    sizeof(T),
    alignof(T),
    !isStoredInPlace<T>,
    &EventOperations<T>::destroyPayload,
    &EventOperations<T>::destroy,
    &EventOperations<T>::relocate,
    std::is_copy_constructible_v<T> ? &EventOperations<T>::copy : nullptr,
};

} // namespace Internal

} // namespace Recorders
