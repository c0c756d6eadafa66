// SPDX-FileCopyrightText: 2026 The Recorders Authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJSValue>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <optional>

namespace Recorders::Internal {

// The payload of an event, of a JavaScript object. What can be in no event is left out, and named.
class EventPayload
{
public:
    EventPayload(QJSEngine &engine, const QJSValue &object); // of that engine

    static QString elided(const QString &text); // to be said in a message

    QVariantMap map() const { return m_map; }
    QStringList problems() const { return m_problems; } // 'field "a.b" is a function'

private:
    QVariantMap mapOf(const QJSValue &object);
    QVariantList listOf(const QJSValue &array);
    std::optional<QVariant> valueOf(const QJSValue &value); // nothing: it was refused
    std::optional<QVariant> valueOf(const QJSValue &value, const QJSValue &object,
                                    const QString &name); // of that field of it
    std::optional<QVariant> objectOf(const QJSValue &value);
    QVariant mapOrValueOf(const QJSValue &object);
    std::nullopt_t refuse(const QString &what);
    void complainOfThrown(const QJSValue &thrown);
    bool isFull() const;
    QString path() const;
    void complain(const QString &problem);

    QJSEngine &m_engine;
    QVariantMap m_map;
    QStringList m_problems;
    QStringList m_path; // to the value that is being read
    QList<QJSValue> m_ancestors; // of that value
    int m_count = 0; // of values; an object that is found twice has twice as many
};

} // namespace Recorders::Internal
