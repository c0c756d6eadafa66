// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>
#include <QString>
#include <QVariant>

namespace Benchmarks {

// What somebody writes who shows a value in QML without Recorders.
class PlainValue : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QVariant value READ value NOTIFY valueChanged)
    Q_PROPERTY(QString text READ text NOTIFY textChanged)
    Q_PROPERTY(double rate READ rate NOTIFY rateChanged)
    Q_PROPERTY(QString rateText READ rateText NOTIFY rateTextChanged)

public:
    struct Reading
    {
        QVariant value;
        QString text;
        double rate = 0;
        QString rateText;
    };

    QVariant value() const { return m_reading.value; }
    QString text() const { return m_reading.text; }
    double rate() const { return m_reading.rate; }
    QString rateText() const { return m_reading.rateText; }

    void show(const Reading &reading) // of which everything is another one than before
    {
        m_reading = reading;
        Q_EMIT valueChanged();
        Q_EMIT textChanged(reading.text);
        Q_EMIT rateChanged(reading.rate);
        Q_EMIT rateTextChanged(reading.rateText);
    }

Q_SIGNALS:
    void valueChanged();
    void textChanged(const QString &text);
    void rateChanged(double rate);
    void rateTextChanged(const QString &text);

private:
    Reading m_reading;
};

// Counts how often bindings are evaluated that call it.
class Evaluations : public QObject
{
    Q_OBJECT

public:
    Q_INVOKABLE QString counted(const QString &text)
    {
        ++m_count;
        return text;
    }
    int count() const { return m_count; }

private:
    int m_count = 0;
};

} // namespace Benchmarks
