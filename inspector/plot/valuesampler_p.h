// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "plot/samplehistory_p.h"

#include <recorders/core/snapshotsource.h>
#include <recorders/core/snapshotsubscription.h>

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace Recorders::Internal {

// Names one value of a source.
struct ValueKey
{
    QString entityId;
    QString metric;
    QString dimension; // empty: the first one of the metric

    friend bool operator==(const ValueKey &, const ValueKey &) = default;
};

// Keeps the history of some values, those that were looked at last. It asks for the recorders of
// these only, and for nothing while it is not active.
class ValueSampler : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<std::chrono::nanoseconds()>;

    static constexpr qsizetype maxValues = 24;
    static constexpr qsizetype maxBytes = 16 << 20; // of all histories together

    struct Value
    {
        std::shared_ptr<SampleHistory> history;
        std::shared_ptr<SampleHistory> rate; // how much it grew per second, over a second
        int color = 0; // no other value has it that is looked at
    };

    explicit ValueSampler(QObject *parent = nullptr);
    explicit ValueSampler(Clock clock, QObject *parent = nullptr);
    ~ValueSampler() override;

    void setSource(SnapshotSource *source); // does not take ownership; forgets all values
    bool isActive() const { return m_isActive; }
    void setActive(bool active);

    QList<Value> watch(const QList<ValueKey> &keys); // in that order, at most maxValues of them
    qsizetype bytes() const; // of all histories
    std::chrono::nanoseconds now() const { return m_clock(); } // in the time of the samples

Q_SIGNALS:
    void sampled();

private:
    struct Watched
    {
        ValueKey key;
        Value value;
        double number = std::numeric_limits<double>::quiet_NaN(); // as it was told last
    };

    Value take(const ValueKey &key, quint64 *colors);
    void shareMemory();
    void subscribe();
    void receive(const QString &entityId, const SnapshotUpdate &update);
    void receive(const RecorderSnapshot &recorder);
    void forget(const QString &entityId);
    void sample(const QString &entityId, std::chrono::nanoseconds time);
    std::chrono::nanoseconds localTime(const SnapshotUpdate &update);

    const Clock m_clock;
    QPointer<SnapshotSource> m_source;
    std::map<QString, std::unique_ptr<SnapshotSubscription>> m_subscriptions; // by entity id
    QList<Watched> m_watched; // what was looked at last comes first
    std::optional<std::chrono::nanoseconds>
            m_clockOffset; // from the source's clock to the one here
    bool m_isActive = true;
};

} // namespace Recorders::Internal
