// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/eventtype.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

// How an event lies in a lane: a word that names its type, and the payload, as long as it is.
namespace Recorders::Internal {

// An event up to this size is stored in a record itself.
inline constexpr std::size_t maxRecordedSize = 512;
inline constexpr std::size_t maxRecordedAlignment = 64;

template <typename T>
inline constexpr bool isRecordedInPlace = fitsInPlace<T, maxRecordedSize, maxRecordedAlignment>;

struct EventRecord
{
    static constexpr std::size_t unit = sizeof(std::uintptr_t);

    // The whole of it, in bytes: where it begins is not known, so that a payload with a large
    // alignment gets some more room.
    static constexpr std::size_t size(std::size_t payloadSize, std::size_t alignment) noexcept
    {
        const std::size_t slack = alignment > unit ? alignment - unit : 0;
        return unit + (payloadSize + slack + unit - 1) / unit * unit;
    }
    template <typename T>
    static constexpr std::size_t sizeOf() noexcept
    {
        return size(sizeof(T), alignof(T));
    }

    static constexpr std::size_t boxedSize() noexcept
    {
        return size(sizeof(void *), alignof(void *));
    }

    static std::byte *payload(std::byte *record, std::size_t alignment) noexcept
    {
        std::byte *const begin = record + unit;
        if (alignment <= unit)
            return begin;
        const std::uintptr_t excess = reinterpret_cast<std::uintptr_t>(begin) % alignment;
        return excess == 0 ? begin : begin + (alignment - excess);
    }

    // The word: the address of the type, and whether the payload is a pointer to a box.
    static constexpr std::uintptr_t boxedBit = 1;
    static void name(std::byte *record, const EventType &type, bool isBoxed) noexcept
    {
        ::new (record)
                std::uintptr_t(reinterpret_cast<std::uintptr_t>(&type) | (isBoxed ? boxedBit : 0));
    }

    static const EventType &type(const std::byte *record) noexcept
    {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the word is a pointer and a mark in one
        return *reinterpret_cast<const EventType *>(word(record) & ~boxedBit);
    }
    static bool isBoxed(const std::byte *record) noexcept { return word(record) & boxedBit; }

    template <typename T, typename Source>
    static void write(std::byte *record, Source &&source) noexcept
    {
        name(record, eventTypeOf<T>, false);
        ::new (payload(record, alignof(T))) T(std::forward<Source>(source));
    }

private:
    static std::uintptr_t word(const std::byte *record) noexcept
    {
        return *std::launder(reinterpret_cast<const std::uintptr_t *>(record));
    }
};

} // namespace Recorders::Internal
