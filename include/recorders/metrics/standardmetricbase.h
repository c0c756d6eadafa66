// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metric.h>
#include <recorders/core/number.h>
#include <recorders/metrics/breakdown.h>
#include <recorders/metrics/figurewriter.h>
#include <recorders/recorders_export.h>

#include <functional>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

namespace Recorders::Internal {

// The event type that a member or a function reads.
template <typename Reader>
struct ReaderTraits : ReaderTraits<decltype(&Reader::operator())>
{
};
template <typename Result, typename Class, typename Event>
struct ReaderTraits<Result (Class::*)(const Event &) const>
{
    using EventType = Event;
};
template <typename Result, typename Class, typename Event>
struct ReaderTraits<Result (Class::*)(const Event &) const noexcept>
{
    using EventType = Event;
};
template <typename Result, typename Event>
struct ReaderTraits<Result (*)(const Event &)>
{
    using EventType = Event;
};
template <typename Result, typename Event>
struct ReaderTraits<Result(Event::*)>
{
    using EventType = Event;
};
template <typename Result, typename Event>
struct ReaderTraits<Result (Event::*)() const>
{
    using EventType = Event;
};
template <typename Result, typename Event>
struct ReaderTraits<Result (Event::*)() const noexcept>
{
    using EventType = Event;
};
template <typename Reader>
using EventOf = typename ReaderTraits<Reader>::EventType;

template <typename Reader, typename Event>
using ResultOf = std::decay_t<std::invoke_result_t<const Reader &, const Event &>>;

// In the place of a function that names the numbers that a metric is split by.
struct NamedByDefault
{
};

// How events of one type reach the metric.
template <typename Event, typename Value>
struct Feed
{
    // Which of the others there are, so that counting has to look at nothing else.
    bool isPlain = true; // none
    bool hasFilter = false;
    bool hasKey = false;
    bool hasNaming = false;

    std::function<Value(const Event &)> value; // null: each event is 1
    std::function<void(const Event &, Key &)> key;
    std::function<bool(const Event &)> filter;
    KeyNaming naming;
};

// What standard metrics have in common, whatever they measure.
class RECORDERS_EXPORT StandardMetricBase : public Metric
{
public:
    void reset() override;

    // For tests: instead of the clocks of the system, and before the metric is registered.
    void setClocks(std::chrono::nanoseconds (*steady)(), std::chrono::nanoseconds (*wall)());

protected:
    explicit StandardMetricBase(QString name);
    StandardMetricBase(StandardMetricBase &&other) noexcept;

    Error configurationError() const override;
    void setConfigurationError(const QString &message); // the first one counts
    void setSplitTwice(std::string_view eventType);

    void setUnit(Unit unit);
    void noteValue(bool isDuration); // once for each event type
    const Unit &unit() const { return m_unit; }
    void setDescription(QString description) { m_description = std::move(description); }
    MetricSnapshot emptySnapshot() const;

    KeyIndex &keys(); // made at the first call
    const KeyIndex *keysIfAny() const { return m_keys.get(); }
    void setAttribute(const QString &given, const QString &byDefault);
    static QString attributeOf(std::string_view typeName);

    Occasion m_occasion; // of the last event

private:
    std::unique_ptr<KeyIndex> m_keys;
    QString m_description;
    QString m_configurationError;
    Unit m_unit;
    bool m_hasUnit = false; // it was given
    int m_durations = 0;
    int m_values = 0;
};

template <typename Reader>
inline constexpr bool mayBeNull = std::is_pointer_v<Reader> || std::is_member_pointer_v<Reader>;
template <typename Signature>
inline constexpr bool mayBeNull<std::function<Signature>> = true;

template <typename Reader>
bool isNullReader(const Reader &reader)
{
    if constexpr (mayBeNull<Reader>)
        return reader == nullptr;
    else
        return false;
}

} // namespace Recorders::Internal
