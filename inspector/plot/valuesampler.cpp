// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include "plot/valuesampler_p.h"

#include "plot/plottable_p.h"

#include <algorithm>
#include <bit>
#include <set>
#include <utility>

namespace Recorders::Internal {

namespace {

constexpr double noNumber = std::numeric_limits<double>::quiet_NaN();

double numberOf(const QVariant &value)
{
    return isPlottable(value) ? value.toDouble() : noNumber;
}

double numberOf(const MetricSnapshot &metric, const QString &dimension)
{
    if (!dimension.isEmpty())
        return numberOf(metric.value(dimension));
    const QList<Dimension> dimensions = metric.dimensions();
    return dimensions.isEmpty() ? noNumber : numberOf(dimensions.first().value);
}

} // namespace

ValueSampler::ValueSampler(QObject *parent)
    : ValueSampler([] { return std::chrono::steady_clock::now().time_since_epoch(); }, parent)
{
}

ValueSampler::ValueSampler(Clock clock, QObject *parent)
    : QObject(parent)
    , m_clock(std::move(clock))
{
}

ValueSampler::~ValueSampler() = default;

void ValueSampler::setSource(SnapshotSource *source)
{
    if (m_source == source)
        return;
    m_source = source;
    m_subscriptions.clear();
    m_watched.clear();
    m_clockOffset.reset();
}

// What was not looked at is not known, and no line is drawn there.
void ValueSampler::setActive(bool active)
{
    if (std::exchange(m_isActive, active) == active)
        return;
    for (const auto &subscription : m_subscriptions)
        subscription.second->setPaused(!active);
    for (const Watched &watched : std::as_const(m_watched)) {
        if (!active) {
            watched.value.history->breakLine();
            watched.value.rate->breakLine();
        }
    }
}

QList<ValueSampler::Value> ValueSampler::watch(const QList<ValueKey> &keys)
{
    QList<Value> values;
    quint64 colors = 0;
    for (const ValueKey &key : keys.first(std::min(keys.size(), maxValues)))
        values.append(take(key, &colors));
    while (m_watched.size() > maxValues)
        m_watched.removeLast();
    shareMemory();
    subscribe();
    return values;
}

// Makes it the last one that was looked at, with a color that is not among those.
ValueSampler::Value ValueSampler::take(const ValueKey &key, quint64 *colors)
{
    Watched watched{ key, {}, noNumber };
    const auto known = std::find_if(m_watched.cbegin(), m_watched.cend(),
                                    [&key](const Watched &other) { return other.key == key; });
    if (known != m_watched.cend()) {
        watched = *known;
        m_watched.erase(known);
    } else {
        watched.value.history = std::make_shared<SampleHistory>();
        watched.value.rate = std::make_shared<SampleHistory>();
        m_subscriptions.erase(key.entityId); // a new one begins with all values
    }
    if ((*colors >> watched.value.color) & 1)
        watched.value.color = std::countr_one(*colors);
    *colors |= quint64(1) << watched.value.color;
    m_watched.prepend(watched);
    return watched.value;
}

// Few values are known for longer than many.
void ValueSampler::shareMemory()
{
    const qsizetype histories = 2 * std::max(m_watched.size(), qsizetype(1));
    const qsizetype capacity = std::min(SampleHistory::defaultCapacity,
                                        maxBytes / (histories * qsizetype(sizeof(Sample))));
    for (const Watched &watched : std::as_const(m_watched)) {
        for (const auto &history : { watched.value.history, watched.value.rate }) {
            if (history->capacity() != capacity)
                history->setCapacity(capacity);
        }
    }
}

qsizetype ValueSampler::bytes() const
{
    qsizetype bytes = 0;
    for (const Watched &watched : m_watched)
        bytes += watched.value.history->bytes() + watched.value.rate->bytes();
    return bytes;
}

void ValueSampler::subscribe()
{
    std::set<QString> wanted;
    for (const Watched &watched : std::as_const(m_watched))
        wanted.insert(watched.key.entityId);
    std::erase_if(m_subscriptions,
                  [&wanted](const auto &entry) { return !wanted.contains(entry.first); });
    for (const QString &entityId : wanted) {
        auto &subscription = m_subscriptions[entityId];
        if (!subscription) {
            subscription = std::make_unique<SnapshotSubscription>(nullptr);
            connect(subscription.get(), &SnapshotSubscription::updated, this,
                    [this, entityId](const SnapshotUpdate &update) { receive(entityId, update); });
            connect(subscription.get(), &SnapshotSubscription::unchanged, this,
                    [this, entityId] { sample(entityId, now()); });
            subscription->setEntityId(entityId);
            subscription->setPaused(!m_isActive);
            subscription->setSource(m_source);
        }
    }
}

void ValueSampler::receive(const QString &entityId, const SnapshotUpdate &update)
{
    const auto recorder = std::find_if(
            update.recorders.begin(), update.recorders.end(),
            [&entityId](const RecorderSnapshot &other) { return other.entityId == entityId; });
    const bool isTold = recorder != update.recorders.end();
    if (isTold)
        receive(*recorder);
    else if (update.isComplete || update.removed.contains(entityId))
        forget(entityId);
    sample(entityId, localTime(update));
}

void ValueSampler::receive(const RecorderSnapshot &recorder)
{
    for (Watched &watched : m_watched) {
        if (watched.key.entityId != recorder.entityId)
            continue;
        const auto metric = std::find_if(recorder.metrics.begin(), recorder.metrics.end(),
                                         [&watched](const MetricSnapshot &other) {
                                             return other.name() == watched.key.metric;
                                         });
        if (metric != recorder.metrics.end())
            watched.number = numberOf(*metric, watched.key.dimension);
        else if (recorder.isComplete)
            watched.number = noNumber;
    }
}

void ValueSampler::forget(const QString &entityId)
{
    for (Watched &watched : m_watched) {
        if (watched.key.entityId == entityId)
            watched.number = noNumber;
    }
}

void ValueSampler::sample(const QString &entityId, std::chrono::nanoseconds time)
{
    for (const Watched &watched : std::as_const(m_watched)) {
        if (watched.key.entityId != entityId)
            continue;
        watched.value.history->append(time, watched.number);
        watched.value.rate->append(time,
                                   watched.value.history->growthPerSecond(std::chrono::seconds(1)));
    }
    Q_EMIT sampled();
}

// The source's clock may be another machine's. The update that took least time to come tells best
// how far they are apart.
std::chrono::nanoseconds ValueSampler::localTime(const SnapshotUpdate &update)
{
    const auto offset = now() - update.time;
    m_clockOffset = std::min(offset, m_clockOffset.value_or(offset));
    return update.time + *m_clockOffset;
}

} // namespace Recorders::Internal
