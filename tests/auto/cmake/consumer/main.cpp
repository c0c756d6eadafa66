// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

// What a user writes, after the examples of the contract. It checks its own results.

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>
#include <recorders/metrics/standardmetrics.h>
#include <recorders/model/snapshotmodel.h>

#include <QCoreApplication>
#include <QDebug>
#include <QThread>

#include <chrono>
#include <cstdlib>
#include <memory>

// An event.
struct DocumentSaveAttempt
{
    static constexpr char eventType[] = "document_storage.save.attempt";
    enum class Outcome { Success, Failure };
    Outcome outcome;
    std::chrono::nanoseconds duration{};
};

// An event type of somebody else.
namespace Foreign {
struct PacketReceived
{
    int bytes;
};
} // namespace Foreign

template <>
struct Recorders::EventTraits<Foreign::PacketReceived>
{
    static constexpr char eventType[] = "network.packet.received";
};

// A metric of one's own.
class DocumentSaveAttempts : public Recorders::Metric
{
public:
    DocumentSaveAttempts()
        : Metric(QStringLiteral("document_storage.save.attempts"))
    {
    }

    bool handleEvent(const Recorders::MetricEvent &event) override
    {
        const auto *attempt = event.as<DocumentSaveAttempt>();
        if (!attempt)
            return false;
        ++m_total;
        ++(attempt->outcome == DocumentSaveAttempt::Outcome::Success ? m_success : m_failure);
        m_longest = std::max(m_longest, attempt->duration);
        return true;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name())
                .add(QStringLiteral("total"), m_total)
                .add(QStringLiteral("success_total"), m_success)
                .add(QStringLiteral("failure_total"), m_failure)
                .add(QStringLiteral("longest"), m_longest);
    }

private:
    qint64 m_total = 0, m_success = 0, m_failure = 0;
    std::chrono::nanoseconds m_longest{};
};

// A metric of two event types.
class Traffic : public Recorders::TypedMetric<Foreign::PacketReceived, DocumentSaveAttempt>
{
public:
    Traffic()
        : TypedMetric(QStringLiteral("traffic"))
    {
    }

    bool handle(const Foreign::PacketReceived &packet) override
    {
        m_bytes += packet.bytes;
        return true;
    }
    bool handle(const DocumentSaveAttempt &) override
    {
        ++m_saves;
        return true;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        return Recorders::MetricSnapshot(name())
                .add(QStringLiteral("bytes"), m_bytes, Recorders::Unit::bytes(),
                     Recorders::MetricKind::Counter)
                .add(QStringLiteral("saves"), m_saves);
    }

private:
    qint64 m_bytes = 0;
    int m_saves = 0;
};

// A production component: metrics are optional.
class DocumentStorage
{
public:
    explicit DocumentStorage(std::shared_ptr<Recorders::MetricsRecorder> recorder = {})
        : m_recorder(std::move(recorder))
    {
        if (m_recorder)
            m_recorder->registerMetric(std::make_unique<DocumentSaveAttempts>());
    }

    bool save(const QString &path)
    {
        using Outcome = DocumentSaveAttempt::Outcome;
        const bool isSaved = !path.isEmpty();
        if (m_recorder) {
            m_recorder->registerEvent(DocumentSaveAttempt{
                    isSaved ? Outcome::Success : Outcome::Failure, std::chrono::milliseconds(3) });
        }
        return isSaved;
    }

private:
    std::shared_ptr<Recorders::MetricsRecorder> m_recorder;
};

// A component that knows nothing of recorders but the event that it emits.
class Connection : public QObject
{
    Q_OBJECT

public:
    void receive(int bytes)
    {
        Q_EMIT happened(Recorders::MetricEvent(Foreign::PacketReceived{ bytes }));
    }

Q_SIGNALS:
    void happened(const Recorders::MetricEvent &event);
};

// A recorder with hooks.
class ConnectionRecorder : public Recorders::Recorder
{
    Q_OBJECT

public:
    ConnectionRecorder(const QString &entityId, const Recorders::RecorderOptions &options,
                       int *changes)
        : Recorder(entityId, options)
        , m_changes(changes)
    {
    }

protected:
    void onStarting() override { registerMetric(std::make_unique<Traffic>()); }
    void onStopped() override { *m_changes += 1000; }
    void onMetricChanged(const Recorders::Metric &, const Recorders::MetricEvent &event) override
    {
        if (event.type() == QLatin1String("network.packet.received"))
            ++*m_changes;
    }

private:
    int *const m_changes;
};

static void check(bool isTrue, const char *what)
{
    if (isTrue)
        return;
    qCritical() << "not true:" << what;
    std::exit(1);
}
#define CHECK(expression) check(expression, #expression)

static void recordADocumentStorage(Recorders::MetricsRuntime &runtime)
{
    const auto recorder = runtime.createRecorder(QStringLiteral("document_storage"));
    CHECK(recorder != nullptr);
    DocumentStorage storage(recorder);
    DocumentStorage unmeasured;

    CHECK(storage.save(QStringLiteral("a")) && !storage.save(QString()));
    CHECK(unmeasured.save(QStringLiteral("a")));

    const QList<Recorders::MetricSnapshot> snapshots = recorder->metricSnapshots();
    for (const Recorders::MetricSnapshot &snapshot : snapshots)
        qInfo().noquote() << snapshot.name() << snapshot.value(u"total").toLongLong();
    CHECK(snapshots.size() == 1);
    CHECK(snapshots.at(0).value(u"total").toLongLong() == 2);
    CHECK(snapshots.at(0).value(u"failure_total").toLongLong() == 1);
    CHECK(snapshots.at(0).value(u"longest").toLongLong() == 3'000'000);
    CHECK(snapshots.at(0).toJson().value(QStringLiteral("name")).toString()
          == snapshots.at(0).name());
}

