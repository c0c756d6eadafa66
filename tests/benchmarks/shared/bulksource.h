// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/snapshotsource.h>

#include <QFuture>

#include <limits>
#include <random>
#include <vector>

namespace Benchmarks {

// How many there are, in recorders of ten metrics with one value each.
struct Size
{
    int recorders;
    int metrics() const { return recorders * metricsPerRecorder; }

    static constexpr int metricsPerRecorder = 10;
};
inline constexpr Size hundredThousand{ 10'000 };
inline constexpr Size million{ 100'000 };

Size scaled(Size size); // with --quick a hundredth

// A source whose answers are ready when it is asked, so that what is measured is what the model
// does with them.
class BulkSource : public Recorders::SnapshotSource
{
public:
    explicit BulkSource(Size size);

    void prepareChange(int metrics); // of as many recorders, as far as there are so many
    // Recorders in an update, as a runtime cuts them. Otherwise it says everything at once.
    void setMaxUpdateSize(qsizetype recorders) { m_maxUpdateSize = recorders; }
    bool hasMore() const
    {
        return m_introduced < m_ids.size() || m_toldCount < m_update.recorders.size();
    }

    QString name() const override { return QStringLiteral("bulk"); }
    Recorders::RuntimeState state() const override { return Recorders::RuntimeState::Running; }
    quint64 version() const override { return m_update.version; }
    QFuture<Recorders::SnapshotUpdate>
    changesSince(const Recorders::SnapshotRequest &request) override;

private:
    Recorders::RecorderSnapshot snapshotOf(int recorder) const;
    Recorders::SnapshotUpdate introduction(); // all that the recorders have, or a part
    Recorders::SnapshotUpdate nextPart();
    quint64 partsLeft() const;

    std::vector<QString> m_ids;
    std::vector<QString> m_metricNames;
    std::vector<qint64> m_values;
    std::mt19937 m_random{ 20261125 };
    Recorders::SnapshotUpdate m_update;
    qsizetype m_maxUpdateSize = std::numeric_limits<qsizetype>::max();
    std::size_t m_introduced = 0; // recorders
    qsizetype m_toldCount = 0; // recorders of m_update
};

} // namespace Benchmarks
