// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/error.h>
#include <recorders/core/metricevent.h>
#include <recorders/core/metricsnapshot.h>
#include <recorders/recorders_export.h>

#include <QString>

#include <chrono>

namespace Recorders {

// Turns events into measured state. Once registered, it is used on the recorder's thread only.
class RECORDERS_EXPORT Metric
{
public:
    explicit Metric(QString name);
    virtual ~Metric();

    QString name() const { return m_name; }

    virtual bool handleEvent(const MetricEvent &event) = 0; // true: the state changed
    virtual MetricSnapshot snapshot() const = 0;
    virtual void reset(); // back to the state after construction

protected:
    // False: events of that type need not be sent. Constant for the life of the metric.
    virtual bool acceptsType(const Internal::EventType &type) const;
    // Why it cannot be registered. Called in the thread that registers it.
    virtual Error configurationError() const;
    // True: the next snapshot() says something else, even without an event.
    virtual bool changesWithTime() const;
    virtual void timePassed(std::chrono::nanoseconds now); // then, before snapshot(); steady clock

    // Steady clock, read every few events: when the present one is being handled.
    static std::chrono::nanoseconds handlingTime() noexcept;

private:
    Q_DISABLE_COPY_MOVE(Metric)
    friend class Internal::EventAccess;

    const QString m_name;
};

namespace Internal {

template <typename Event>
class EventHandler
{
public:
    virtual bool handle(const Event &event) = 0; // true: the state changed

protected:
    ~EventHandler() = default;
};

} // namespace Internal

// A metric of the given event types; it is sent no others.
template <typename... Events>
class TypedMetric : public Metric, public Internal::EventHandler<Events>...
{
    static_assert(sizeof...(Events) > 0, "TypedMetric needs at least one event type");

public:
    using Metric::Metric;

    bool handleEvent(const MetricEvent &event) override
    {
        bool changed = false;
        static_cast<void>((dispatch<Events>(event, &changed) || ...));
        return changed;
    }

protected:
    bool acceptsType(const Internal::EventType &type) const override
    {
        return (Internal::isSameType(&type, &Internal::eventTypeOf<Events>) || ...);
    }

private:
    template <typename Event>
    bool dispatch(const MetricEvent &event, bool *changed)
    {
        const auto *payload = event.as<Event>();
        if (payload)
            *changed = static_cast<Internal::EventHandler<Event> *>(this)->handle(*payload);
        return payload != nullptr;
    }
};

} // namespace Recorders
