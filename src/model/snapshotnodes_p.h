// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include "model/announcements_p.h"
#include "model/nodedimensions_p.h"
#include "model/nodeid_p.h"
#include "model/ratewindow_p.h"

#include <recorders/core/snapshotsource.h>

#include <memory>
#include <optional>
#include <vector>

namespace Recorders::Internal {

// The rate of one value. Holds samples only while the value changes.
class ValueRate
{
public:
    using Time = RateWindow::Time;
    enum class Fall {
        Restart, // a counter begins anew
        ToZero, // of what may be a counter that was reset
        ToAnother, // it is no counter
    };

    ValueRate() = default;
    ValueRate(ValueRate &&other) noexcept = default;
    ValueRate &operator=(ValueRate &&other) noexcept;

    void grow(Time then, const Growth &growth, Time now); // it stood still since `then`
    void fall(Time now, Fall fall, bool isWhole);
    bool settle(Time now); // true if it has just come to rest
    void fetch() const // what hangs on it
    {
        if (m_window)
            m_window->fetch();
    }

    double perSecond() const { return m_perSecond; }
    bool isMoving() const { return m_window.has_value(); }
    bool isRestarted() const { return m_isRestarted; } // a counter that went backwards
    bool hasNone() const { return m_doubt != Doubt::None; } // it goes up and down
    bool isGauge() const { return m_doubt == Doubt::Settled; } // and always will

private:
    enum class Doubt : qint8 { None, GrewOnce, IsZero, Settled }; // that it is a counter

    std::optional<RateWindow> m_window;
    double m_perSecond = 0;
    bool m_isRestarted = false;
    Doubt m_doubt = Doubt::None;
};

struct MetricNode
{
    MetricNode(RecorderNode *owner, const MetricSnapshot &first, RateWindow::Time now,
               qint64 wallTime);
    ~MetricNode();

    const QString &name() const { return dimensions.data().name(); }
    const QString &description() const { return dimensions.data().description(); }
    MetricState state() const { return dimensions.data().state(); }
    QString errorString() const { return dimensions.data().errorString(); }

    // Null if the dimension has no rate: it is no number, or goes up and down.
    std::optional<double> rate(int dimension) const;
    bool isRestarted(int dimension) const;
    void settleRates(); // all rows that come have come

    const ValueRate *rateOf(int dimension) const; // null: it never changed

    const quintptr key; // in the table of the recorder's
    RecorderNode *const recorder;
    NodeDimensions dimensions;
    std::vector<ValueRate> rates; // by place of the dimension, or empty while none ever changed
    RateWindow::Time since; // first seen
    qint64 lastChanged; // ms of the epoch
    quint64 settlePlace = 0; // of the SettleQueue
    int row = 0;
    mutable bool isLookedInto = false; // somebody has an index of a dimension
    mutable ChangeKinds announced = AnyChange; // of all rows, and not read since

private:
    Q_DISABLE_COPY_MOVE(MetricNode)
};

struct RecorderNode
{
    explicit RecorderNode(NodeTable *table)
        : key(table, this)
    {
    }

    static std::unique_ptr<RecorderNode> of(const RecorderSnapshot &snapshot, NodeTable *table,
                                            RateWindow::Time now, qint64 wallTime);

    const NodeKey key;
    QString entityId;
    quint64 generation = 0;
    quint64 resets = 0;
    RecorderState state = RecorderState::Created;
    bool isRemoved = false; // the source has it no more; it is kept
    bool isBehind = false; // its metrics may have changed since they were told
    quint32 round = 0; // the complete update that has mentioned it, or a later one
    RecorderStatistics statistics;
    Error error;
    std::vector<std::unique_ptr<MetricNode>> metrics; // in natural order of their names
    ValueRate rate; // of the events handled
    RateWindow::Time since{};
    qint64 lastChanged = 0; // ms of the epoch: it or one of its metrics
    quint64 settlePlace = 0; // of the SettleQueue
    mutable int rowHint = 0; // where it was seen last
    mutable bool isLookedInto = false; // somebody has an index of a metric
    mutable bool isReadBelow = false; // somebody has read a metric or a dimension of it
    mutable bool areStatisticsRead = false; // there, since they were announced last
    mutable ChangeKinds announced = AnyChange; // of its own row, and not read since
    mutable bool isWanted = false; // of MetricDemand, as are the following
    mutable bool isUnread = false; // a change of its metrics
    mutable RateWindow::Time unreadSince{};
};

// A counter, or what may be one.
bool mayHaveRate(const DimensionView &dimension);

bool isMetricBefore(const std::unique_ptr<MetricNode> &node, QStringView name); // in their order
// Where the metric is, or belongs; most likely where it is expected.
std::size_t metricRow(const RecorderNode &recorder, const QString &name, std::size_t expected);
qsizetype quarantinedOf(MetricState state); // 1 or 0
qsizetype quarantinedOf(const RecorderNode &recorder); // of its metrics

} // namespace Recorders::Internal
