// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/standardmetric.h>

#include <algorithm>

namespace Recorders::Internal {

template <typename Self, typename State, typename... Events>
template <typename Event>
bool StandardMetric<Self, State, Events...>::dispatch(const MetricEvent &event, bool *isChanged)
{
    const Event *payload = event.as<Event>();
    if (payload)
        *isChanged = handle(*payload);
    return payload != nullptr;
}

template <typename Self, typename State, typename... Events>
template <typename Event>
bool StandardMetric<Self, State, Events...>::handle(const Event &event)
{
    const auto &feed = std::get<Feed<Event, Value>>(m_feeds);
    using First = std::tuple_element_t<0, std::tuple<Events...>>;
    constexpr bool isNegated = State::onlyFirstTypeAdds && !std::is_same_v<Event, First>;
    if constexpr (State::countsEvents) {
        if (feed.isPlain)
            return m_rest.add(Value::of(isNegated ? -1 : 1), m_occasion);
    }
    if (feed.hasFilter && !feed.filter(event))
        return false;
    ++m_occasion.number;
    State &state = feed.hasKey ? part(event, feed) : m_rest;
    if constexpr (State::countsEvents) {
        if (!feed.value)
            return state.add(Value::of(isNegated ? -1 : 1), m_occasion);
    }
    if constexpr (isNegated)
        return state.add(feed.value(event).negated(), m_occasion);
    else
        return state.add(feed.value(event), m_occasion);
}

template <typename Self, typename State, typename... Events>
template <typename Event>
State &StandardMetric<Self, State, Events...>::part(const Event &event,
                                                    const Feed<Event, Value> &feed)
{
    Key key;
    feed.key(event, key);
    if (feed.hasNaming)
        key.setNaming(&feed.naming);
    const std::size_t slot = keys().slotOf(key);
    while (m_parts.size() <= slot)
        m_parts.push_back(m_rest.emptied());
    return m_parts[slot];
}

template <typename Self, typename State, typename... Events>
State StandardMetric<Self, State, Events...>::whole() const
{
    State whole = m_rest;
    for (const State &part : m_parts)
        whole.merge(part);
    return whole;
}

template <typename Self, typename State, typename... Events>
MetricSnapshot StandardMetric<Self, State, Events...>::snapshot() const
{
    MetricSnapshot snapshot = emptySnapshot();
    FigureWriter writer(snapshot, unit());
    if (m_parts.empty())
        m_rest.write(writer, m_occasion); // which remembers what it told
    else
        whole().write(writer, m_occasion);
    for (std::size_t slot = 0; slot < m_parts.size(); ++slot) {
        const KeyIndex &index = *keysIfAny();
        writer.setPart(index.label(slot), { { index.attribute(), index.value(slot) } });
        m_parts[slot].write(writer, m_occasion);
    }
    return snapshot;
}

template <typename Self, typename State, typename... Events>
void StandardMetric<Self, State, Events...>::reset()
{
    StandardMetricBase::reset();
    m_rest = m_rest.emptied();
    m_parts.clear();
}

template <typename Self, typename State, typename... Events>
bool StandardMetric<Self, State, Events...>::changesWithTime() const
{
    const auto isFading = [this](const State &state) {
        return state.isFading(m_occasion);
    };
    return isFading(m_rest) || std::any_of(m_parts.begin(), m_parts.end(), isFading);
}

template <typename Self, typename State, typename... Events>
template <typename Event, typename Reader>
void StandardMetric<Self, State, Events...>::setValue(Reader reader)
{
    static_assert(std::is_invocable_v<const Reader &, const Event &>,
                  "What is measured is a member of the event, or a function that takes it");
    if (isNullReader(reader))
        setConfigurationError(QStringLiteral("what it measures is null"));
    noteValue(isDuration<ResultOf<Reader, Event>>);
    auto &feed = std::get<Feed<Event, Value>>(m_feeds);
    feed.isPlain = false;
    feed.value = [reader = std::move(reader)](const Event &event) {
        return Value::of(std::invoke(reader, event));
    };
}

template <typename Self, typename State, typename... Events>
template <typename Reader, typename Naming,
          std::enable_if_t<!std::is_convertible_v<Reader, QString>, bool>>
Self &&StandardMetric<Self, State, Events...>::by(Reader reader, Naming naming)
{
    return splitBy(QString(), std::move(reader), std::move(naming));
}

template <typename Self, typename State, typename... Events>
template <typename Reader, typename Naming>
Self &&StandardMetric<Self, State, Events...>::by(QString attribute, Reader reader, Naming naming)
{
    return splitBy(attribute, std::move(reader), std::move(naming));
}

template <typename Self, typename State, typename... Events>
template <typename Reader, typename Naming>
Self &&StandardMetric<Self, State, Events...>::splitBy(const QString &attribute, Reader reader,
                                                       Naming naming)
{
    static_assert((std::is_invocable_v<const Reader &, const Events &> || ...),
                  "A breakdown reads a member of the event, or is a function that takes it");
    if (isNullReader(reader))
        setConfigurationError(QStringLiteral("what it is split by is null"));
    if (isNullReader(naming))
        setConfigurationError(QStringLiteral("the function that names its parts is null"));
    (setKey<Events>(attribute, reader, naming), ...);
    return self();
}

template <typename Self, typename State, typename... Events>
template <typename Event, typename Reader, typename Naming>
void StandardMetric<Self, State, Events...>::setKey(const QString &attribute, const Reader &reader,
                                                    const Naming &naming)
{
    if constexpr (std::is_invocable_v<const Reader &, const Event &>) {
        using Result = ResultOf<Reader, Event>;
        auto &feed = std::get<Feed<Event, Value>>(m_feeds);
        if (std::exchange(feed.hasKey, true))
            setSplitTwice(eventTypeOf<Event>.name);
        feed.isPlain = false;
        feed.key = [reader](const Event &event, Key &key) {
            key.read<Result>(std::invoke(reader, event));
        };
        if constexpr (!std::is_same_v<Naming, NamedByDefault>) {
            feed.hasNaming = true;
            feed.naming = [naming](qint64 number) {
                return QVariant(QString(std::invoke(naming, static_cast<Result>(number))));
            };
        }
        setAttribute(attribute,
                     std::is_enum_v<Result> ? attributeOf(typeName<Result>())
                                            : QStringLiteral("key"));
    }
}

template <typename Self, typename State, typename... Events>
template <typename Predicate>
Self &&StandardMetric<Self, State, Events...>::when(Predicate predicate)
{
    static_assert((std::is_invocable_r_v<bool, const Predicate &, const Events &> || ...),
                  "A filter is a bool member of the event, or a predicate that takes it");
    if (isNullReader(predicate))
        setConfigurationError(QStringLiteral("its filter is null"));
    (setFilter<Events>(predicate), ...);
    return self();
}

// Filters add up.
template <typename Self, typename State, typename... Events>
template <typename Event, typename Predicate>
void StandardMetric<Self, State, Events...>::setFilter(const Predicate &predicate)
{
    if constexpr (std::is_invocable_r_v<bool, const Predicate &, const Event &>) {
        auto &feed = std::get<Feed<Event, Value>>(m_feeds);
        auto &filter = feed.filter;
        feed.isPlain = false;
        if (std::exchange(feed.hasFilter, true)) {
            filter = [first = std::move(filter), predicate](const Event &event) {
                return first(event) && std::invoke(predicate, event);
            };
        } else {
            filter = [predicate](const Event &event) -> bool {
                return std::invoke(predicate, event);
            };
        }
    }
}

} // namespace Recorders::Internal
