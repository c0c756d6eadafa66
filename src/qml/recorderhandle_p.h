// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QJSValue>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QString>

#include <QtQml/qqml.h>

#include <memory>

namespace Recorders::Internal {

// A recorder of a runtime, for QML: in the thread of QML, and there even if the recorder is not.
class RecorderHandle : public QObject
{
    Q_OBJECT
    QML_NAMED_ELEMENT(MetricsRecorder)
    Q_PROPERTY(Recorders::MetricsRuntime *runtime READ runtime WRITE setRuntime NOTIFY
                       runtimeChanged FINAL)
    Q_PROPERTY(QString entityId READ entityId WRITE setEntityId NOTIFY entityIdChanged FINAL)
    Q_PROPERTY(bool available READ isAvailable NOTIFY errorChanged FINAL)
    Q_PROPERTY(QString error READ error NOTIFY errorChanged FINAL)

public:
    explicit RecorderHandle(QObject *parent = nullptr);
    ~RecorderHandle() override;

    MetricsRuntime *runtime() const { return m_runtime; }
    void setRuntime(Recorders::MetricsRuntime *runtime);
    QString entityId() const { return m_entityId; }
    void setEntityId(const QString &entityId);

    bool isAvailable() const { return m_error.isEmpty(); } // it takes events
    QString error() const { return m_error; } // why it does not

    Q_INVOKABLE Recorders::RegisterResult registerEvent(const QString &name,
                                                        const QJSValue &fields = QJSValue());
    Q_INVOKABLE QList<Recorders::MetricSnapshot> latestSnapshots() const;
    Q_INVOKABLE Recorders::RecorderStatistics statistics() const;

Q_SIGNALS:
    void runtimeChanged(Recorders::MetricsRuntime *runtime);
    void entityIdChanged(const QString &entityId);
    void errorChanged(const QString &error);

private:
    void find();
    bool isAccepting() const;
    QString currentError() const;
    void updateError();
    void warn(const QString &text);

    QPointer<MetricsRuntime> m_runtime;
    QString m_entityId;
    std::shared_ptr<Recorder> m_recorder; // null: there is none yet
    QString m_error;
    QSet<QString> m_warnings; // which are not said twice
};

} // namespace Recorders::Internal
