// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/recorders_export.h>

#include <QObject>
#include <QString>
#include <QVariant>

#include <memory>

Q_MOC_INCLUDE("recorders/core/metricsruntime.h")
Q_MOC_INCLUDE("recorders/core/snapshotsource.h")

namespace Recorders {

class MetricValuePrivate;
class MetricsRuntime;
class SnapshotSource;

// One dimension of one metric, live. Those of one source share what it takes to know them.
class RECORDERS_EXPORT MetricValue : public QObject
{
    Q_OBJECT
    Q_PROPERTY(
            Recorders::MetricsRuntime *runtime READ runtime WRITE setRuntime NOTIFY runtimeChanged)
    Q_PROPERTY(Recorders::SnapshotSource *source READ source WRITE setSource NOTIFY sourceChanged)
    Q_PROPERTY(QString entityId READ entityId WRITE setEntityId NOTIFY entityIdChanged)
    Q_PROPERTY(QString metric READ metric WRITE setMetric NOTIFY metricChanged)
    Q_PROPERTY(QString dimension READ dimension WRITE setDimension NOTIFY dimensionChanged)
    Q_PROPERTY(int refreshInterval READ refreshInterval WRITE setRefreshInterval NOTIFY
                       refreshIntervalChanged)
    Q_PROPERTY(QVariant value READ scriptValue NOTIFY valueChanged)
    Q_PROPERTY(QString exactText READ exactText NOTIFY valueChanged)
    Q_PROPERTY(QString text READ text NOTIFY textChanged)
    Q_PROPERTY(QString unit READ unit NOTIFY unitChanged)
    Q_PROPERTY(double rate READ rate NOTIFY rateChanged)
    Q_PROPERTY(QString rateText READ rateText NOTIFY rateTextChanged)
    Q_PROPERTY(bool valid READ isValid NOTIFY validChanged)
    Q_PROPERTY(bool stale READ isStale NOTIFY staleChanged)
    Q_PROPERTY(QString errorString READ errorString NOTIFY errorStringChanged)

public:
    explicit MetricValue(QObject *parent = nullptr);
    ~MetricValue() override;

    MetricsRuntime *runtime() const;
    void setRuntime(Recorders::MetricsRuntime *runtime); // the source of that runtime
    SnapshotSource *source() const;
    void setSource(Recorders::SnapshotSource *source); // does not take ownership
    QString entityId() const;
    void setEntityId(const QString &entityId);
    QString metric() const;
    void setMetric(const QString &name);
    QString dimension() const; // empty: the first one of the metric
    void setDimension(const QString &name);
    int refreshInterval() const; // ms
    void setRefreshInterval(int milliseconds); // at least 1

    QVariant value() const; // exact
    QString exactText() const; // all digits
    QString text() const; // formatted with its unit
    QString unit() const; // the UCUM code
    double rate() const; // per second; 0 if there is none
    QString rateText() const; // formatted; empty if there is none
    bool isValid() const; // there is a value, and it is that of now
    bool isStale() const; // there is one, but it is the last that was known
    QString errorString() const; // why it is not valid

Q_SIGNALS: // a name would hide the property of that name in a handler of QML
    void runtimeChanged(Recorders::MetricsRuntime *);
    void sourceChanged(Recorders::SnapshotSource *);
    void entityIdChanged(const QString &);
    void metricChanged(const QString &);
    void dimensionChanged(const QString &);
    void refreshIntervalChanged(int);
    void valueChanged();
    void textChanged(const QString &);
    void unitChanged(const QString &);
    void rateChanged(double);
    void rateTextChanged(const QString &);
    void validChanged(bool);
    void staleChanged(bool);
    void errorStringChanged(const QString &);

private:
    Q_DISABLE_COPY_MOVE(MetricValue)
    friend class MetricValuePrivate;

    QVariant scriptValue() const;

    std::unique_ptr<MetricValuePrivate> const d;
};

} // namespace Recorders
