// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/feed.h>
#include <recorders/metrics/standardmetricbase.h>

#include <algorithm>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace Recorders::Internal {

/*
    A metric of events that reach it by Feeds, one for each type. What it measures is up to State,
    an accumulator.

    State has a type Value, which is read from events; add(), which returns whether it changed;
    merge(), write(), emptied(), which returns one of the same settings, and isFading(). Its
    constants tell whether it can count events that nothing is measured of, whether it needs their
    numbers, and whether it may go down.
    The parts of a breakdown have a State each; events are added to their part only, and the whole
    is what they are when merged, so that the parts always add up to it.
*/
template <typename State, typename... Feeds>
class StandardMetric final : public StandardMetricBase
{
    using Value = typename State::Value;

public:
    StandardMetric(MetricSettings settings, State empty, std::tuple<Feeds...> feeds)
        : StandardMetricBase(std::move(settings))
        , m_feeds(std::move(feeds))
        , m_rest(std::move(empty))
    {
    }

    bool handleEvent(const MetricEvent &event) override
    {
        bool isChanged = false;
        static_cast<void>((take(std::get<Feeds>(m_feeds), event, &isChanged) || ...));
        return isChanged;
    }
    MetricSnapshot snapshot() const override;
    void reset() override;

protected:
    bool acceptsType(const EventType &type) const override
    {
        return (isSameType(&type, &eventTypeOf<typename Feeds::Event>) || ...);
    }
    bool changesWithTime() const override;

private:
    template <typename Feed>
    bool take(const Feed &feed, const MetricEvent &event, bool *isChanged);
    template <typename Feed>
    struct NumbersOf : std::conditional_t<Feed::isSplit, KnownNumbers, Unsplit>
    {
    };

    template <typename Feed>
    State &part(const Feed &feed, const typename Feed::Event &event);
    template <typename Feed>
    State &partOf(const Feed &feed, const typename Feed::SplitValue &value);
    State whole() const; // of all parts

    std::tuple<Feeds...> m_feeds;
    std::tuple<NumbersOf<Feeds>...> m_numbers;
    State m_rest; // of events that have no part: without a breakdown all of them
    std::vector<State> m_parts; // by their slots in keys()
};

// True: the event is of that type.
template <typename State, typename... Feeds>
template <typename Feed>
bool StandardMetric<State, Feeds...>::take(const Feed &feed, const MetricEvent &event,
                                           bool *isChanged)
{
    const auto *payload = event.as<typename Feed::Event>();
    if (!payload)
        return false;
    if (!feed.takes(*payload))
        return true;
    if constexpr (State::remembersLastEvent)
        ++m_occasion.number;
    auto value = feed.template valueOf<Value>(*payload); // first: if this throws, there is no part
    *isChanged = part(feed, *payload).add(std::move(value), m_occasion);
    return true;
}

template <typename State, typename... Feeds>
template <typename Feed>
State &StandardMetric<State, Feeds...>::part(const Feed &feed, const typename Feed::Event &event)
{
    if constexpr (!Feed::isSplit) {
        return m_rest;
    } else {
        const auto &value = feed.splitValueOf(event);
        if constexpr (!isReadAsText<typename Feed::SplitValue>) {
            const std::size_t slot =
                    std::get<NumbersOf<Feed>>(m_numbers).slotOfSmall(static_cast<qint64>(value));
            if (Q_LIKELY(slot < m_parts.size()))
                return m_parts[slot];
        }
        return partOf(feed, value);
    }
}

template <typename State, typename... Feeds>
template <typename Feed>
State &StandardMetric<State, Feeds...>::partOf(const Feed &feed,
                                               const typename Feed::SplitValue &value)
{
    Key key;
    feed.readKey(value, key);
    const std::size_t slot = keys().slotOf(key, std::get<NumbersOf<Feed>>(m_numbers));
    while (m_parts.size() <= slot)
        m_parts.push_back(m_rest.emptied());
    return m_parts[slot];
}

template <typename State, typename... Feeds>
State StandardMetric<State, Feeds...>::whole() const
{
    State whole = m_rest;
    for (const State &part : m_parts)
        whole.merge(part);
    return whole;
}

template <typename State, typename... Feeds>
MetricSnapshot StandardMetric<State, Feeds...>::snapshot() const
{
    MetricSnapshot snapshot = emptySnapshot();
    FigureWriter writer(snapshot, unit());
    if (m_parts.empty())
        m_rest.write(writer, m_occasion); // which remembers what it told
    else
        whole().write(writer, m_occasion);
    for (std::size_t slot = 0; slot < m_parts.size(); ++slot) {
        writer.setPart(keys().label(slot), { { keys().attribute(), keys().value(slot) } });
        m_parts[slot].write(writer, m_occasion);
    }
    return snapshot;
}

template <typename State, typename... Feeds>
void StandardMetric<State, Feeds...>::reset()
{
    StandardMetricBase::reset();
    m_numbers = {};
    m_rest = m_rest.emptied();
    m_parts.clear();
}

template <typename State, typename... Feeds>
bool StandardMetric<State, Feeds...>::changesWithTime() const
{
    const auto isFading = [this](const State &state) {
        return state.isFading(m_occasion);
    };
    return isFading(m_rest) || std::any_of(m_parts.begin(), m_parts.end(), isFading);
}

} // namespace Recorders::Internal
