// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#include <recorders/core/metricsruntime.h>
#include <recorders/inspector/inspectorwindow.h>

#include <QApplication>
#include <QDebug>
#include <QDir>
#include <QSaveFile>

#include <algorithm>
#include <chrono>
#include <memory>

// An event: any type that moves without throwing. It counts nothing.
struct DocumentSaveAttempt
{
    enum class Outcome { Success, Failure };
    Outcome outcome = Outcome::Failure;
    std::chrono::nanoseconds duration{};
};

// A metric turns events into state. It is called on one thread only, so it needs no locks.
class DocumentSaveAttempts : public Recorders::TypedMetric<DocumentSaveAttempt>
{
public:
    DocumentSaveAttempts()
        : TypedMetric(QStringLiteral("document_storage.save.attempts"))
    {
    }

    bool handle(const DocumentSaveAttempt &attempt) override // true: the state changed
    {
        ++m_total;
        if (attempt.outcome == DocumentSaveAttempt::Outcome::Failure)
            ++m_failures;
        m_longest = std::max(m_longest, attempt.duration);
        return true;
    }

    Recorders::MetricSnapshot snapshot() const override
    {
        using Recorders::MetricKind;
        return Recorders::MetricSnapshot(name())
                .add(QStringLiteral("total"), m_total, {}, MetricKind::Counter)
                .add(QStringLiteral("failure_total"), m_failures, {}, MetricKind::Counter)
                .add(QStringLiteral("longest"), m_longest, MetricKind::Gauge);
    }

private:
    qint64 m_total = 0;
    qint64 m_failures = 0;
    std::chrono::nanoseconds m_longest{};
};

// Your component. It works the same with and without a recorder.
class DocumentStorage
{
public:
    explicit DocumentStorage(std::shared_ptr<Recorders::MetricsRecorder> recorder = {})
        : m_recorder(std::move(recorder))
    {
        if (m_recorder)
            m_recorder->registerMetric(std::make_unique<DocumentSaveAttempts>());
    }

    bool save(const QString &path, const QByteArray &content)
    {
        using Outcome = DocumentSaveAttempt::Outcome;
        const auto begin = std::chrono::steady_clock::now();
        QSaveFile file(path);
        const bool isSaved = file.open(QIODevice::WriteOnly)
                && file.write(content) == content.size()
                && file.flush() // which commit() does, too, but without a check
                && file.commit();
        if (m_recorder) {
            m_recorder->registerEvent(
                    DocumentSaveAttempt{ isSaved ? Outcome::Success : Outcome::Failure,
                                         std::chrono::steady_clock::now() - begin });
        }
        return isSaved;
    }

private:
    std::shared_ptr<Recorders::MetricsRecorder> m_recorder;
};

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    Recorders::MetricsRuntime runtime(QStringLiteral("example.metrics"));
    runtime.start();
    const auto recorder = runtime.createRecorder(QStringLiteral("document_storage"));

    DocumentStorage storage(recorder);
    storage.save(QDir::temp().filePath(QStringLiteral("hello.txt")), QByteArrayLiteral("hello"));
    storage.save(QString(), QByteArrayLiteral("no name: this fails"));

    for (const Recorders::MetricSnapshot &snapshot : recorder->metricSnapshots())
        qInfo().noquote() << snapshot.name() << snapshot.value(u"total").toLongLong();

    Recorders::InspectorWindow inspector(&runtime);
    inspector.show();
    return QApplication::exec();
}
