// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <recorders/core/dynamicevent.h>
#include <recorders/core/number.h>
#include <recorders/recorders_export.h>

#include <QString>

#include <utility>

namespace Recorders {

namespace Internal {

class EventOfType
{
public:
    explicit EventOfType(QString type)
        : m_type(std::move(type))
    {
    }
    bool operator()(const DynamicEvent &event) const { return event.type == m_type; }

private:
    QString m_type;
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
//     counter<DynamicEvent>(name).when(eventOfType(…)).by(textField(…))
//     histogram<DynamicEvent>(name).of(numberField(…)).when(eventOfType(…))
inline Internal::EventOfType eventOfType(QString type)
{
    return Internal::EventOfType(std::move(type));
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