static void recordAConnection(Recorders::MetricsRuntime &runtime)
{
    int changes = 0;
    Connection connection;
    Recorders::Error error;
    const std::shared_ptr<ConnectionRecorder> recorder = runtime.createRecorder<ConnectionRecorder>(
            QStringLiteral("connection-001"), {}, &error, &changes);
    CHECK(recorder != nullptr && !error);
    CHECK(!runtime.createRecorder<ConnectionRecorder>(QStringLiteral("connection-001"), {}, &error,
                                                      &changes));
    CHECK(error.code() == Recorders::ErrorCode::AlreadyExists);
    CHECK(!recorder->start().result()); // joins the start in progress: Traffic is there then
    QObject::connect(&connection, &Connection::happened, recorder.get(),
                     &Recorders::Recorder::registerMetricEvent, Qt::DirectConnection);

    connection.receive(40);
    connection.receive(2);

    const QList<Recorders::MetricSnapshot> snapshots = recorder->metricSnapshots();
    CHECK(snapshots.size() == 1 && snapshots.at(0).value(u"bytes").toInt() == 42);
    CHECK(recorder->registerEvent(7) == Recorders::RegisterResult::Accepted);
    CHECK(runtime.removeRecorder(QStringLiteral("connection-001")));
    CHECK(!recorder->stop().result());
    CHECK(recorder->registerEvent(7) == Recorders::RegisterResult::NotRunning);
    CHECK(changes == 1002);
    const Recorders::RecorderStatistics statistics = recorder->statistics();
    CHECK(statistics.accepted == 3 && statistics.handled == 3 && statistics.notRunning == 1);
}

// A MetricEvent in a queued signal, into another thread.
static void sendAnEventAcrossThreads()
{
    QThread thread;
    QObject receiver;
    Connection connection;
    int bytes = 0;
    receiver.moveToThread(&thread);
    QObject::connect(&connection, &Connection::happened, &receiver,
                     [&](const Recorders::MetricEvent &event) {
                         bytes = event.as<Foreign::PacketReceived>()->bytes;
                         thread.quit();
                     });
    thread.start();

    connection.receive(42);
    thread.wait();

    CHECK(bytes == 42);
}

static void recordByStandardMetrics(Recorders::MetricsRuntime &runtime)
{
    using Attempt = DocumentSaveAttempt;
    const auto recorder = runtime.createRecorder(QStringLiteral("standard"));
    const std::shared_ptr<Recorders::MetricsRecorder> none;

    CHECK(recorder->registerMetric(
            Recorders::counter<Attempt>(QStringLiteral("saves")).by(&Attempt::outcome)));
    CHECK(recorder->registerMetric(
            Recorders::histogram<Attempt>(QStringLiteral("duration")).of(&Attempt::duration)));
    Recorders::Error error;
    CHECK(!recorder->registerMetric(
            Recorders::counter<Attempt>(QStringLiteral("none")).by(&Attempt::outcome, 0), &error));
    CHECK(error.code() == Recorders::ErrorCode::InvalidArgument);
    {
        Recorders::ScopedTimer timer(recorder, &Attempt::duration);
        timer->outcome = Attempt::Outcome::Failure;
    }
    CHECK(Recorders::record(recorder, Attempt{}) == Recorders::RegisterResult::Accepted);
    CHECK(Recorders::record(none, Attempt{}) == Recorders::RegisterResult::NotRunning);

    const QList<Recorders::MetricSnapshot> snapshots = recorder->metricSnapshots();
    CHECK(snapshots.at(0).value(u"total").toInt() == 2);
    CHECK(snapshots.at(0).value(u"Success_total").toInt() == 1);
    CHECK(snapshots.at(1).value(u"max").toLongLong() > 0);
}

static void recordByHand()
{
    Recorders::Recorder recorder(QStringLiteral("by-hand"));
    recorder.registerMetric(std::make_unique<Traffic>());

    recorder.registerEvent(Foreign::PacketReceived{ 42 });

    CHECK(recorder.flush());
    CHECK(recorder.latestSnapshots().at(0).value(u"bytes").toInt() == 42);
    Recorders::Error error;
    CHECK(recorder.metricSnapshots(&error).at(0).value(u"bytes").toInt() == 42 && !error);
    CHECK(!recorder.stop().result());
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Recorders::MetricsRuntime runtime(QStringLiteral("example.metrics"));
    Recorders::Error error;
    CHECK(runtime.start(&error) && !error);

    recordADocumentStorage(runtime);
    recordAConnection(runtime);
    sendAnEventAcrossThreads();
    recordByStandardMetrics(runtime);
    recordByHand();

    Recorders::SnapshotModel model;
    model.setRuntime(&runtime);
    CHECK(!runtime.createRecorder(QString(), {}, &error));
    CHECK(error.code() == Recorders::ErrorCode::InvalidArgument);
    CHECK(runtime.shutdown());
    return 0;
}

#include "main.moc"
