// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/number.h>
#include <recorders/metrics/breakdown.h>

#include <functional>
#include <type_traits>
#include <utility>

namespace Recorders::Internal {

// What stands in a feed that was told nothing else.
struct CountsAsOne
{
};
struct Unsplit
{
    template <typename Event>
    using Value = Unsplit;
};
struct Unfiltered
{
};

template <typename Reader, typename Event>
inline constexpr bool reads = std::is_invocable_v<const Reader &, const Event &>;
template <typename Reader, typename Event>
using ResultOf = std::decay_t<std::invoke_result_t<const Reader &, const Event &>>;

// Tells which part of a metric an event belongs to.
template <typename Reader>
struct Split
{
    template <typename Event>
    using Value = ResultOf<Reader, Event>;

    Reader reader;
    KeyNaming naming; // null: by default
};

/*
    How events of one type reach a standard metric: what they add to it, to which part, and which of
    them count. The compiler knows all of it, so that handling an event costs what it would in a
    class that was written for it.
*/
template <typename EventT, typename ValueT = CountsAsOne, typename SplitT = Unsplit,
          typename FilterT = Unfiltered>
struct Feed
{
    using Event = EventT;
    using SplitValue = typename SplitT::template Value<EventT>; // Unsplit: there is none
    static constexpr bool isMeasured = !std::is_same_v<ValueT, CountsAsOne>;
    static constexpr bool isSplit = !std::is_same_v<SplitT, Unsplit>;
    static constexpr bool isFiltered = !std::is_same_v<FilterT, Unfiltered>;
    static constexpr bool isOfDurations() noexcept;

    ValueT value; // a member of the event, or a function that takes it
    SplitT split;
    FilterT filter; // a bool member, or a predicate

    template <typename Reader>
    Feed<Event, Reader, SplitT, FilterT> measuredBy(Reader reader) &&
    {
        return { std::move(reader), std::move(split), std::move(filter) };
    }
    template <typename Reader>
    Feed<Event, ValueT, Split<Reader>, FilterT> splitBy(Reader reader, KeyNaming naming) &&
    {
        return { std::move(value), { std::move(reader), std::move(naming) }, std::move(filter) };
    }
    template <typename Predicate>
    Feed<Event, ValueT, SplitT, Predicate> filteredBy(Predicate predicate) &&
    {
        return { std::move(value), std::move(split), std::move(predicate) };
    }

    bool takes(const Event &event) const
    {
        if constexpr (isFiltered)
            return std::invoke(filter, event);
        else
            return true;
    }
    template <typename Value>
    Value valueOf(const Event &event) const
    {
        if constexpr (isMeasured)
            return Value::of(std::invoke(value, event));
        else
            return Value::of(1);
    }
    // If it is split: what tells events apart.
    decltype(auto) splitValueOf(const Event &event) const
    {
        return std::invoke(split.reader, event);
    }
    void readKey(const SplitValue &splitValue, Key &key) const
    {
        key.read<SplitValue>(splitValue);
        if (split.naming)
            key.setNaming(&split.naming);
    }
};

template <typename EventT, typename ValueT, typename SplitT, typename FilterT>
constexpr bool Feed<EventT, ValueT, SplitT, FilterT>::isOfDurations() noexcept
{
    if constexpr (isMeasured)
        return isDuration<ResultOf<ValueT, Event>>;
    else
        return false;
}

} // namespace Recorders::Internal
