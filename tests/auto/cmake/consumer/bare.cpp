// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// Compiled without exceptions and run-time type information.

#include <recorders/core/metricsruntime.h>

#include <QCoreApplication>

struct Knock
{
    int count = 1;
};

class Knocks : public Recorders::TypedMetric<Knock>
{
public:
    using TypedMetric::TypedMetric;

    bool handle(const Knock &knock) override
    {
        m_total += knock.count;
        return true;
    }
    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name()).add(QStringLiteral("total"), m_total);
    }

private:
    int m_total = 0;
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Recorders::MetricsRuntime runtime(QStringLiteral("bare"));
    if (!runtime.start())
        return 1;
    const auto recorder = runtime.createRecorder(QStringLiteral("door"));
    recorder->registerMetric(std::make_unique<Knocks>(QStringLiteral("knocks")));
    recorder->registerEvent(Knock{ 3 });
    recorder->registerEvent(QStringLiteral("no knock"));
    const QList<Recorders::MetricSnapshot> snapshots = recorder->metricSnapshots();
    return snapshots.size() == 1 && snapshots.at(0).value(u"total").toInt() == 3 ? 0 : 1;
}
