// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/metricbuilder.h>

#include <functional>

namespace Recorders::Internal {

template <typename Reader>
inline constexpr bool mayBeNull = std::is_pointer_v<Reader> || std::is_member_pointer_v<Reader>;
template <typename Signature>
inline constexpr bool mayBeNull<std::function<Signature>> = true;

template <typename Predicate, typename Event>
constexpr bool isFilter() noexcept
{
    if constexpr (reads<Predicate, Event>)
        return std::is_same_v<ResultOf<Predicate, Event>, bool>;
    else
        return false;
}

template <typename Predicate, typename Event>
inline constexpr bool filters = isFilter<Predicate, Event>();

template <typename First, typename Second>
struct BothFilters
{
    First first;
    Second second;

    template <typename Event>
    bool operator()(const Event &event) const
    {
        return std::invoke(first, event) && std::invoke(second, event);
    }
};

// What a member or a function may say.
template <typename State, typename Result>
constexpr bool isMeasurable()
{
    if constexpr (std::is_same_v<State, TextState>)
        return isKey<Result>;
    else
        return std::is_arithmetic_v<Result> || isDuration<Result> || std::is_same_v<Result, Number>;
}

template <typename State, typename... Feeds>
template <typename Reader>
auto MetricBuilder<State, Feeds...>::of(Reader reader) &&
{
    constexpr bool isRead = (reads<Reader, typename Feeds::Event> || ...);
    static_assert(isRead, "of() takes a member of the event, or a function that takes it");
    static_assert(!isRead || ((reads<Reader, typename Feeds::Event> && !Feeds::isMeasured) || ...),
                  "of() says for the second time what is measured");
    refuseNull(reader, "what it measures");
    return changed([&](auto feed) { return measured(std::move(feed), reader); });
}

template <typename State, typename... Feeds>
template <typename Reader, typename Feed>
auto MetricBuilder<State, Feeds...>::measured(Feed feed, const Reader &reader)
{
    if constexpr (Feed::isMeasured || !reads<Reader, typename Feed::Event>) {
        return feed;
    } else {
        using Result = ResultOf<Reader, typename Feed::Event>;
        constexpr bool isText = std::is_same_v<State, TextState>;
        static_assert(isText || isMeasurable<State, Result>(),
                      "A metric measures numbers and std::chrono::durations");
        static_assert(!isText || isMeasurable<State, Result>(),
                      "text() reads a text, an enumerator, a bool or an integer");
        return std::move(feed).measuredBy(reader);
    }
}

template <typename State, typename... Feeds>
template <typename Reader, typename Naming>
auto MetricBuilder<State, Feeds...>::splitBy(const QString &attribute, const Reader &reader,
                                             const Naming &naming, int limit)
{
    constexpr bool isRead = (reads<Reader, typename Feeds::Event> || ...);
    static_assert(isRead, "by() takes a member of the event, or a function that takes it");
    static_assert(!isRead || ((reads<Reader, typename Feeds::Event> && !Feeds::isSplit) || ...),
                  "by() splits the same events for the second time");
    refuseNull(reader, "what it is split by");
    refuseNull(naming, "the function that names its parts");
    return changed([&](auto feed) {
        using Feed = std::decay_t<decltype(feed)>;
        if constexpr (Feed::isSplit || !reads<Reader, typename Feed::Event>) {
            return feed;
        } else {
            using Result = ResultOf<Reader, typename Feed::Event>;
            static_assert(isKey<Result>,
                          "by() tells events apart by an enumerator, a bool, an integer or a text");
            m_settings.setSplit(attribute, std::is_enum_v<Result> ? typeName<Result>() : "key",
                                limit);
            return std::move(feed).splitBy(reader, keyNaming<Result>(naming));
        }
    });
}

template <typename State, typename... Feeds>
template <typename Result, typename Naming>
KeyNaming MetricBuilder<State, Feeds...>::keyNaming(const Naming &naming)
{
    if constexpr (std::is_same_v<Naming, NamedByDefault>) {
        return {};
    } else {
        static_assert(std::is_enum_v<Result> || std::is_integral_v<Result>,
                      "The function that is passed to by() names numbers and enumerators");
        static_assert(std::is_invocable_r_v<QString, const Naming &, Result>,
                      "The function that is passed to by() takes what tells the parts apart, and "
                      "returns a QString");
        return [naming](qint64 number) {
            return QVariant(QString(std::invoke(naming, static_cast<Result>(number))));
        };
    }
}

template <typename State, typename... Feeds>
template <typename Predicate>
auto MetricBuilder<State, Feeds...>::when(Predicate predicate) &&
{
    static_assert((filters<Predicate, typename Feeds::Event> || ...),
                  "when() takes a bool member of the event, or a predicate that takes the event");
    refuseNull(predicate, "its filter");
    return changed([&](auto feed) {
        using Feed = std::decay_t<decltype(feed)>;
        if constexpr (!filters<Predicate, typename Feed::Event>) {
            return feed;
        } else if constexpr (!Feed::isFiltered) {
            return std::move(feed).filteredBy(predicate);
        } else {
            BothFilters<decltype(feed.filter), Predicate> both{ feed.filter, predicate };
            return std::move(feed).filteredBy(std::move(both));
        }
    });
}

template <typename State, typename... Feeds>
template <typename Event>
auto MetricBuilder<State, Feeds...>::andOf() &&
{
    static_assert((!std::is_same_v<Event, typename Feeds::Event> && ...),
                  "andOf() names a type of event that the metric takes already");
    return with(std::tuple_cat(std::move(m_feeds), std::make_tuple(Feed<Event>())));
}

template <typename State, typename... Feeds>
template <typename Event, typename Reader>
auto MetricBuilder<State, Feeds...>::andOf(Reader reader) &&
{
    static_assert((!std::is_same_v<Event, typename Feeds::Event> && ...),
                  "andOf() names a type of event that the metric takes already");
    static_assert(reads<Reader, Event>,
                  "andOf() takes a member of that event, or a function that takes it");
    refuseNull(reader, "what it measures");
    return with(
            std::tuple_cat(std::move(m_feeds), std::make_tuple(measured(Feed<Event>(), reader))));
}

template <typename State, typename... Feeds>
MetricBuilder<State, Feeds...> MetricBuilder<State, Feeds...>::unit(Unit unit) &&
{
    static_assert(!std::is_same_v<State, TextState>, "A text has no unit");
    m_settings.setUnit(std::move(unit));
    return std::move(*this);
}

template <typename State, typename... Feeds>
MetricBuilder<State, Feeds...> MetricBuilder<State, Feeds...>::description(QString description) &&
{
    m_settings.setDescription(std::move(description));
    return std::move(*this);
}

template <typename State, typename... Feeds>
template <typename Rep, typename Period>
MetricBuilder<State, Feeds...>
MetricBuilder<State, Feeds...>::over(std::chrono::duration<Rep, Period> window) &&
{
    static_assert(std::is_same_v<State, RateState>, "over() is for a rate");
    using Seconds = std::chrono::duration<double>; // nanoseconds might overflow
    const double seconds = Seconds(window).count(); // NaN as well
    if (!(seconds >= Seconds(SlidingRate::shortestWindow).count()))
        m_settings.setErrorString(QStringLiteral("its window is shorter than 1 ms"));
    else if (seconds > Seconds(SlidingRate::longestWindow).count())
        m_settings.setErrorString(QStringLiteral("its window is longer than 365 days"));
    else
        m_state = State(std::chrono::duration_cast<std::chrono::nanoseconds>(window));
    return std::move(*this);
}

template <typename State, typename... Feeds>
MetricBuilder<State, Feeds...>::operator std::unique_ptr<Metric>() &&
{
    constexpr bool allMeasured = (Feeds::isMeasured && ...);
    constexpr bool anyMeasured = (Feeds::isMeasured || ...);
    constexpr bool allDurations = (Feeds::isOfDurations() && ...);
    constexpr bool anyDurations = (Feeds::isOfDurations() || ...);
    static_assert(anyMeasured || State::countsEvents,
                  "Say what is measured: .of(&Event::member), or .of(a function)");
    static_assert(allMeasured || !anyMeasured,
                  "Say what is measured of each type of event, or of none to count all of them");
    static_assert(anyMeasured || !State::goesDown || sizeof...(Feeds) == 1,
                  "Say which events count down: .andOf<Event>([](const Event &) { return -1; })");
    static_assert(allDurations || !anyDurations,
                  "Durations cannot be added to numbers that are none");
    if constexpr (anyDurations)
        m_settings.setOfDurations();
    if constexpr (std::is_same_v<State, HistogramState>)
        m_settings.reserveAttribute(QStringLiteral("quantile"));
    return std::make_unique<StandardMetric<State, Feeds...>>(
            std::move(m_settings), std::move(m_state), std::move(m_feeds));
}

template <typename State, typename... Feeds>
template <typename Change>
auto MetricBuilder<State, Feeds...>::changed(Change change)
{
    // Braces: one after the other, the first one first.
    return std::apply(
            [&](auto &&...feeds) {
                return with(std::tuple<decltype(change(std::move(feeds)))...>{
                        change(std::move(feeds))... });
            },
            std::move(m_feeds));
}

template <typename State, typename... Feeds>
template <typename... NewFeeds>
MetricBuilder<State, NewFeeds...>
MetricBuilder<State, Feeds...>::with(std::tuple<NewFeeds...> feeds)
{
    return { std::move(m_settings), std::move(m_state), std::move(feeds) };
}

template <typename State, typename... Feeds>
template <typename Reader>
void MetricBuilder<State, Feeds...>::refuseNull(const Reader &reader, const char *what)
{
    if constexpr (mayBeNull<Reader>) {
        if (reader == nullptr)
            m_settings.setErrorString(QLatin1StringView(what) + QStringLiteral(" is null"));
    }
}

} // namespace Recorders::Internal
