// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/metrics/histogramstate.h>
#include <recorders/metrics/ratestate.h>
#include <recorders/metrics/standardmetric.h>
#include <recorders/metrics/textstate.h>

#include <chrono>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace Recorders::Internal {

struct NamedByDefault // in the place of a function that names the parts of a breakdown
{
};
template <typename Reader, typename Naming>
using EnableIfNaming =
        std::enable_if_t<!std::is_convertible_v<Reader, QString> && !std::is_integral_v<Naming>,
                         bool>;

// A standard metric while it is described: each call returns one that was told more. What makes no
// sense together does not compile; values that make none are refused when it is registered.
template <typename State, typename... Feeds>
class [[nodiscard]] MetricBuilder
{
    static constexpr int defaultLimit = KeyIndex::defaultLimit;

public:
    explicit MetricBuilder(QString name)
        : m_settings(std::move(name))
    {
    }
    MetricBuilder(MetricSettings settings, State state, std::tuple<Feeds...> feeds)
        : m_settings(std::move(settings))
        , m_state(std::move(state))
        , m_feeds(std::move(feeds))
    {
    }

    // What is measured: a member of the event, or a function that takes it.
    template <typename Reader>
    auto of(Reader reader) &&;

    // What tells the parts apart: an enumerator, a bool, an integer or a text.
    template <typename Reader>
    auto by(Reader reader, int limit = defaultLimit) &&
    {
        return splitBy(QString(), reader, NamedByDefault(), limit);
    }
    template <typename Reader>
    auto by(const QString &attribute, Reader reader, int limit = defaultLimit) &&
    {
        return splitBy(attribute, reader, NamedByDefault(), limit);
    }
    template <typename Reader, typename Naming, EnableIfNaming<Reader, Naming> = true>
    auto by(Reader reader, Naming naming, int limit = defaultLimit) && // naming(value) is its name
    {
        return splitBy(QString(), reader, naming, limit);
    }
    template <typename Reader, typename Naming, EnableIfNaming<Reader, Naming> = true>
    auto by(const QString &attribute, Reader reader, Naming naming, int limit = defaultLimit) &&
    {
        return splitBy(attribute, reader, naming, limit);
    }

    // Which events count: a bool member, or a predicate.
    template <typename Predicate>
    auto when(Predicate predicate) &&;

    // Another type of event, and what is measured of that.
    template <typename Event>
    auto andOf() &&;
    template <typename Event, typename Reader>
    auto andOf(Reader reader) &&;

    MetricBuilder unit(Unit unit) &&;
    MetricBuilder description(QString description) &&;
    template <typename Rep, typename Period>
    MetricBuilder over(std::chrono::duration<Rep, Period> window) &&; // 1 ms to 365 days

    operator std::unique_ptr<Metric>() &&;

private:
    template <typename Reader, typename Naming>
    auto splitBy(const QString &attribute, const Reader &reader, const Naming &naming, int limit);
    template <typename Result, typename Naming>
    static KeyNaming keyNaming(const Naming &naming);
    template <typename Reader, typename Feed>
    static auto measured(Feed feed, const Reader &reader);
    template <typename Change>
    auto changed(Change change); // what change() makes of each feed
    template <typename... NewFeeds>
    MetricBuilder<State, NewFeeds...> with(std::tuple<NewFeeds...> feeds);
    template <typename Reader>
    void refuseNull(const Reader &reader, const char *what);

    MetricSettings m_settings;
    State m_state;
    std::tuple<Feeds...> m_feeds;
};

} // namespace Recorders::Internal

#include <recorders/metrics/metricbuilder_impl.h>
