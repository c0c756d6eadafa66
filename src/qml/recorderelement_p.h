// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/metricsruntime.h>
#include <recorders/core/recorder.h>

#include <QJSValue>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QQmlParserStatus>
#include <QSet>
#include <QString>
#include <QTimer>

#include <QtQml/qqml.h>

#include <memory>

namespace Recorders::Internal {

// A recorder of a runtime, for QML: in the thread of QML, and there even if the recorder is not. A
// Recorder itself lives in another thread, and QML must not know it.
class RecorderElement : public QObject, public QQmlParserStatus
{
    Q_OBJECT
    Q_INTERFACES(QQmlParserStatus)
    QML_NAMED_ELEMENT(Recorder)
    Q_PROPERTY(Recorders::MetricsRuntime *runtime READ runtime WRITE setRuntime NOTIFY
                       runtimeChanged FINAL)
    Q_PROPERTY(QString entityId READ entityId WRITE setEntityId NOTIFY entityIdChanged FINAL)
    Q_PROPERTY(bool create READ creates WRITE setCreate NOTIFY createChanged FINAL)
    Q_PROPERTY(Recorders::RecorderState state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool available READ isAvailable NOTIFY errorStringChanged FINAL)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorStringChanged FINAL)
    Q_PROPERTY(double pending READ pending NOTIFY pendingChanged FINAL)
    Q_PROPERTY(double dropped READ dropped NOTIFY droppedChanged FINAL)

public:
    explicit RecorderElement(QObject *parent = nullptr);
    ~RecorderElement() override;

    MetricsRuntime *runtime() const { return m_runtime; }
    void setRuntime(Recorders::MetricsRuntime *runtime);
    QString entityId() const { return m_entityId; }
    void setEntityId(const QString &entityId);
    bool creates() const { return m_creates; }
    void setCreate(bool create); // a recorder where there is none

    RecorderState state() const { return m_shown.state; }
    bool isAvailable() const { return m_shown.error.isEmpty(); } // it takes events
    QString errorString() const { return m_shown.error; } // why it does not
    double pending(); // events
    double dropped(); // or rejected

    Q_INVOKABLE Recorders::RegisterResult registerEvent(const QString &type,
                                                        const QJSValue &payload = QJSValue());
    Q_INVOKABLE QList<Recorders::MetricSnapshot> latestSnapshots() const;
    Q_INVOKABLE Recorders::RecorderStatistics statistics() const;

Q_SIGNALS: // a name would hide the property of that name in a handler of QML
    void runtimeChanged(Recorders::MetricsRuntime *);
    void entityIdChanged(const QString &);
    void createChanged(bool);
    void stateChanged(Recorders::RecorderState);
    void errorStringChanged(const QString &);
    void pendingChanged();
    void droppedChanged();

protected:
    void classBegin() override { m_isComplete = false; }
    void componentComplete() override;
    void connectNotify(const QMetaMethod &signal) override;
    void disconnectNotify(const QMetaMethod &signal) override;

private:
    struct Shown
    {
        RecorderState state = RecorderState::Created;
        QString error;
    };
    struct Counts
    {
        double pending = 0;
        double dropped = 0;
    };

    bool begin(); // with another recorder; false: a slot has destroyed this
    void find();
    void createIfWanted();
    bool isAccepting() const;
    bool isWatched() const;
    Shown current() const;
    QString whatIsMissing() const;
    Counts counts() const;
    const Counts &shownCounts();
    void update();
    void updateCounts();
    void watchCounts();
    void watchLater(const QMetaMethod &signal);
    void sayWhatIsMissing();
    void warn(const QString &text);

    QPointer<MetricsRuntime> m_runtime;
    QString m_foreignName; // of a runtime that was refused, as it lives in another thread
    QString m_entityId;
    bool m_creates = false;
    bool m_isComplete = true;
    QString m_creationError;
    std::shared_ptr<Recorder> m_recorder; // null: there is none yet
    Shown m_shown;
    Counts m_counts; // that were shown last
    QTimer m_timer;
    QTimer m_patience; // with a recorder that is not there
    QSet<QString> m_warnings; // which are not said twice
};

} // namespace Recorders::Internal
