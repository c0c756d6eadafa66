// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/dynamicevent.h>
#include <recorders/metrics/number.h>
#include <recorders/recorders_export.h>

#include <QString>

#include <utility>

namespace Recorders {

namespace Internal {

class EventNamed
{
public:
    explicit EventNamed(QString name)
        : m_name(std::move(name))
    {
    }
    bool operator()(const DynamicEvent &event) const { return event.name == m_name; }

private:
    QString m_name;
};

class RECORDERS_EXPORT NumberField
{
public:
    explicit NumberField(QString key)
        : m_key(std::move(key))
    {
    }
    Number operator()(const DynamicEvent &event) const; // NaN: it is not there, or no number

private:
    QString m_key;
};

class RECORDERS_EXPORT TextField
{
public:
    explicit TextField(QString key)
        : m_key(std::move(key))
    {
    }
    QString operator()(const DynamicEvent &event) const; // "(none)": it is not there

private:
    QString m_key;
};

} // namespace Internal

// What standard metrics of a DynamicEvent are made of:
//     CounterMetric<DynamicEvent>(name).when(eventNamed(…)).by(textField(…))
//     HistogramMetric(name, numberField(…)).when(eventNamed(…))
inline Internal::EventNamed eventNamed(QString name)
{
    return Internal::EventNamed(std::move(name));
}
inline Internal::NumberField numberField(QString key)
{
    return Internal::NumberField(std::move(key));
}
inline Internal::TextField textField(QString key)
{
    return Internal::TextField(std::move(key));
}

} // namespace Recorders
