// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/standardmetricbase.h>

namespace Recorders::Internal {

/*
    A metric of given event types: what it measures is up to State, an accumulator. Self is the
    public class.

    State has a type Value, which is read from events; add(), which returns whether it changed;
    merge(), write(), emptied(), which returns one of the same settings, and isFading().
    The parts of a breakdown have a State each; events are added to their part only, and the whole
    is what they are when merged, so that the parts always add up to it.
*/
template <typename Self, typename State, typename... Events>
class StandardMetric : public StandardMetricBase
{
    static_assert(sizeof...(Events) > 0, "A metric needs at least one event type");

public:
    using Value = typename State::Value;

    // Counts events.
    explicit StandardMetric(QString name)
        : StandardMetricBase(std::move(name))
    {
        static_assert(State::countsEvents, "This metric needs a member or a function to read");
    }
    // One reader for each event type: a member, or a function.
    template <typename... Readers,
              std::enable_if_t<sizeof...(Readers) == sizeof...(Events), bool> = true>
    explicit StandardMetric(QString name, Readers... readers)
        : StandardMetricBase(std::move(name))
    {
        (setValue<Events>(std::move(readers)), ...);
    }
    StandardMetric(StandardMetric &&other) noexcept = default;

    // Splits it by what a member or a function says: an enumerator, a bool, an integer or a text.
    template <typename Reader>
    Self &&by(Reader reader)
    {
        return splitBy(QString(), std::move(reader), NamedByDefault());
    }
    template <typename Reader>
    Self &&by(QString attribute, Reader reader)
    {
        return splitBy(attribute, std::move(reader), NamedByDefault());
    }
    template <typename Reader, typename Naming,
              std::enable_if_t<!std::is_convertible_v<Reader, QString>, bool> = true>
    Self &&by(Reader reader, Naming naming); // naming(value) is its name
    template <typename Reader, typename Naming>
    Self &&by(QString attribute, Reader reader, Naming naming);

    template <typename Predicate>
    Self &&when(Predicate predicate); // takes other events for none

    Self &&in(Unit unit)
    {
        setUnit(std::move(unit));
        return self();
    }
    Self &&describedAs(QString description)
    {
        setDescription(std::move(description));
        return self();
    }
    Self &&limitedTo(int parts) // of a breakdown; what is too many goes into one more
    {
        keys().setLimit(parts);
        return self();
    }

    operator std::unique_ptr<Metric>() &&
    {
        return std::make_unique<Self>(std::move(static_cast<Self &>(*this)));
    }

    bool handleEvent(const MetricEvent &event) override
    {
        bool isChanged = false;
        static_cast<void>((dispatch<Events>(event, &isChanged) || ...));
        return isChanged;
    }
    MetricSnapshot snapshot() const override;
    void reset() override;

protected:
    bool acceptsType(const EventType &type) const override
    {
        return (isSameType(&type, &eventTypeOf<Events>) || ...);
    }
    bool changesWithTime() const override;

    State whole() const; // of all parts
    State &settings() { return m_rest; } // before the first event
    Self &&self() { return std::move(static_cast<Self &>(*this)); }

private:
    template <typename Event>
    bool dispatch(const MetricEvent &event, bool *isChanged);
    template <typename Event>
    bool handle(const Event &event);
    template <typename Event>
    State &part(const Event &event, const Feed<Event, Value> &feed);

    template <typename Event, typename Reader>
    void setValue(Reader reader);
    template <typename Reader, typename Naming>
    Self &&splitBy(const QString &attribute, Reader reader, Naming naming);
    template <typename Event, typename Reader, typename Naming>
    void setKey(const QString &attribute, const Reader &reader, const Naming &naming);
    template <typename Event, typename Predicate>
    void setFilter(const Predicate &predicate);

    std::tuple<Feed<Events, Value>...> m_feeds;
    State m_rest; // of events that have no part: without a breakdown all of them
    std::vector<State> m_parts; // by their slots in keys()
};

} // namespace Recorders::Internal

#include <recorders/metrics/standardmetric_impl.h>
